import { isBalanced } from "../../aws/fleet.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const groupBalancerHealth: Rule = {
  name: "group-balancer-health",
  title: "A scaling group behind a load balancer replaces what fails the load balancer's health checks",
  why: "A machine that runs but does not serve is kept for ever: the group looks at the machine only.",
  severity: "medium",
  pitfalls: ["single point of failure", "downtime while deploying"],
  references: [securityHub("AutoScaling.1"), checkov("CKV2_AWS_15"), cdkNag("AwsSolutions-AS2")],
  remediation: 'Set healthCheckType to "ELB".',
  level: MANDATORY,
  types: [TYPES.group],
  check: (group) => {
    if (!isBalanced(group)) return NOT_APPLICABLE;
    const type = group.text("healthCheckType") ?? "";
    return expect(type.split(",").includes("ELB"), () => `its healthCheckType is ${type}.`);
  },
};
