import { DescribeCertificateCommand, ListCertificatesCommand } from "@aws-sdk/client-acm";
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { type Account, one } from "../account.ts";

/** Every record of a zone but its own two: `www.example.com. CNAME 300 example.com`. */
export async function records({ route53 }: Account, zone: string): Promise<string[]> {
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand());
  const { Id } = one(HostedZones.filter(({ Name }) => Name === `${zone}.`));
  const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
  const own = ResourceRecordSets.filter(({ Type = "" }) => !["NS", "SOA"].includes(Type));
  return own.map(recordLine).sort();
}

/** What is drawn by chance is left out of names and values. */
function recordLine({ Name, Type, TTL, ResourceRecords = [], AliasTarget, ...set }: ResourceRecordSet): string {
  const values = ResourceRecords.map(({ Value = "" }) =>
    Value.replace(/^.*-(primary|replica-\d+)\..*$/, "$1").replace(/^_.*\.acm-validations\.aws\.$/, "proof"),
  );
  const alias = AliasTarget && `alias, ${AliasTarget.EvaluateTargetHealth ? "by health" : "blindly"}`;
  const weight = set.Weight === undefined ? "" : ` weight ${set.Weight}${set.HealthCheckId ? ", by health check" : ""}`;
  const name = Name?.replace(/^_[0-9a-f]{32}\./, "_proof.");
  return `${name} ${Type} ${alias ?? `${TTL} ${values.join(" | ")}`}${set.Failover ? ` ${set.Failover}` : ""}${weight}`;
}

/** Each certificate: `example.com, *.example.com: AMAZON_ISSUED by DNS, ISSUED, used by 1`. */
export async function certificates({ certificates: client }: Account): Promise<string[]> {
  const { CertificateSummaryList = [] } = await client.send(
    new ListCertificatesCommand({ Includes: { keyTypes: ["RSA_2048", "EC_prime256v1"] } }),
  );
  const described = await Promise.all(
    CertificateSummaryList.map(({ CertificateArn }) => client.send(new DescribeCertificateCommand({ CertificateArn }))),
  );
  return described
    .map(({ Certificate: found = {} }) => {
      const { SubjectAlternativeNames = [], DomainValidationOptions = [], InUseBy = [] } = found;
      const ways = new Set(DomainValidationOptions.map(({ ValidationMethod }) => ValidationMethod));
      const proved = ways.size > 0 ? ` by ${[...ways]}` : "";
      return `${SubjectAlternativeNames.join(", ")}: ${found.Type}${proved}, ${found.Status}, used by ${InUseBy.length}`;
    })
    .sort();
}
