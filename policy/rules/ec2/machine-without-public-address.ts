import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const machineWithoutPublicAddress: Rule = {
  name: "machine-without-public-address",
  title: "Machines get no public address when they start",
  why: "What listens on the machine is on the Internet as soon as a firewall rule is too wide, past the load balancer and its web ACL.",
  severity: "high",
  references: [securityHub("EC2.9"), securityHub("EC2.25"), checkov("CKV_AWS_88")],
  remediation: "Set associatePublicIpAddress to false, and reach the machine by a load balancer or SSM.",
  level: MANDATORY,
  types: [TYPES.launchTemplate, TYPES.instance],
  check: (machine) => {
    const asked =
      machine.flag("associatePublicIpAddress") ||
      machine.each("networkInterfaces").some((network) => network.flag("associatePublicIpAddress"));
    return expect(!asked, () => "its associatePublicIpAddress is true.");
  },
};
