/** Previews and states in the forms that Pulumi writes, of programs that are not ours. */

import type { Resource } from "../../plan/plan.ts";
import { readPlan } from "../../plan/read.ts";

export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const urn = (type: string, name: string): string => `urn:pulumi:shop::other::${type}::${name}`;

interface Described {
  readonly type: string;
  readonly name: string;
  readonly [property: string]: unknown;
}

/** A resource as states and previews have it. */
export const state = ({ type, name, ...rest }: Described) => ({
  urn: urn(type, name),
  custom: true,
  type,
  inputs: {},
  ...rest,
});

export interface StepOptions {
  readonly before?: Described;
  readonly after?: Described;
  readonly [property: string]: unknown;
}

export const step = (op: string, { before, after, ...rest }: StepOptions) => ({
  op,
  urn: state((after ?? before) as Described).urn,
  ...(before && { oldState: state(before) }),
  ...(after && { newState: state(after) }),
  detailedDiff: null,
  ...rest,
});

export const preview = (steps: readonly object[], rest: object = {}) => ({
  config: { "aws:region": "eu-west-1" },
  steps,
  duration: 1,
  changeSummary: {},
  ...rest,
});

export const bytes = (content: unknown): Uint8Array =>
  new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));

export const read = (content: unknown) => readPlan(bytes(content));

/** A plan as `kind name: before -> after`, in which a side is what `of` tells of it. */
export const outline = (content: unknown, of: (resource: Resource) => unknown): string[] =>
  read(content).changes.map(({ kind, urn: id, before, after }) => {
    const side = (resource: Resource | undefined) => (resource ? String(of(resource)) : "none");
    return `${kind} ${id.split("::").at(-1)}: ${side(before)} -> ${side(after)}`;
  });

/** The engine's events, one for each line. */
export const events = (all: readonly object[]): string =>
  all.map((event, sequence) => JSON.stringify({ sequence, timestamp: 1, ...event })).join("\n");

export const SUMMARY = { summaryEvent: { maybeCorrupt: false, resourceChanges: {}, result: "succeeded" } };
