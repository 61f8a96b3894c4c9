/** What a certificate still waits for, in words. */
import type { CertificateDetail, DomainValidation } from "@aws-sdk/client-acm";

/** Names in DNS may end in a dot. */
const withoutDot = (name: string): string => name.replace(/\.$/, "");

/** The records that have to stand in DNS and are not among these, as `name: record`. A certificate by e-mail has none. */
export function forgottenRecords(
  { DomainValidationOptions = [] }: CertificateDetail,
  named: readonly string[],
): string[] {
  const known = new Set(named.map(withoutDot));
  return DomainValidationOptions.flatMap(({ DomainName, ResourceRecord }) => {
    const record = withoutDot(ResourceRecord?.Name ?? "");
    return record === "" || known.has(record) ? [] : [`${record} (for ${DomainName})`];
  });
}

/** `the record _1.example.com CNAME _2.acm-validations.aws`, several joined by "and"; what a name and its wildcard share once. */
export function missing({ DomainValidationOptions = [] }: CertificateDetail): string {
  const open = DomainValidationOptions.filter(({ ValidationStatus }) => ValidationStatus !== "SUCCESS");
  return [...new Set(open.map(wanted))].join(" and ");
}

function wanted({ DomainName, ResourceRecord: record, ValidationEmails = [] }: DomainValidation): string {
  if (record) return `the record ${withoutDot(record.Name ?? "")} ${record.Type} ${record.Value}`;
  return `an answer to the e-mail about ${DomainName} to ${ValidationEmails.join(", ")}`;
}
