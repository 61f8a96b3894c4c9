import { heldTo } from "../../budgets.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { MANDATORY, type Rule } from "../../rule.ts";

export const costIncrease: Rule = {
  name: "cost-increase",
  title: "A change raises what a month costs by no more than its budget allows",
  why: "One digit too many in a size, or a loop that makes one more of everything, is found on the bill.",
  severity: "medium",
  references: [wellArchitected("COST", 2), wellArchitected("COST", 5)],
  remediation:
    "Look at what the change adds by make cost. Or raise increase or increasePercent in cost/budget.yaml; where action is warn, it is only said. " +
    "The pack is not told what there was before: make policy is.",
  level: MANDATORY,
  types: [TYPES.stack],
  check: (_, { costs }) => heldTo(costs, "increase", "increasePercent"),
};
