import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const balancerAccessLogs: Rule = {
  name: "balancer-access-logs",
  title: "A load balancer logs the requests that it gets",
  why: "After an incident nobody can tell who asked for what, and what was answered.",
  severity: "medium",
  references: [securityHub("ELB.5"), checkov("CKV_AWS_91"), cdkNag("AwsSolutions-ELB2")],
  remediation: "Set accessLogs.enabled to true and accessLogs.bucket to a bucket whose policy takes the logs.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    if (balancer.text("loadBalancerType") === "gateway") return NOT_APPLICABLE;
    if (!balancer.flag("accessLogs.enabled")) return violation("its accessLogs are not enabled.");
    const named = balancer.isSet("accessLogs.bucket") || balancer.references("accessLogs", TYPES.bucket).length > 0;
    return expect(named, () => "its accessLogs name no bucket.");
  },
};
