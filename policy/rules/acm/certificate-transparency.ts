import { isIssuedByAcm } from "../../aws/certificate.ts";
import { TYPES } from "../../model/types.ts";
import { checkov } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const certificateTransparency: Rule = {
  name: "certificate-transparency",
  title: "A certificate is in the public transparency logs",
  why: "Browsers refuse a certificate that is in none, and nobody notices one that was issued without leave.",
  severity: "low",
  references: [checkov("CKV_AWS_234")],
  remediation: 'Leave options.certificateTransparencyLoggingPreference out, or set it to "ENABLED".',
  level: ADVISORY,
  types: [TYPES.certificate],
  check: (certificate) => {
    if (!isIssuedByAcm(certificate)) return NOT_APPLICABLE;
    const preference = certificate.text("options.certificateTransparencyLoggingPreference");
    return expect(preference !== "DISABLED", () => "its transparency logging is DISABLED.");
  },
};
