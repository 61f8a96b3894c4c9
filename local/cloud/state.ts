import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cloudFiles } from "./files.ts";

/** A resource as Pulumi's state has it, as far as it is read here. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly protect?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Checkpoint {
  readonly checkpoint?: {
    readonly latest?: { readonly resources?: StateResource[]; readonly pending_operations?: unknown[] };
  };
}

/** The file that Pulumi's file backend keeps a stack's state in. */
export function stateFile(localDir: string, project: string, stack: string): string {
  return join(stacksDirectory(localDir), project, `${stack}.json`);
}

/** Whether anything in a stack's state exists outside of it. Components do not, nor do providers. */
export function occupied(resources: readonly StateResource[]): boolean {
  return resources.some((resource) => resource.custom && !resource.type.startsWith("pulumi:"));
}

/** Whether an operation on the stack of a state file was interrupted in the middle of a resource. */
export function isInterrupted(file: string): boolean {
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
  return (checkpoint?.latest?.pending_operations ?? []).length > 0;
}

/** The stacks of a local directory that have resources, or were interrupted in the middle of making some. */
export function occupiedStacks(localDir: string): string[] {
  const directory = stacksDirectory(localDir);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .filter((entry) => {
      const { checkpoint } = JSON.parse(readFileSync(join(entry.parentPath, entry.name), "utf8")) as Checkpoint;
      const { resources = [], pending_operations: pending = [] } = checkpoint?.latest ?? {};
      return occupied(resources) || pending.length > 0;
    })
    .map((entry) => entry.name.slice(0, -".json".length))
    .sort();
}

function stacksDirectory(localDir: string): string {
  return join(cloudFiles(localDir).backend, ".pulumi", "stacks");
}
