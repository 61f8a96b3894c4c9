import { isIssuedByAcm } from "../../aws/certificate.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const STRONG = ["RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

export const certificateKeyStrength: Rule = {
  name: "certificate-key-strength",
  title: "A certificate's key is of 2048 bits RSA or on an elliptic curve",
  why: "Shorter keys can be computed from the certificate, and then anybody can pass for the site.",
  severity: "high",
  references: [securityHub("ACM.2")],
  remediation: 'Leave keyAlgorithm out, or set it to "RSA_2048" or "EC_prime256v1".',
  level: MANDATORY,
  types: [TYPES.certificate],
  check: (certificate) => {
    if (!isIssuedByAcm(certificate)) return NOT_APPLICABLE;
    const algorithm = certificate.text("keyAlgorithm") ?? "";
    return expect(STRONG.includes(algorithm), () => `its keyAlgorithm is ${algorithm}.`);
  },
};
