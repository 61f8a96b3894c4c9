import { isIssuedByAcm } from "../../aws/certificate.ts";
import { TYPES } from "../../model/types.ts";
import { aws, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const certificateDnsValidated: Rule = {
  name: "certificate-dns-validated",
  title: "A certificate is validated by DNS",
  why: "ACM renews such a certificate by itself for as long as the record is there. One that is validated by mail runs out when nobody answers.",
  severity: "medium",
  pitfalls: ["TLS ends at the load balancer"],
  references: [securityHub("ACM.1"), aws("DNS validation", "acm/latest/userguide/dns-validation.html")],
  remediation: 'Set validationMethod to "DNS", and create the records of domainValidationOptions.',
  level: MANDATORY,
  types: [TYPES.certificate],
  check: (certificate) => {
    if (!isIssuedByAcm(certificate)) return NOT_APPLICABLE;
    const method = certificate.text("validationMethod");
    return expect(method === "DNS", () => `its validationMethod is ${method ?? "not set"}.`);
  },
};
