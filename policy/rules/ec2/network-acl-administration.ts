import { isWholeRange } from "../../aws/addresses.ts";
import { portsOf, portsWithin, tellPorts } from "../../aws/ports.ts";
import { TYPES } from "../../model/types.ts";
import type { Values } from "../../model/values.ts";
import { checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";
import type { Thresholds } from "../../thresholds.ts";

export const networkAclAdministration: Rule = {
  name: "network-acl-administration",
  title: "Network ACLs do not open ports of administration to the Internet",
  why: "The ACL is what is left where a security group is too wide.",
  severity: "medium",
  references: [securityHub("EC2.21"), checkov("CKV_AWS_352"), cis("5.1")],
  remediation: "Allow the ports that are needed only, or deny 22 and 3389 by a rule with a lower number.",
  level: MANDATORY,
  types: [TYPES.networkAclRule, TYPES.networkAcl],
  check: (acl, { thresholds }) => {
    if (acl.type === TYPES.networkAcl) {
      const open = acl.each("ingress").filter((rule) => opens(rule, "action", thresholds));
      return expect(open.length === 0, () => `it opens ${open.map(told).join(" and ")} to every address.`);
    }
    if (acl.flag("egress")) return NOT_APPLICABLE;
    return expect(!opens(acl, "ruleAction", thresholds), () => `it opens ${told(acl)} to every address.`);
  },
};

function opens(rule: Values, action: string, { administrationPorts }: Thresholds): boolean {
  if (rule.text(action)?.toLowerCase() !== "allow") return false;
  if (!["cidrBlock", "ipv6CidrBlock"].some((property) => isWholeRange(rule.text(property)))) return false;
  const ports = portsOf(rule, "protocol");
  return ports !== undefined && portsWithin(ports, administrationPorts).length > 0;
}

const told = (rule: Values): string => tellPorts(portsOf(rule, "protocol") ?? { from: 0, to: 0 });
