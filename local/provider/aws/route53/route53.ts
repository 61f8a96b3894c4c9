/** What the types of Route 53 share: the client, ids, names, tags and changes. */
import {
  type ChangeInfo,
  ChangeTagsForResourceCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  type GetHostedZoneCommandOutput,
  type HostedZone,
  type HostedZoneSummary,
  ListHostedZonesByVPCCommand,
  type ListHostedZonesByVPCCommandOutput,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  type ListResourceRecordSetsCommandOutput,
  ListTagsForResourceCommand,
  paginateListHostedZones,
  type ResourceRecordSet,
  Route53Client,
  type TagResourceType,
  type VPC,
} from "@aws-sdk/client-route-53";
import { dnsName } from "../../core/equality.ts";
import { messageOf, ProviderError } from "../../core/errors.ts";
import { until } from "../../core/wait.ts";
import type { AwsCall } from "../client.ts";
import { partitionOf } from "../regions.ts";

type Tags = Readonly<Record<string, string>>;

export const route53 = ({ context }: AwsCall): Route53Client => context.client("route53", Route53Client);

/** Ids come back with the path of their kind before them (`/hostedzone/Z1`, `/change/C1`). */
export const bareId = (id = ""): string => id.slice(id.lastIndexOf("/") + 1);

export const zoneArn = ({ context }: AwsCall, id: string): string =>
  `arn:${partitionOf(context.settings.region).id}:route53:::hostedzone/${id}`;

export const getZone = (call: AwsCall, Id: string): Promise<GetHostedZoneCommandOutput> =>
  route53(call).send(new GetHostedZoneCommand({ Id }));

export async function* zones(call: AwsCall): AsyncIterable<HostedZone> {
  for await (const page of paginateListHostedZones({ client: route53(call) }, {})) yield* page.HostedZones ?? [];
}

/** The private zones that a VPC sees, in all accounts. */
export async function* zonesOfVpc(call: AwsCall, { VPCId, VPCRegion }: VPC): AsyncIterable<HostedZoneSummary> {
  let NextToken: string | undefined;
  do {
    const page: ListHostedZonesByVPCCommandOutput = await route53(call).send(
      new ListHostedZonesByVPCCommand({ VPCId, VPCRegion, NextToken }),
    );
    yield* page.HostedZoneSummaries ?? [];
    NextToken = page.NextToken;
  } while (NextToken);
}

/** A VPC sees one zone of a name: AWS refuses another, the emulated API does not. */
export async function refuseSecondZone(call: AwsCall, name: string, vpc: VPC): Promise<void> {
  for await (const { HostedZoneId, Name = "" } of zonesOfVpc(call, vpc))
    if (dnsName(Name) === dnsName(name))
      throw new ProviderError(
        `the VPC ${vpc.VPCId} sees the zone ${HostedZoneId} already, which has the same name (${dnsName(name)}); remove that association, or use that zone`,
      );
}

/** The records of a zone, from a name and type on if one is given. */
export async function* recordSets(
  call: AwsCall,
  HostedZoneId: string,
  from: Omit<ListResourceRecordSetsCommandInput, "HostedZoneId"> = {},
): AsyncIterable<ResourceRecordSet> {
  let start: typeof from | undefined = from;
  while (start) {
    const page: ListResourceRecordSetsCommandOutput = await route53(call).send(
      new ListResourceRecordSetsCommand({ HostedZoneId, ...start }),
    );
    yield* page.ResourceRecordSets ?? [];
    start = page.IsTruncated
      ? {
          StartRecordName: page.NextRecordName,
          StartRecordType: page.NextRecordType,
          StartRecordIdentifier: page.NextRecordIdentifier,
        }
      : undefined;
  }
}

/** The first is the one that the SOA record names. A private zone has no delegation set: its NS record tells. */
export async function nameServers(call: AwsCall, id: string, zone: GetHostedZoneCommandOutput): Promise<string[]> {
  if (!zone.HostedZone?.Config?.PrivateZone) return zone.DelegationSet?.NameServers ?? [];
  const apex = dnsName(zone.HostedZone.Name ?? "");
  for await (const { Name = "", Type, ResourceRecords = [] } of recordSets(call, id))
    if (Type === "NS" && dnsName(Name) === apex) return ResourceRecords.map(({ Value = "" }) => Value);
  return [];
}

export const zoneTags = (call: AwsCall, id: string) => tagsOf(call, "hostedzone", id);
export const healthCheckTags = (call: AwsCall, id: string) => tagsOf(call, "healthcheck", id);

async function tagsOf(call: AwsCall, ResourceType: TagResourceType, ResourceId: string): Promise<Tags> {
  const { ResourceTagSet } = await route53(call).send(new ListTagsForResourceCommand({ ResourceType, ResourceId }));
  return Object.fromEntries((ResourceTagSet?.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

export const setZoneTags = (call: AwsCall, id: string, set: Tags, remove?: readonly string[]) =>
  setTags(call, "hostedzone", id, set, remove);
export const setHealthCheckTags = (call: AwsCall, id: string, set: Tags, remove?: readonly string[]) =>
  setTags(call, "healthcheck", id, set, remove);

async function setTags(
  call: AwsCall,
  ResourceType: TagResourceType,
  ResourceId: string,
  set: Tags,
  remove: readonly string[] = [],
): Promise<void> {
  const AddTags = Object.entries(set).map(([Key, Value]) => ({ Key, Value }));
  if (AddTags.length + remove.length === 0) return;
  await route53(call).send(
    new ChangeTagsForResourceCommand({
      ResourceType,
      ResourceId,
      AddTags: AddTags.length > 0 ? AddTags : undefined,
      RemoveTagKeys: remove.length > 0 ? [...remove] : undefined,
    }),
  );
}

/** Waits until all name servers know of a change. */
export async function inSync(call: AwsCall, change: ChangeInfo | undefined): Promise<void> {
  let status = change?.Status;
  const Id = bareId(change?.Id);
  if (!Id) return;
  await until(
    call,
    `change ${Id} to reach all name servers`,
    async () => {
      if (status !== "INSYNC") status = (await route53(call).send(new GetChangeCommand({ Id }))).ChangeInfo?.Status;
      return status === "INSYNC" ? true : undefined;
    },
    () => String(status),
  );
}

/** What a creation has set going, until its `complete` waits for it. */
const underWay = new WeakMap<AwsCall, ChangeInfo>();

export function waitLater(call: AwsCall, change: ChangeInfo | undefined): void {
  if (change) underWay.set(call, change);
}

/** Nothing to wait for when a later run completes what an earlier one began. */
export const createdInSync = (call: AwsCall): Promise<void> => inSync(call, underWay.get(call));

/** The API names what is wrong with a change in a list beside its message. */
export function changeError(error: unknown): unknown {
  const messages = (error as { messages?: unknown }).messages;
  if (!(error instanceof Error) || !Array.isArray(messages) || messages.length === 0) return error;
  return new ProviderError(`${error.name}: ${messages.join("; ")}`, { cause: messageOf(error) });
}
