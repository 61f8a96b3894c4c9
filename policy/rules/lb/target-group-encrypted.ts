import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule } from "../../rule.ts";

/** A function takes no connections, and TCP carries the TLS of whoever is behind it. */
const PLAIN = ["HTTP"];

export const targetGroupEncrypted: Rule = {
  name: "target-group-encrypted",
  title: "A target group speaks HTTPS to its targets",
  why: "Behind the load balancer requests would go on in the clear, for everybody in the network to read.",
  severity: "medium",
  pitfalls: ["TLS ends at the load balancer"],
  references: [securityHub("ELB.22"), checkov("CKV_AWS_378")],
  remediation:
    'Set protocol to "HTTPS" and give the targets a certificate; the load balancer takes one that they made themselves.',
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.targetGroup],
  check: (group) => {
    if (group.text("targetType") === "lambda") return NOT_APPLICABLE;
    const protocol = group.text("protocol") ?? "";
    return expect(!PLAIN.includes(protocol), () => `its protocol is ${protocol}.`);
  },
};
