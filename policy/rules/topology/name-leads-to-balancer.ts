import { isPublicBalancer } from "../../graph/users.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const nameLeadsToBalancer: Rule = {
  name: "name-leads-to-balancer",
  title: "An alias record leads to each public load balancer, and looks at its health",
  why: "A load balancer changes its addresses: any other record would lead to where it was.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [checkov("CKV2_AWS_23"), wellArchitected("REL", 11)],
  remediation:
    "Add an aws.route53.Record whose aliases have the load balancer's dnsName and zoneId, with evaluateTargetHealth true.",
  level: MANDATORY,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    if (!isPublicBalancer(balancer)) return NOT_APPLICABLE;
    const records = balancer.usedBy(TYPES.record, "aliases");
    const looking = records.some((record) =>
      record.each("aliases").some((alias) => alias.flag("evaluateTargetHealth")),
    );
    return expect(looking, () =>
      records.length === 0
        ? "no alias record leads to it."
        : `${records.map(({ name }) => name).join(", ")} does not look at its health.`,
    );
  },
};
