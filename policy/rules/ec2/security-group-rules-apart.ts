import { TYPES } from "../../model/types.ts";
import { aws, awsguard } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const securityGroupRulesApart: Rule = {
  name: "security-group-rules-apart",
  title: "Rules of a security group are resources of their own",
  why: "Rules inside the group and rules beside it undo each other with each update, and one that is taken out of the group may stay open.",
  severity: "medium",
  references: [
    aws("Security group rules", "vpc/latest/userguide/security-group-rules.html"),
    awsguard("security-group-no-rule-management-conflicts"),
  ],
  remediation:
    "Write each rule as an aws.vpc.SecurityGroupIngressRule or SecurityGroupEgressRule, and leave ingress and egress of the group out.",
  level: MANDATORY,
  types: [TYPES.securityGroup],
  check: (group) => {
    const inside = ["ingress", "egress"].filter((direction) => group.isSet(direction));
    return expect(inside.length === 0, () => `it has its ${inside.join(" and ")} inside.`);
  },
};
