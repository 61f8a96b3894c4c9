import { z } from "zod";
import { group } from "../cost/yaml-file.ts";
import { Refusal } from "../plan/refusal.ts";
import type { Gate } from "./document.ts";

const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, `must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`);

/** From what on each gate refuses a change. What comes later in a list refuses more. */
const LEVELS = {
  /** undecidable: also what a rule cannot decide yet. */
  policy: oneOf(["never", "mandatory", "undecidable"]),
  /** deny: a budget that denies is exceeded. warn: any budget is. */
  budget: oneOf(["never", "deny", "warn"]),
  /** loss: something that holds data, names or keys is replaced or deleted. interruption: also what serves or is reached, and what is of a type that is not known. */
  risk: oneOf(["never", "loss", "interruption"]),
};

export const GatesDocument = group({ version: z.literal(1, "must be 1"), gates: group(LEVELS) });

export type Gates = z.infer<typeof GatesDocument>["gates"];

/** Gates with one at another level. A Refusal names the levels that it has. */
export function gated(gates: Gates, gate: Gate, level: string): Gates {
  const levels: readonly string[] = LEVELS[gate].options;
  if (levels.includes(level)) return { ...gates, [gate]: level };
  throw new Refusal(`--gate ${gate} is '${level}'. It must be ${levels.join(", ")}.`);
}
