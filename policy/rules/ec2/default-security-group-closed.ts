import { TYPES } from "../../model/types.ts";
import { checkov, cis, securityHub } from "../../references.ts";
import { MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

export const defaultSecurityGroupClosed: Rule = {
  name: "default-security-group-closed",
  title: "The default security group of a network lets nothing through",
  why: "Whatever is created without a group gets the default one, and with it is open to all its neighbours.",
  severity: "high",
  references: [securityHub("EC2.2"), checkov("CKV2_AWS_12"), cis("5.4")],
  remediation: "Create a DefaultSecurityGroup for the Vpc with empty ingress and egress.",
  level: MANDATORY,
  types: [TYPES.vpc],
  check: (vpc) => {
    const [group] = vpc.usedBy(TYPES.defaultSecurityGroup, "vpcId");
    if (group === undefined) return violation("its default security group is as AWS made it.");
    const open = (["ingress", "egress"] as const).filter((direction) => group.count(direction) > 0);
    return open.length === 0 ? PASSED : violation(`it has ${open.join(" and ")} rules.`, group);
  },
};
