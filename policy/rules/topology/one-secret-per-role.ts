import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const oneSecretPerRole: Rule = {
  name: "one-secret-per-role",
  title: "A role's policy is about one secret, and about no key but that secret's",
  why: "A role that reads several secrets gives all of them away with one machine.",
  severity: "medium",
  references: [wellArchitected("SEC", 3)],
  remediation:
    "Let the policy name one secret's arn, and only the key of that secret's kmsKeyId. Give others roles of their own.",
  level: ADVISORY,
  types: [TYPES.rolePolicy],
  check: (policy) => {
    const secrets = policy.references("policy", TYPES.secret);
    if (secrets.length === 0) return NOT_APPLICABLE;
    const own = secrets.flatMap((secret) => secret.references("kmsKeyId", TYPES.kmsKey));
    const foreign = policy.references("policy", TYPES.kmsKey).filter((key) => !own.includes(key));
    return expect(secrets.length === 1 && foreign.length === 0, () => {
      return `it is about: ${[...secrets, ...foreign].map(({ name }) => name).join(", ")}.`;
    });
  },
};
