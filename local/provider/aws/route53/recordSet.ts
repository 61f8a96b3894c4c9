/** Record sets in the words of Pulumi and in those of the API. */
import type {
  GeoLocation,
  GeoProximityLocation,
  ResourceRecordSet,
  ResourceRecordSetFailover,
  ResourceRecordSetRegion,
  RRType,
} from "@aws-sdk/client-route-53";
import type { RecordArgs, RecordState } from "@pulumi/aws/route53/record.js";
import { dnsName } from "../../core/equality.ts";
import type { Plain } from "../../core/resource.ts";

export type RecordInputs = Plain<RecordArgs>;

/**
 * The full name of a record: names that do not end in the zone's are relative to it, and an empty one is the zone's own.
 * As with the official provider, this compares text, not labels.
 */
export function fullName(name: string, zone: string): string {
  const [record, apex] = [dnsName(name), dnsName(zone)];
  if (record.endsWith(apex)) return record;
  return record === "" ? apex : `${record}.${apex}`;
}

/** Text is quoted in zone files (RFC 1035 section 5.1), but not in programs. */
const isText = (type: string | undefined): boolean => type === "TXT" || type === "SPF";

export function toRecordSet(inputs: RecordInputs, fqdn: string): ResourceRecordSet {
  const [alias] = inputs.aliases ?? [];
  const { cidrRoutingPolicy: cidr, geoproximityRoutingPolicy: near } = inputs;
  const [failover] = inputs.failoverRoutingPolicies ?? [];
  const [geo] = inputs.geolocationRoutingPolicies ?? [];
  const [latency] = inputs.latencyRoutingPolicies ?? [];
  const [weighted] = inputs.weightedRoutingPolicies ?? [];
  return {
    Name: fqdn,
    Type: inputs.type as RRType,
    TTL: inputs.ttl,
    ResourceRecords: inputs.records?.map((value) => ({ Value: isText(inputs.type) ? `"${value}"` : value })),
    AliasTarget: alias && {
      DNSName: alias.name,
      HostedZoneId: alias.zoneId,
      EvaluateTargetHealth: alias.evaluateTargetHealth,
    },
    SetIdentifier: inputs.setIdentifier,
    HealthCheckId: inputs.healthCheckId,
    MultiValueAnswer: inputs.multivalueAnswerRoutingPolicy || undefined,
    Failover: failover?.type as ResourceRecordSetFailover | undefined,
    Region: latency?.region as ResourceRecordSetRegion | undefined,
    Weight: weighted?.weight,
    CidrRoutingConfig: cidr && { CollectionId: cidr.collectionId, LocationName: cidr.locationName },
    GeoLocation: geo && { ContinentCode: geo.continent, CountryCode: geo.country, SubdivisionCode: geo.subdivision },
    GeoProximityLocation: near && {
      AWSRegion: near.awsRegion,
      Bias: near.bias,
      Coordinates: near.coordinates?.map(({ latitude, longitude }) => ({
        Latitude: latitude,
        Longitude: longitude,
      }))[0],
      LocalZoneGroup: near.localZoneGroup,
    },
  };
}

export function fromRecordSet(record: ResourceRecordSet): Partial<Plain<RecordState>> {
  const { AliasTarget: alias, CidrRoutingConfig: cidr, GeoLocation: geo, GeoProximityLocation: near } = record;
  return {
    type: record.Type,
    ttl: record.TTL,
    records: record.ResourceRecords?.map(({ Value = "" }) =>
      isText(record.Type) ? Value.replace(/^"|"$/g, "") : Value,
    ),
    aliases: alias && [
      {
        name: dnsName(alias.DNSName ?? ""),
        zoneId: alias.HostedZoneId ?? "",
        evaluateTargetHealth: alias.EvaluateTargetHealth ?? false,
      },
    ],
    setIdentifier: record.SetIdentifier,
    healthCheckId: record.HealthCheckId,
    multivalueAnswerRoutingPolicy: record.MultiValueAnswer,
    failoverRoutingPolicies: record.Failover && [{ type: record.Failover }],
    latencyRoutingPolicies: record.Region && [{ region: record.Region }],
    weightedRoutingPolicies: record.Weight === undefined ? undefined : [{ weight: record.Weight }],
    cidrRoutingPolicy: cidr && { collectionId: cidr.CollectionId ?? "", locationName: cidr.LocationName ?? "" },
    geolocationRoutingPolicies: geo && [fromGeoLocation(geo)],
    geoproximityRoutingPolicy: near && fromGeoProximity(near),
  };
}

const fromGeoLocation = ({ ContinentCode, CountryCode, SubdivisionCode }: GeoLocation) => ({
  continent: ContinentCode,
  country: CountryCode,
  subdivision: SubdivisionCode,
});

const fromGeoProximity = ({ AWSRegion, Bias, Coordinates, LocalZoneGroup }: GeoProximityLocation) => ({
  awsRegion: AWSRegion,
  bias: Bias,
  coordinates: Coordinates && [{ latitude: Coordinates.Latitude ?? "", longitude: Coordinates.Longitude ?? "" }],
  localZoneGroup: LocalZoneGroup,
});
