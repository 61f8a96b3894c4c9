import type { StateResource } from "../cloud/state.ts";

/** Inputs by which AWS refuses to delete a resource, or the provider keeps a copy of it that outlives the stack. */
const GUARDS = ["deletionProtection", "disableApiTermination", "enableDeletionProtection", "finalSnapshot"];

/** Whether a resource is protected against deletion, by Pulumi or by itself. */
export function isProtected({ protect, inputs = {} }: StateResource): boolean {
  return protect === true || GUARDS.some((guard) => inputs[guard] === true);
}
