import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const subnetWithoutPublicAddresses: Rule = {
  name: "subnet-without-public-addresses",
  title: "A subnet gives no public addresses by itself",
  why: "Whatever is started there is on the Internet without anybody having asked for it.",
  severity: "medium",
  references: [securityHub("EC2.15"), checkov("CKV_AWS_130")],
  remediation: "Set mapPublicIpOnLaunch to false.",
  level: MANDATORY,
  types: [TYPES.subnet],
  check: (subnet) => expect(!subnet.flag("mapPublicIpOnLaunch"), () => "its mapPublicIpOnLaunch is true."),
};
