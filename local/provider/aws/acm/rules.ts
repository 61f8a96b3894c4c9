/** What ACM asks of a certificate beyond the form of single values. */
import type { CertificateArgs } from "@pulumi/aws/acm/certificate.js";
import { UNSUPPORTED } from "../../core/check.ts";
import type { Plain, Problem } from "../../core/resource.ts";

type Args = Plain<CertificateArgs>;

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html; the other algorithms are for imports. */
const ISSUED_FOR = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];

/** Every name of a certificate that is asked for, once: the domain's own comes first. */
export const namesOf = ({ domainName, subjectAlternativeNames = [] }: Partial<Args>): string[] => [
  ...new Set([...(domainName === undefined ? [] : [domainName]), ...subjectAlternativeNames]),
];

export function* problems(
  inputs: Partial<Args>,
  isGiven: (property: keyof CertificateArgs) => boolean,
): Iterable<Problem> {
  const { keyAlgorithm, validationMethod } = inputs;
  if (isGiven("domainName") && !isGiven("validationMethod"))
    yield {
      property: "validationMethod",
      reason: "validationMethod is required and missing for a certificate that is requested; set it to DNS or EMAIL",
    };
  if (validationMethod === "HTTP")
    yield { property: "validationMethod", reason: `validationMethod "HTTP" ${UNSUPPORTED}` };
  if (keyAlgorithm !== undefined && !ISSUED_FOR.includes(keyAlgorithm))
    yield {
      property: "keyAlgorithm",
      reason: `keyAlgorithm must be one of ${ISSUED_FOR.join(", ")} for a certificate that is requested, got "${keyAlgorithm}"`,
    };
  yield* validationProblems(inputs, isGiven("subjectAlternativeNames") && inputs.subjectAlternativeNames === undefined);
}

/** E-mail goes to a name of the certificate, or to a domain above it. */
function* validationProblems(inputs: Partial<Args>, isUnsure: boolean): Iterable<Problem> {
  const names = namesOf(inputs);
  const known = inputs.domainName !== undefined && !isUnsure;
  for (const { domainName, validationDomain } of inputs.validationOptions ?? []) {
    if (domainName === undefined || validationDomain === undefined) continue;
    if (known && !names.includes(domainName))
      yield {
        property: "validationOptions",
        reason: `validationOptions name ${domainName}, which is no name of the certificate; it has ${names.join(", ")}`,
      };
    else if (!`.${domainName.replace(/^\*\./, "")}`.endsWith(`.${validationDomain}`))
      yield {
        property: "validationOptions",
        reason: `validationDomain must be ${domainName} or a domain above it, got "${validationDomain}"`,
      };
  }
}
