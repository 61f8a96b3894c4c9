import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const MODES = ["defensive", "strictest"];

export const balancerDesyncMitigation: Rule = {
  name: "balancer-desync-mitigation",
  title: "A load balancer guards against requests that servers read differently",
  why: "Requests that only look harmless to the load balancer poison caches and take over the sessions of others.",
  severity: "medium",
  references: [securityHub("ELB.12"), checkov("CKV_AWS_328")],
  remediation: 'Leave desyncMitigationMode out, or set it to "defensive" or "strictest".',
  level: MANDATORY,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    if (balancer.text("loadBalancerType") !== "application") return NOT_APPLICABLE;
    const mode = balancer.text("desyncMitigationMode") ?? "";
    return expect(MODES.includes(mode), () => `its desyncMitigationMode is ${mode}.`);
  },
};
