import {
  type HealthCheck as Check,
  ListHostedZonesByVPCCommand,
  type ListHostedZonesByVPCCommandOutput,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  type ListResourceRecordSetsCommandOutput,
  ListTagsForResourcesCommand,
  paginateListHealthChecks,
  paginateListHostedZones,
  type ResourceRecordSet,
  type Tag,
  type HostedZone as Zone,
} from "@aws-sdk/client-route-53";
import type { DnsRecord, HealthCheck, HostedZone, Unsupported } from "./account.ts";
import { all, type Clients } from "./clients.ts";
import { belongs, type Found, found, type Source, tagsOf } from "./source.ts";

export interface Names {
  readonly zones: readonly HostedZone[];
  readonly healthChecks: readonly HealthCheck[];
  readonly unsupported: readonly Unsupported[];
}

export async function readNames(source: Source): Promise<Names> {
  const { route53 } = source.clients;
  const [zones, associations, checks] = await Promise.all([
    all(paginateListHostedZones({ client: route53 }, {}), ({ HostedZones }) => HostedZones),
    readAssociations(source),
    all(paginateListHealthChecks({ client: route53 }, {}), ({ HealthChecks }) => HealthChecks),
  ]);
  const tags = await readTags(source.clients, zones);
  const ours = zones.filter((zone) =>
    zone.Config?.PrivateZone ? associations.has(idOf(zone)) : isPublicNameOf(source, tags.get(idOf(zone))),
  );
  const read = await Promise.all(
    ours.map(async (zone) => {
      const records = recordsOf(idOf(zone), await readRecords(source.clients, idOf(zone)));
      const networkIds = associations.get(idOf(zone));
      const item: HostedZone = {
        id: idOf(zone),
        name: plainName(zone.Name ?? ""),
        ...(zone.Config?.PrivateZone && networkIds && { networkIds }),
        records: records.items,
      };
      return { item, unsupported: records.unsupported };
    }),
  );
  const items = read.map(({ item }) => item);
  const health = healthChecksOf(checks, items);
  return {
    zones: items,
    healthChecks: health.items,
    unsupported: [...read.flatMap(({ unsupported }) => unsupported), ...health.unsupported],
  };
}

const idOf = ({ Id = "" }: Zone): string => Id.replace("/hostedzone/", "");

/** A zone of the stack, or one that was there before all stacks and that any of them may put names into. */
function isPublicNameOf({ scope }: Source, tags: readonly Tag[] = []): boolean {
  return belongs(tags, scope) || tagsOf(tags).environment === undefined;
}

/** The stack's networks by the private zones that they see. */
async function readAssociations({ clients: { route53 }, networkIds }: Source): Promise<Map<string, string[]>> {
  const region = await route53.config.region();
  const VPCRegion = region as "eu-central-1";
  const seen = new Map<string, string[]>();
  const byNetwork = networkIds.map(async (VPCId) => {
    let NextToken: string | undefined;
    do {
      const page: ListHostedZonesByVPCCommandOutput = await route53.send(
        new ListHostedZonesByVPCCommand({ VPCId, VPCRegion, NextToken }),
      );
      for (const { HostedZoneId = "" } of page.HostedZoneSummaries ?? [])
        seen.set(HostedZoneId, [...(seen.get(HostedZoneId) ?? []), VPCId]);
      NextToken = page.NextToken;
    } while (NextToken);
  });
  await Promise.all(byNetwork);
  return seen;
}

/** How many zones Route 53 tells the tags of in one answer. */
const MOST_TAGGED = 10;

async function readTags({ route53 }: Clients, zones: readonly Zone[]): Promise<Map<string, readonly Tag[]>> {
  const ids = zones.filter(({ Config }) => !Config?.PrivateZone).map(idOf);
  const groups = Array.from({ length: Math.ceil(ids.length / MOST_TAGGED) }, (_, index) =>
    ids.slice(index * MOST_TAGGED, (index + 1) * MOST_TAGGED),
  );
  const answers = await Promise.all(
    groups.map((ResourceIds) =>
      route53.send(new ListTagsForResourcesCommand({ ResourceType: "hostedzone", ResourceIds })),
    ),
  );
  const sets = answers.flatMap(({ ResourceTagSets = [] }) => ResourceTagSets);
  return new Map(sets.map(({ ResourceId = "", Tags = [] }) => [ResourceId, Tags]));
}

