import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const privateEndpoints: Rule = {
  name: "private-endpoints",
  title: "Machines reach AWS's services without leaving the network",
  why: "The way to secrets and releases leads through a NAT gateway: it fails with it, and is paid by the gigabyte.",
  severity: "low",
  pitfalls: ["single point of failure"],
  references: [securityHub("EC2.10"), wellArchitected("SEC", 5)],
  remediation:
    "Create a VpcEndpoint for each of the services that privateServices names in the review's configuration.",
  level: ADVISORY,
  types: [TYPES.vpc],
  check: (vpc, { thresholds }) => {
    const names = vpc
      .usedBy(TYPES.vpcEndpoint, "vpcId")
      .map((endpoint) => endpoint.text("serviceName")?.split(".").at(-1));
    const missing = thresholds.privateServices.filter((service) => !names.includes(service));
    return expect(missing.length === 0, () => `it has no VpcEndpoint for ${missing.join(", ")}.`);
  },
};
