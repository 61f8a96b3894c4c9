import { isWorld } from "../../aws/addresses.ts";
import { portsOf, portsWithin, tellPortsWithin } from "../../aws/ports.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const noAdministrationFromAnywhere: Rule = {
  name: "no-administration-from-anywhere",
  title: "Ports of administration are not open to the Internet",
  why: "They are found within minutes and tried with passwords and exploits for ever.",
  severity: "high",
  references: [
    securityHub("EC2.13"),
    securityHub("EC2.14"),
    securityHub("EC2.53"),
    checkov("CKV_AWS_24"),
    checkov("CKV_AWS_25"),
    cis("5.2"),
    cis("5.3"),
  ],
  remediation: "Remove the rule, and reach machines by SSM Session Manager.",
  level: MANDATORY,
  types: [TYPES.ingressRule],
  check: (rule, { thresholds }) => {
    const ports = isWorld(rule) ? portsOf(rule) : undefined;
    if (ports === undefined) return NOT_APPLICABLE;
    const open = portsWithin(ports, thresholds.administrationPorts);
    return expect(open.length === 0, () => `it opens to every address: ${tellPortsWithin(ports, open)}.`);
  },
};
