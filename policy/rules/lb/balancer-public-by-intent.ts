import { isPublic } from "../../aws/balancer.ts";
import { TYPES } from "../../model/types.ts";
import { trivy, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const balancerPublicByIntent: Rule = {
  name: "balancer-public-by-intent",
  title: "Only load balancers of public tiers face the Internet",
  why: "AWS makes a load balancer public unless told otherwise, and what was meant for other servers is then open to everybody.",
  severity: "high",
  references: [trivy("AWS-0053"), wellArchitected("SEC", 5)],
  remediation: "Set internal to true, or name its tier among publicTiers in the review's configuration.",
  level: MANDATORY,
  types: [TYPES.loadBalancer],
  check: (balancer, { thresholds }) => {
    const { tier } = balancer.tags;
    if (tier === undefined || !isPublic(balancer)) return NOT_APPLICABLE;
    return expect(thresholds.publicTiers.includes(tier), () => `it faces the Internet, and its tier is ${tier}.`);
  },
};
