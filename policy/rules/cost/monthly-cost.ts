import { heldTo } from "../../budgets.ts";
import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { MANDATORY, type Rule } from "../../rule.ts";

export const monthlyCost: Rule = {
  name: "monthly-cost",
  title: "A month of the stack costs no more than its budget",
  why: "The bill comes when the month is over, and the money has been spent.",
  severity: "medium",
  references: [
    wellArchitected("COST", 2),
    aws("AWS Budgets", "cost-management/latest/userguide/budgets-managing-costs.html"),
  ],
  remediation:
    "Make what costs most smaller: make cost shows every line, and what could be saved. Or raise total in cost/budget.yaml; where action is warn, it is only said.",
  level: MANDATORY,
  types: [TYPES.stack],
  check: (_, { costs }) => heldTo(costs, "total"),
};
