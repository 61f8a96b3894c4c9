import { heldTo } from "../../budgets.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { MANDATORY, type Rule } from "../../rule.ts";

export const unpricedShare: Rule = {
  name: "unpriced-share",
  title: "What the stack is billed for has a price",
  why: "What has no price is in no sum, and a budget is kept by what nobody has counted.",
  severity: "low",
  references: [wellArchitected("COST", 3), wellArchitected("COST", 2)],
  remediation:
    "Have make prices look up the region and the types that make cost names. Or raise unknownPercent or unknownLines in cost/budget.yaml; where action is " +
    "warn, it is only said.",
  level: MANDATORY,
  types: [TYPES.stack],
  check: (_, { costs }) => heldTo(costs, "unknownPercent", "unknownLines"),
};
