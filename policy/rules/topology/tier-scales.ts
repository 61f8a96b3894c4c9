import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { expect, MANDATORY_FROM_STAGING, type Rule } from "../../rule.ts";

export const tierScales: Rule = {
  name: "tier-scales",
  title: "A scaling group follows the load by a target-tracking policy",
  why: "Without a policy the number of machines stays what it is, however many visitors come.",
  severity: "medium",
  pitfalls: ["cannot scale"],
  references: [wellArchitected("REL", 7)],
  remediation:
    'Add an aws.autoscaling.Policy of policyType "TargetTrackingScaling" whose autoscalingGroupName is this group.',
  level: MANDATORY_FROM_STAGING,
  types: [TYPES.group],
  check: (group) => {
    const policies = group.usedBy(TYPES.scalingPolicy, "autoscalingGroupName");
    const tracking = policies.some((policy) => policy.text("policyType") === "TargetTrackingScaling");
    return expect(tracking, () => `it has ${policies.length} scaling policies, and none tracks a target.`);
  },
};
