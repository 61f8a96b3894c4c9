import type { Limit } from "../cost/budget/schema.ts";
import { NOT_APPLICABLE, type Outcome, PASSED, undecidable, violation } from "./rule.ts";

/** A limit of a budget of the stack, held against what the stack costs. */
export interface HeldLimit {
  readonly limit: Limit;
  /** Whether a change that exceeds it is refused, or only told of. */
  readonly denies: boolean;
  readonly outcome: "kept" | "exceeded" | "unknown";
  /** What is allowed and what it comes to, or why nobody can tell: as a sentence without full stop. */
  readonly said: string;
}

/** What budgets say of a stack. Priced before rules are judged, since prices have to be loaded: see costs.ts. */
export type Costs = readonly HeldLimit[];

/** What a rule about limits says. It does not apply where no budget of the stack has one of them. */
export function heldTo(costs: Costs | undefined, ...limits: readonly Limit[]): Outcome {
  const held = (costs ?? []).filter(({ limit }) => limits.includes(limit));
  const exceeded = held.filter(({ outcome }) => outcome === "exceeded");
  if (exceeded.length > 0) {
    return exceeded.map(({ said, denies }) => ({ ...violation(`${said}.`), ...(!denies && { warns: true }) }));
  }
  const open = held.find(({ outcome }) => outcome === "unknown");
  if (open !== undefined) return undecidable(open.limit, open.said);
  return held.length === 0 ? NOT_APPLICABLE : PASSED;
}
