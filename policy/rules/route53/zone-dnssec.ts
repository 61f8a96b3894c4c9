import { TYPES } from "../../model/types.ts";
import { aws, checkov } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const zoneDnssec: Rule = {
  name: "zone-dnssec",
  title: "A public zone is signed",
  why: "Without signatures somebody on the way can answer for the site, and visitors cannot tell.",
  severity: "low",
  references: [
    checkov("CKV2_AWS_38"),
    aws("DNSSEC signing", "Route53/latest/DeveloperGuide/dns-configuring-dnssec.html"),
  ],
  remediation: "Create a KeySigningKey and a HostedZoneDnsSec for the zone, and give the registrar its DS record.",
  level: ADVISORY,
  types: [TYPES.zone],
  check: (zone) => {
    if (zone.isSet("vpcs")) return NOT_APPLICABLE;
    return expect(zone.usedBy(TYPES.hostedZoneDnsSec, "hostedZoneId").length > 0, () => "it has no HostedZoneDnsSec.");
  },
};
