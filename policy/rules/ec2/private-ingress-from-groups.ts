import { balancersBehind, isPublic } from "../../aws/balancer.ts";
import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY_FROM_STAGING, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const privateIngressFromGroups: Rule = {
  name: "private-ingress-from-groups",
  title: "What is not public is opened to security groups, not to addresses",
  why: "A range of addresses also holds whatever gets one of them tomorrow.",
  severity: "medium",
  references: [
    wellArchitected("SEC", 5),
    aws("Security group rules", "vpc/latest/userguide/security-group-rules.html"),
  ],
  remediation: "Set referencedSecurityGroupId instead of cidrIpv4 or cidrIpv6.",
  level: MANDATORY_FROM_STAGING,
  types: [TYPES.ingressRule],
  check: (rule) => {
    const groups = rule.references("securityGroupId", TYPES.securityGroup);
    if (groups.flatMap(balancersBehind).some(isPublic)) return NOT_APPLICABLE;
    const range = rule.text("cidrIpv4") ?? rule.text("cidrIpv6");
    return expect(range === undefined, () => `it is open to ${range}.`);
  },
};
