import { TYPES } from "../../model/types.ts";
import { securityHub } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const targetGroupHealthCheckEncrypted: Rule = {
  name: "target-group-health-check-encrypted",
  title: "Health checks come over HTTPS",
  why: "A check in plain HTTP tells of another port or another server than the one that visitors get, and is readable on the way.",
  severity: "medium",
  pitfalls: ["TLS ends at the load balancer"],
  references: [securityHub("ELB.21")],
  remediation: 'Set healthCheck.protocol to "HTTPS".',
  level: ADVISORY,
  types: [TYPES.targetGroup],
  check: (group) => {
    if (group.text("targetType") === "lambda" || !group.flag("healthCheck.enabled")) return NOT_APPLICABLE;
    const protocol = group.text("healthCheck.protocol") ?? "";
    return expect(protocol !== "HTTP", () => `its healthCheck.protocol is ${protocol}.`);
  },
};
