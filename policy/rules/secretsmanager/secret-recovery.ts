import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, type Rule } from "../../rule.ts";

export const secretRecovery: Rule = {
  name: "secret-recovery",
  title: "A secret that is deleted can be brought back",
  why: "One wrong change, and the application has no password any more.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [
    wellArchitected("REL", 9),
    aws("Deleting a secret", "secretsmanager/latest/userguide/manage_delete-secret.html"),
  ],
  remediation: "Leave recoveryWindowInDays out, or set it to 7 or more.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.secret],
  check: (secret) => expect(Number(secret.number("recoveryWindowInDays")) > 0, () => "its recoveryWindowInDays is 0."),
};