async function readRecords({ route53 }: Clients, HostedZoneId: string): Promise<ResourceRecordSet[]> {
  const records: ResourceRecordSet[] = [];
  let next: Partial<ListResourceRecordSetsCommandInput> | undefined = {};
  while (next) {
    const page: ListResourceRecordSetsCommandOutput = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId, ...next }),
    );
    records.push(...(page.ResourceRecordSets ?? []));
    next = page.IsTruncated
      ? {
          StartRecordName: page.NextRecordName,
          StartRecordType: page.NextRecordType,
          ...(page.NextRecordIdentifier && { StartRecordIdentifier: page.NextRecordIdentifier }),
        }
      : undefined;
  }
  return records;
}

/** Route 53 writes all but letters, digits, hyphens and underscores in octal, and ends names with a dot. */
export function plainName(name: string): string {
  return name
    .replace(/\\([0-3][0-7]{2})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    .replace(/\.$/, "")
    .toLowerCase();
}

export function recordsOf(zoneId: string, sets: readonly ResourceRecordSet[]): Found<DnsRecord> {
  return found(sets.map((set) => recordOf(zoneId, set)));
}

function recordOf(zoneId: string, set: ResourceRecordSet): DnsRecord | Unsupported {
  const name = plainName(set.Name ?? "");
  const policy = (["Region", "GeoLocation", "GeoProximityLocation", "CidrRoutingConfig"] as const).find(
    (each) => set[each] !== undefined,
  );
  if (policy)
    return {
      what: `record ${name} ${set.Type} (${set.SetIdentifier}) of zone ${zoneId}`,
      why: `it is chosen by ${policy}, and here visitors are nowhere in particular`,
    };
  const { AliasTarget: alias } = set;
  return {
    name,
    type: set.Type ?? "",
    ...(set.TTL !== undefined && { ttl: set.TTL }),
    values: (set.ResourceRecords ?? []).map(({ Value = "" }) => Value),
    ...(alias && {
      alias: {
        dnsName: plainName(alias.DNSName ?? ""),
        hostedZoneId: alias.HostedZoneId ?? "",
        evaluateTargetHealth: alias.EvaluateTargetHealth ?? false,
      },
    }),
    ...(set.SetIdentifier !== undefined && { setIdentifier: set.SetIdentifier }),
    ...(set.Failover && { failover: set.Failover }),
    ...(set.Weight !== undefined && { weight: set.Weight }),
    ...(set.MultiValueAnswer && { multiValue: true }),
    ...(set.HealthCheckId && { healthCheckId: set.HealthCheckId }),
  };
}

/** Those that the zones' records wait for, and those that these count. */
export function healthChecksOf(checks: readonly Check[], zones: readonly HostedZone[]): Found<HealthCheck> {
  const used = new Set<string>();
  const use = (id: string): void => {
    if (used.has(id)) return;
    used.add(id);
    for (const child of checks.find(({ Id }) => Id === id)?.HealthCheckConfig?.ChildHealthChecks ?? []) use(child);
  };
  for (const { healthCheckId } of zones.flatMap(({ records }) => records)) if (healthCheckId) use(healthCheckId);
  return found(checks.filter(({ Id = "" }) => used.has(Id)).map(healthCheckOf));
}

const KINDS = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP", "CALCULATED", "CLOUDWATCH_METRIC"];

function healthCheckOf({ Id: id = "", HealthCheckConfig: config }: Check): HealthCheck | Unsupported {
  const { Type: type = "", AlarmIdentifier: alarm } = config ?? {};
  if (!KINDS.includes(type)) return { what: `health check ${id}`, why: `nothing here checks as ${type} does` };
  return {
    id,
    type,
    ...(config?.FullyQualifiedDomainName && { host: config.FullyQualifiedDomainName }),
    ...(config?.IPAddress && { address: config.IPAddress }),
    ...(config?.Port !== undefined && { port: config.Port }),
    ...(config?.ResourcePath && { path: config.ResourcePath }),
    intervalSeconds: config?.RequestInterval ?? 30,
    failureThreshold: config?.FailureThreshold ?? 3,
    inverted: config?.Inverted ?? false,
    ...(config?.ChildHealthChecks?.length && {
      children: { ids: config.ChildHealthChecks, healthyThreshold: config.HealthThreshold ?? 0 },
    }),
    ...(alarm && {
      alarm: {
        name: alarm.Name ?? "",
        region: alarm.Region ?? "",
        insufficientData: config?.InsufficientDataHealthStatus ?? "LastKnownStatus",
      },
    }),
  };
}
