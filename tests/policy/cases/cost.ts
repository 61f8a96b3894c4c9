import type { HeldLimit } from "../../../policy/budgets.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { Case, RuleCases } from "../cases.ts";
import { breaks, STRANGER } from "./writing.ts";

type Limit = HeldLimit["limit"];

const limit = (name: Limit, outcome: HeldLimit["outcome"], said: string, denies = true): HeldLimit => ({
  limit: name,
  denies,
  outcome,
  said,
});

const says = (of: string, costs: readonly HeldLimit[] | undefined, ...said: readonly string[]): Case => ({
  of,
  parts: [STRANGER],
  ...(costs && { costs }),
  said: said.map((each) => `webstack-production: ${each}`),
});

const larger = (...found: readonly string[]) =>
  breaks(
    TYPES.database,
    "database-primary",
    { set: { instanceClass: "db.r7g.2xlarge" } },
    ...found.map((rule) => `${rule}: webstack-production`),
  );

const about = (own: Limit, also: Limit, other: Limit): RuleCases["cases"] => [
  says("what is allowed", [limit(own, "kept", "")], "passed"),
  says("more than is allowed", [limit(own, "exceeded", "it is 2 of 1")], "it is 2 of 1."),
  says(
    "more than one budget allows",
    [limit(own, "kept", ""), limit(own, "exceeded", "it is 2 of 1")],
    "it is 2 of 1.",
  ),
  says(
    "more than two limits allow",
    [limit(own, "exceeded", "it is 2 of 1"), limit(also, "exceeded", "it is 9 of 5", false)],
    "it is 2 of 1.",
    "it is 9 of 5.",
  ),
  says(
    "what is too much already, whatever has no price",
    [limit(own, "unknown", "nobody knows"), limit(own, "exceeded", "it is 2 of 1")],
    "it is 2 of 1.",
  ),
  says(
    "what nobody can tell",
    [limit(own, "unknown", "nobody knows"), limit(own, "kept", "")],
    `undecidable by ${own}`,
  ),
  says("a budget of something else", [limit(other, "exceeded", "it is 2 of 1")], "not applicable"),
  says("a stack without a budget", undefined, "not applicable"),
];

/** Rules about what a stack costs. */
export const costCases: Readonly<Record<string, RuleCases>> = {
  "monthly-cost": { cases: about("total", "total", "increase"), mutation: larger("cost-increase", "monthly-cost") },
  "cost-increase": {
    cases: about("increase", "increasePercent", "total"),
    mutation: larger("cost-increase", "monthly-cost"),
  },
  "unpriced-share": {
    cases: about("unknownPercent", "unknownLines", "total"),
    mutation: breaks(
      TYPES.database,
      "database-primary",
      { set: { instanceClass: "db.m99g.large" } },
      "unpriced-share: webstack-production",
    ),
  },
};
