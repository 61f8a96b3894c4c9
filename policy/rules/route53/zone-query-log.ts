import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const zoneQueryLog: Rule = {
  name: "zone-query-log",
  title: "A public zone logs who asks for what",
  why: "Nobody sees that names are probed, or that a name which is gone is still asked for.",
  severity: "medium",
  references: [securityHub("Route53.2"), checkov("CKV2_AWS_39")],
  remediation: "Create a QueryLog for the zone, with a log group in us-east-1.",
  level: ADVISORY,
  types: [TYPES.zone],
  check: (zone) => {
    if (zone.isSet("vpcs")) return NOT_APPLICABLE;
    return expect(zone.usedBy(TYPES.queryLog, "zoneId").length > 0, () => "it has no QueryLog.");
  },
};
