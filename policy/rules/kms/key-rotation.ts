import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const keyRotation: Rule = {
  name: "key-rotation",
  title: "A key gets new material each year",
  why: "Whoever has copied the material once can read everything that is ever encrypted with it.",
  severity: "medium",
  references: [securityHub("KMS.4"), checkov("CKV_AWS_7"), cdkNag("AwsSolutions-KMS5"), cis("3.6")],
  remediation: "Set enableKeyRotation to true.",
  level: MANDATORY,
  types: [TYPES.kmsKey],
  check: (key) => {
    // AWS rotates no others.
    const rotates = key.text("customerMasterKeySpec") === "SYMMETRIC_DEFAULT" && !key.isSet("customKeyStoreId");
    if (!rotates) return NOT_APPLICABLE;
    return expect(key.flag("enableKeyRotation"), () => "its enableKeyRotation is false.");
  },
};
