import { TYPES } from "../../model/types.ts";
import { checkov, trivy } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const logsEncrypted: Rule = {
  name: "logs-encrypted",
  title: "Logs are encrypted with a key of yours",
  why: "With AWS's key, nobody can be kept from reading them but by rules on each log group.",
  severity: "low",
  references: [checkov("CKV_AWS_158"), trivy("AWS-0017")],
  remediation: "Set kmsKeyId to the ARN of a key whose policy lets CloudWatch Logs use it.",
  level: ADVISORY,
  types: [TYPES.logGroup],
  check: (group) => expect(group.isSet("kmsKeyId"), () => "it has no kmsKeyId."),
};
