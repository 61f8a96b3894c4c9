import type { Pricer } from "../estimate.ts";
import { type Money, minus, NOTHING, plus, sumOf } from "../money.ts";
import type { Resource } from "../resource.ts";
import { ALTERNATIVES, type Without } from "./alternatives.ts";

/** Something that a stack could do without, and what that would save per month. */
export interface Decision {
  /** Such as `Multi-AZ`. */
  readonly decision: string;
  /** The resource it is made for, or undefined where it is made once for the stack. */
  readonly urn: string | undefined;
  /** What would be there instead. */
  readonly instead: string;
  readonly saved: Money;
}

/** What each decision costs by itself. Of two that meet in one resource, going without both may save less or more than the sum. */
export function breakdownOf(resources: readonly Resource[], pricer: Pricer): readonly Decision[] {
  return ALTERNATIVES.flatMap((alternative) => alternative(resources, pricer.graph)).map((without) => ({
    decision: without.decision,
    urn: without.urn,
    instead: without.instead,
    saved: savedBy(without, pricer),
  }));
}

function savedBy({ replaced }: Without, { linesOf }: Pricer): Money {
  const money = (resource: Resource | undefined) => (resource ? sumOf(linesOf(resource)) : NOTHING);
  return replaced.map(([now, instead]) => minus(money(now), money(instead))).reduce(plus, NOTHING);
}
