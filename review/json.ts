import { documentOf } from "../cost/report/document.ts";
import { jsonReport } from "../policy/report/json.ts";
import { DOCUMENT_VERSION, type Review } from "./document.ts";

/** The review for programs: one document, whose form `version` names. Policy and cost are the documents of their own rooms. */
export function jsonOf({ plan, policy, cost, tiers, ...review }: Review): string {
  const { failure, warnings } = plan;
  const document = {
    version: DOCUMENT_VERSION,
    ...review,
    ...(failure !== undefined && { failure }),
    warnings,
    tiers: tiers.map(({ tier, changes }) => ({ tier: tier ?? null, changes })),
    ...(policy && { policy: JSON.parse(jsonReport(policy)) as unknown }),
    ...(cost && { cost: documentOf(cost.estimate, cost.budgets) }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
