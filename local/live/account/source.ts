import type { Tag } from "@aws-sdk/client-ec2";
import type { Unsupported } from "./account.ts";
import type { Clients } from "./clients.ts";
import type { Kept } from "./kept.ts";

/** The stack that is read, of an account that may hold several: what its resources are tagged with. */
export interface Scope {
  readonly project: string;
  readonly environment: string;
}

/** Where the parts of a reading come from. */
export interface Source {
  readonly clients: Clients;
  readonly kept: Kept;
  readonly scope: Scope;
  /** The stack's VPCs. Whatever is in them belongs to it, also what AWS made and tagged with nothing. */
  readonly networkIds: readonly string[];
}

/** What was found, and what cannot be had here. */
export interface Found<T> {
  readonly items: readonly T[];
  readonly unsupported: readonly Unsupported[];
}

/** Sorts what conversions make of an account's things, each of which may be one that cannot be had here. */
export function found<T>(results: readonly (T | Unsupported)[]): Found<T> {
  const isOut = (result: T | Unsupported): result is Unsupported =>
    typeof result === "object" && result !== null && "what" in result && "why" in result;
  return {
    items: results.filter((result): result is T => !isOut(result)),
    unsupported: results.filter(isOut),
  };
}

export function tagsOf(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Whether the tags are those of a stack's resource. */
export function belongs(tags: readonly Tag[] | undefined, { project, environment }: Scope): boolean {
  const { project: ofProject, environment: ofEnvironment } = tagsOf(tags);
  return ofProject === project && ofEnvironment === environment;
}
