import { isForAnybody, statementsIn } from "../../aws/document.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

export const keyPolicy: Rule = {
  name: "key-policy",
  title: "A key's policy names who may use it",
  why: "Anybody with an AWS account can decrypt what it protects.",
  severity: "high",
  references: [securityHub("KMS.5"), checkov("CKV_AWS_33"), checkov("CKV2_AWS_64")],
  remediation: 'Name accounts, roles or services as Principal, or give the statement for "*" a Condition.',
  level: MANDATORY,
  types: [TYPES.kmsKey],
  check: (key) => {
    const [policy = key] = key.usedBy(TYPES.kmsKeyPolicy, "keyId");
    // Without one the account decides by its own policies. Source: KMS developer guide, default key policy.
    const open = statementsIn(policy, "policy").filter(
      (statement) => statement.allows && isForAnybody(statement) && statement.conditions.length === 0,
    );
    return open.length === 0
      ? PASSED
      : violation(`it lets everybody use ${open.flatMap(({ actions }) => actions).join(", ")}.`, policy);
  },
};
