import type { Case, Mutation } from "../cases.ts";
import type { Part } from "../stack.ts";

/** Makes resources of one type that are called `it`, unless told otherwise. */
export const resource =
  (type: string) =>
  (inputs: Readonly<Record<string, unknown>> = {}, more: Partial<Part> = {}): Part => ({
    type,
    name: "it",
    inputs,
    ...more,
  });

/** A resource that no rule speaks of. */
export const STRANGER: Part = { type: "aws:sqs/queue:Queue", name: "queue", inputs: {} };

export const says = (of: string, parts: readonly Part[], ...said: readonly string[]): Case => ({ of, parts, said });

/** What the rule is silent about, since there is nothing that it looks at. */
export const SILENT: Case = says("a stack without such resources", [STRANGER]);

type Change = Omit<Mutation, "type" | "name" | "found">;

export const breaks = (type: string, name: string, change: Change, ...found: readonly string[]): Mutation => ({
  type,
  name,
  ...change,
  found,
});
