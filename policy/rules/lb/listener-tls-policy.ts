import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const ENCRYPTED = ["HTTPS", "TLS"];

export const listenerTlsPolicy: Rule = {
  name: "listener-tls-policy",
  title: "A listener for HTTPS or TLS takes TLS 1.2 and newer only",
  why: "AWS's default policy still takes TLS 1.0 and 1.1, whose ciphers are broken.",
  severity: "high",
  pitfalls: ["TLS ends at the load balancer"],
  references: [securityHub("ELB.17"), checkov("CKV_AWS_103"), checkov("CKV2_AWS_74")],
  remediation: 'Set sslPolicy to "ELBSecurityPolicy-TLS13-1-2-2021-06" or a stricter one.',
  level: MANDATORY,
  types: [TYPES.listener],
  check: (listener, { thresholds }) => {
    if (!ENCRYPTED.includes(listener.text("protocol") ?? "")) return NOT_APPLICABLE;
    const policy = listener.text("sslPolicy") ?? "";
    // By equality: a name that merely contains an accepted one is another policy, or none.
    return expect(thresholds.tlsPolicies.includes(policy), () => `its sslPolicy is ${policy}.`);
  },
};
