import type { Decision } from "../cost/breakdown/breakdown.ts";
import { expected, type Money } from "../cost/money.ts";
import type { Pitfall } from "./document.ts";

/** The decisions of the cost's breakdown that keep a pitfall away. */
const REMEDIES: Readonly<Record<string, RegExp>> = {
  "single-nat": /^NAT per zone$/,
  "single-server": /^\d+ instances$/,
  "single-database": /^Multi-AZ$/,
  "single-writer": /^(Multi-AZ|read replica)$/,
  "no-firewall": /^web application firewall$/,
};

/** With what it costs per month that a pitfall is not there. Of one that is there the breakdown has no price: what removes it is not in the plan. */
export const pricedPitfalls = (
  pitfalls: readonly Omit<Pitfall, "monthly">[],
  decisions: readonly Decision[],
): readonly Pitfall[] =>
  pitfalls.map((pitfall) => {
    const remedy = REMEDIES[pitfall.name];
    if (pitfall.present || remedy === undefined) return pitfall;
    const taken = decisions.filter(({ decision, saved }) => remedy.test(decision) && isPriced(saved));
    return taken.length === 0 ? pitfall : { ...pitfall, monthly: sum(taken.map(({ saved }) => expected(saved))) };
  });

/** Of what has no price, only what goes with it is left: that is no amount to tell. */
const isPriced = (saved: Money): boolean => saved.unknown <= 0 && expected(saved) > 0;

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
