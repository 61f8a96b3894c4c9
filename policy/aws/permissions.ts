import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";
import { type Statement, statementsIn } from "./document.ts";

/** The types that hold what somebody may do. */
export const PERMISSIONS = [
  TYPES.rolePolicy,
  TYPES.iamPolicy,
  TYPES.userPolicy,
  TYPES.groupPolicy,
  TYPES.role,
] as const;

/** What a resource allows, of all documents in it; undefined where it holds none. */
export function allowedBy(resource: Resource): readonly Statement[] | undefined {
  const holders = resource.type === TYPES.role ? resource.each("inlinePolicies") : [resource];
  if (holders.length === 0) return undefined;
  return holders.flatMap((holder) => statementsIn(holder, "policy")).filter(({ allows }) => allows);
}

/** Whether a statement is about a resource of any name. */
export function isAboutEverything({ resources, notResources }: Statement): boolean {
  return resources.includes("*") || notResources.length > 0;
}

/** Whether a pattern of actions such as `kms:*` takes in an action. AWS does not tell upper from lower case. */
export function takesIn(pattern: string, action: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "i").test(action);
}
