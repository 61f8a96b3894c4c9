import { behind } from "../../graph/users.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const noOrphans: Rule = {
  name: "no-orphans",
  title: "Security groups and addresses are used",
  why: "What nobody uses is paid for, or waits to be used by mistake.",
  severity: "low",
  references: [checkov("CKV2_AWS_5"), checkov("CKV2_AWS_19"), securityHub("EC2.12")],
  remediation: "Attach it to what it was made for, or take it out of the program.",
  level: ADVISORY,
  types: [TYPES.securityGroup, TYPES.eip],
  check: (resource) => expect(isUsed(resource), () => "nothing in the stack uses it."),
};

function isUsed(resource: Resource): boolean {
  if (resource.type === TYPES.securityGroup) return behind(resource).length > 0;
  return (
    resource.isSet("instance") ||
    resource.isSet("networkInterface") ||
    resource.usedBy(TYPES.natGateway, "allocationId").length > 0 ||
    resource.usedBy(TYPES.eipAssociation, "allocationId").length > 0 ||
    resource.usedBy(TYPES.loadBalancer, "subnetMappings").length > 0
  );
}
