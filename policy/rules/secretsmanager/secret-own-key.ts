import { TYPES } from "../../model/types.ts";
import { checkov } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const secretOwnKey: Rule = {
  name: "secret-own-key",
  title: "A secret is encrypted with a key of yours",
  why: "With AWS's key nobody can be kept from reading it but by rules on each secret, and no other account can read it.",
  severity: "low",
  references: [checkov("CKV_AWS_149")],
  remediation: "Set kmsKeyId.",
  level: ADVISORY,
  types: [TYPES.secret],
  check: (secret) => expect(secret.isSet("kmsKeyId"), () => "it has no kmsKeyId."),
};
