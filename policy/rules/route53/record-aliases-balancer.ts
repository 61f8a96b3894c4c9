import { TYPES } from "../../model/types.ts";
import { aws, checkov } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const recordAliasesBalancer: Rule = {
  name: "record-aliases-balancer",
  title: "A record for a load balancer is an alias that follows its health",
  why: "The addresses of a load balancer change, a CNAME cannot stand at the apex, and a record that does not look at health keeps sending visitors to what is down.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [
    checkov("CKV2_AWS_23"),
    aws("Alias records", "Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html"),
  ],
  remediation:
    "Give the record aliases with the load balancer's dnsName and zoneId and evaluateTargetHealth true, instead of records.",
  level: MANDATORY,
  types: [TYPES.record],
  check: (record) => {
    const byName = record.references("records", TYPES.loadBalancer);
    if (byName.length > 0) {
      return violation(`it names ${byName.map(({ name }) => name).join(", ")} as a ${record.text("type")} record.`);
    }
    if (record.references("aliases", TYPES.loadBalancer).length === 0) return NOT_APPLICABLE;
    return expect(record.flag("aliases.0.evaluateTargetHealth"), () => "its alias has evaluateTargetHealth false.");
  },
};
