import { TYPES } from "../../model/types.ts";
import { checkov, securityHub, trivy } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const balancerDropsInvalidHeaders: Rule = {
  name: "balancer-drops-invalid-headers",
  title: "A load balancer drops headers that are not valid",
  why: "Servers read broken headers in different ways, which is how one request is smuggled inside another.",
  severity: "medium",
  references: [securityHub("ELB.4"), checkov("CKV_AWS_131"), trivy("AWS-0052")],
  remediation: "Set dropInvalidHeaderFields to true.",
  level: MANDATORY,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    if (balancer.text("loadBalancerType") !== "application") return NOT_APPLICABLE;
    return expect(balancer.flag("dropInvalidHeaderFields"), () => "its dropInvalidHeaderFields is false.");
  },
};
