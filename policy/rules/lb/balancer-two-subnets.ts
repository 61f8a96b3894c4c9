import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const balancerTwoSubnets: Rule = {
  name: "balancer-two-subnets",
  title: "A load balancer has subnets in more than one zone",
  why: "When its only zone fails nobody reaches the site, however many servers are left in others.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [securityHub("ELB.13"), wellArchitected("REL", 10)],
  remediation: "Give subnets or subnetMappings one subnet for each of two or more availability zones.",
  level: MANDATORY,
  types: [TYPES.loadBalancer],
  check: (balancer, { thresholds }) => {
    const count = balancer.count(balancer.isSet("subnetMappings") ? "subnetMappings" : "subnets");
    return expect(count >= thresholds.minimumZones, () => `it has ${count === 1 ? "1 subnet" : `${count} subnets`}.`);
  },
};
