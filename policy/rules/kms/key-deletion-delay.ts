import { TYPES } from "../../model/types.ts";
import { securityHub } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, type Rule, violation } from "../../rule.ts";

export const keyDeletionDelay: Rule = {
  name: "key-deletion-delay",
  title: "A key that is deleted can be brought back for two weeks",
  why: "When it is gone, so is everything that was encrypted with it: databases, backups, secrets, logs.",
  severity: "high",
  pitfalls: ["one database takes all writes"],
  references: [securityHub("KMS.3")],
  remediation: "Leave deletionWindowInDays out, or set it to 14 or more; leave bypassPolicyLockoutSafetyCheck out.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.kmsKey],
  check: (key, { thresholds }) => {
    if (key.flag("bypassPolicyLockoutSafetyCheck")) return violation("its bypassPolicyLockoutSafetyCheck is true.");
    const days = Number(key.number("deletionWindowInDays"));
    return expect(days >= thresholds.keyDeletionDays, () => `its deletionWindowInDays is ${days}.`);
  },
};
