import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import type { Part } from "../stack.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const key = resource(TYPES.kmsKey);
const secret = resource(TYPES.secret);

const statement = (Principal: unknown, more: object = {}) => ({
  Effect: "Allow",
  Principal,
  Action: "kms:*",
  Resource: "*",
  ...more,
});
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const ACCOUNT = statement({ AWS: "arn:aws:iam::123456789012:root" });
const rotation = (rotationRules: unknown): Part => ({
  type: TYPES.secretRotation,
  name: "rotation",
  inputs: { rotationRules },
  from: { secretId: ["it"] },
});

/** Rules about keys and secrets. */
export const secrecyCases: Readonly<Record<string, RuleCases>> = {
  "key-rotation": {
    cases: [
      says("a key that changes", [key({ enableKeyRotation: true })], "it: passed"),
      says("a key as AWS makes it", [key()], "it: its enableKeyRotation is false."),
      says("a key for signatures", [key({ customerMasterKeySpec: "ECC_NIST_P256" })], "it: not applicable"),
      says("a key that is kept elsewhere", [key({ customKeyStoreId: "cks-1" })], "it: not applicable"),
      says("what is not known yet", [key({ enableKeyRotation: UNKNOWN })], "it: undecidable by enableKeyRotation"),
    ],
    mutation: breaks(TYPES.kmsKey, "logs-key-key", { set: { enableKeyRotation: false } }, "key-rotation: logs-key-key"),
  },
  "key-policy": {
    cases: [
      says("AWS's default policy", [key()], "it: passed"),
      says("a policy for the account", [key({ policy: document(ACCOUNT) })], "it: passed"),
      says(
        "everybody on a condition",
        [
          key({
            policy: document(statement("*", { Condition: { StringEquals: { "kms:CallerAccount": "123456789012" } } })),
          }),
        ],
        "it: passed",
      ),
      says(
        "everybody",
        [key({ policy: document(ACCOUNT, statement({ AWS: "*" })) })],
        "it: it lets everybody use kms:*.",
      ),
      says(
        "everybody, by a policy beside the key",
        [
          key(),
          {
            type: TYPES.kmsKeyPolicy,
            name: "policy",
            inputs: { policy: document(statement("*")) },
            from: { keyId: ["it"] },
          },
        ],
        "policy: it lets everybody use kms:*.",
      ),
      SILENT,
      says("what is not known yet", [key({ policy: UNKNOWN })], "it: undecidable by policy"),
    ],
    mutation: breaks(
      TYPES.kmsKey,
      "topic-key-key",
      { set: { policy: document(statement("*")) } },
      "key-policy: topic-key-key",
    ),
  },
  "key-deletion-delay": {
    cases: [
      says("a key as AWS makes it", [key()], "it: passed"),
      says("two weeks", [key({ deletionWindowInDays: 14 })], "it: passed"),
      says("a week", [key({ deletionWindowInDays: 7 })], "it: its deletionWindowInDays is 7."),
      says(
        "a key that can lock everybody out",
        [key({ bypassPolicyLockoutSafetyCheck: true })],
        "it: its bypassPolicyLockoutSafetyCheck is true.",
      ),
      SILENT,
      says(
        "what is not known yet",
        [key({ deletionWindowInDays: UNKNOWN })],
        "it: undecidable by deletionWindowInDays",
      ),
    ],
    mutation: breaks(
      TYPES.kmsKey,
      "database-credentials-key",
      { set: { deletionWindowInDays: 7 } },
      "key-deletion-delay: database-credentials-key",
    ),
  },
  "secret-rotation": {
    cases: [
      says("each month", [secret(), rotation({ automaticallyAfterDays: 30 })], "it: passed"),
      says("by the calendar", [secret(), rotation({ scheduleExpression: "cron(0 4 1 * ? *)" })], "it: passed"),
      says("each quarter", [secret(), rotation({ automaticallyAfterDays: 90 })], "it: passed"),
      says("twice a year", [secret(), rotation({ automaticallyAfterDays: 180 })], "it: it is changed every 180 days."),
      says(
        "each year, by a rate",
        [secret(), rotation({ scheduleExpression: "rate(365 days)" })],
        "it: it is changed every 365 days.",
      ),
      says("never", [secret()], "it: it has no SecretRotation."),
      SILENT,
      says(
        "what is not known yet",
        [secret(), rotation({ scheduleExpression: UNKNOWN })],
        "it: undecidable by rotationRules.scheduleExpression",
      ),
    ],
    mutation: breaks(
      TYPES.secretRotation,
      "rotation",
      {
        set: { "rotationRules.automaticallyAfterDays": 180 },
        after: [
          {
            type: TYPES.secretRotation,
            name: "rotation",
            added: true,
            set: { rotationRules: { automaticallyAfterDays: 30 } },
            from: { secretId: ["database-credentials-secret"] },
          },
        ],
      },
      "secret-rotation: database-credentials-secret",
    ),
  },
  "secret-own-key": {
    cases: [
      says("a secret with a key", [secret({ kmsKeyId: UNKNOWN })], "it: passed"),
      says(
        "a secret whose key only the deployment knows",
        [secret({}, { from: { kmsKeyId: ["key"] } }), key({}, { name: "key" })],
        "it: passed",
      ),
      says("a secret as AWS makes it", [secret()], "it: it has no kmsKeyId."),
      SILENT,
    ],
    mutation: breaks(
      TYPES.secret,
      "database-credentials-secret",
      { set: { kmsKeyId: undefined }, from: { kmsKeyId: [] } },
      "secret-own-key: database-credentials-secret",
    ),
  },
  "secret-recovery": {
    cases: [
      says("a secret as AWS makes it", [secret()], "it: passed"),
      says(
        "a secret that is gone at once",
        [secret({ recoveryWindowInDays: 0 })],
        "it: its recoveryWindowInDays is 0.",
      ),
      SILENT,
      says(
        "what is not known yet",
        [secret({ recoveryWindowInDays: UNKNOWN })],
        "it: undecidable by recoveryWindowInDays",
      ),
    ],
    mutation: breaks(
      TYPES.secret,
      "database-credentials-secret",
      { set: { recoveryWindowInDays: 0 } },
      "secret-recovery: database-credentials-secret",
    ),
  },
};
