import { isWorld } from "../../aws/addresses.ts";
import { portsOf, portsWithin, tellPortsWithin } from "../../aws/ports.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const noHighRiskPortsFromAnywhere: Rule = {
  name: "no-high-risk-ports-from-anywhere",
  title: "Ports of databases, administration, mail and file services are not open to the Internet",
  why: "Such services are not made to stand up to strangers, and many tell them all they know.",
  severity: "critical",
  pitfalls: ["all parts on one server"],
  references: [securityHub("EC2.19")],
  remediation: "Name the group of whoever needs the port in referencedSecurityGroupId instead of a range.",
  level: MANDATORY,
  types: [TYPES.ingressRule],
  check: (rule, { thresholds }) => {
    const ports = isWorld(rule) ? portsOf(rule) : undefined;
    if (ports === undefined) return NOT_APPLICABLE;
    const open = portsWithin(ports, thresholds.highRiskPorts);
    return expect(open.length === 0, () => `it opens to every address: ${tellPortsWithin(ports, open)}.`);
  },
};
