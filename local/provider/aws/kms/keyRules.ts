/** What a key must be beyond its schema: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html. */
import type { KeyArgs } from "@pulumi/aws/kms/key.js";
import type { Plain, Problem } from "../../core/resource.ts";

export const SYMMETRIC = "SYMMETRIC_DEFAULT";

/** What keys are for, by the beginning of their kind. */
const USAGES: Readonly<Record<string, readonly string[]>> = {
  [SYMMETRIC]: ["ENCRYPT_DECRYPT"],
  ECC_NIST_EDWARDS: ["SIGN_VERIFY"],
  ECC_NIST_P: ["SIGN_VERIFY", "KEY_AGREEMENT"],
  ECC_SECG: ["SIGN_VERIFY"],
  HMAC: ["GENERATE_VERIFY_MAC"],
  ML_DSA: ["SIGN_VERIFY"],
  RSA: ["ENCRYPT_DECRYPT", "SIGN_VERIFY"],
  SM2: ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "KEY_AGREEMENT"],
};

export function checkKey({
  customerMasterKeySpec: spec,
  enableKeyRotation,
  keyUsage,
}: Partial<Plain<KeyArgs>>): Problem[] {
  if (!spec) return [];
  const problems: Problem[] = [];
  const usages = Object.entries(USAGES).find(([kind]) => spec.startsWith(kind))?.[1] ?? [];
  if (keyUsage && !usages.includes(keyUsage))
    problems.push({
      property: "keyUsage",
      reason: `keyUsage must be ${usages.join(" or ")} for customerMasterKeySpec ${spec}, got "${keyUsage}"`,
    });
  if (enableKeyRotation && spec !== SYMMETRIC)
    problems.push({
      property: "enableKeyRotation",
      reason: `enableKeyRotation cannot be true for a key of customerMasterKeySpec ${spec}, which AWS does not rotate; remove it`,
    });
  return problems;
}
