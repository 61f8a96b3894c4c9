import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { ADVISORY, expect, PASSED, type Rule, violation } from "../../rule.ts";

export const secretRotation: Rule = {
  name: "secret-rotation",
  title: "A secret is changed every three months",
  why: "A password that has got out opens the database for as long as it is the password.",
  severity: "medium",
  references: [
    securityHub("SecretsManager.1"),
    securityHub("SecretsManager.4"),
    checkov("CKV2_AWS_57"),
    checkov("CKV_AWS_304"),
    cdkNag("AwsSolutions-SMG4"),
  ],
  remediation: "Create a SecretRotation for the secret with rotationRules.automaticallyAfterDays of 90 or less.",
  level: ADVISORY,
  types: [TYPES.secret],
  check: (secret, { thresholds }) => {
    const [rotation] = secret.usedBy(TYPES.secretRotation, "secretId");
    if (rotation === undefined) return violation("it has no SecretRotation.");
    const days = daysOf(rotation);
    if (days === undefined) return PASSED;
    return expect(days <= thresholds.secretRotationDays, () => `it is changed every ${days} days.`);
  },
};

/** Undefined where it is by the calendar, which comes at least once a year and mostly once a month. */
function daysOf(rotation: Resource): number | undefined {
  const rate = /^rate\((\d+) days?\)$/.exec(rotation.text("rotationRules.scheduleExpression") ?? "")?.[1];
  return rate === undefined ? rotation.number("rotationRules.automaticallyAfterDays") : Number(rate);
}
