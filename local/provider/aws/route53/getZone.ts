import type { HostedZone } from "@aws-sdk/client-route-53";
import type { GetZoneArgs, GetZoneResult } from "@pulumi/aws/route53/getZone.js";
import { dnsName } from "../../core/equality.ts";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import { invocation } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { bareId, getZone, nameServers, zoneArn, zones, zoneTags } from "./route53.ts";

/** Private when the program says so, or when it names a VPC. */
const wantsPrivate = ({ privateZone, vpcId }: GetZoneArgs): boolean => privateZone ?? vpcId !== undefined;

async function matches(call: AwsCall, { Id, Name = "", Config }: HostedZone, wanted: GetZoneArgs): Promise<boolean> {
  if (wanted.name !== undefined && dnsName(Name) !== dnsName(wanted.name)) return false;
  if ((Config?.PrivateZone ?? false) !== wantsPrivate(wanted)) return false;
  const id = bareId(Id);
  if (wanted.vpcId && !(await getZone(call, id)).VPCs?.some(({ VPCId }) => VPCId === wanted.vpcId)) return false;
  const asked = Object.entries(wanted.tags ?? {});
  if (asked.length === 0) return true;
  const tags = await zoneTags(call, id);
  return asked.every(([key, value]) => tags[key] === value);
}

async function findId(call: AwsCall, wanted: GetZoneArgs): Promise<string> {
  const found: string[] = [];
  for await (const zone of zones(call)) if (await matches(call, zone, wanted)) found.push(bareId(zone.Id));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const what = `${wantsPrivate(wanted) ? "private" : "public"} zone${wanted.name ? ` ${dnsName(wanted.name)}` : ""}`;
  throw new ProviderError(
    only === undefined
      ? `no ${what} matches in this account; create it, or correct name, privateZone, vpcId or tags`
      : `${found.length} zones match where one is asked for (${what}): ${found.join(", ")}; name one by zoneId, or add tags`,
  );
}

async function get(call: AwsCall, id: string) {
  try {
    return await getZone(call, id);
  } catch (error) {
    throw isNotFound(error) ? new ProviderError(`no zone ${id} is in this account; correct zoneId`) : error;
  }
}

export default invocation<Aws, GetZoneArgs, GetZoneResult>(async (call, wanted) => {
  const id = bareId(wanted.zoneId ?? (await findId(call, wanted)));
  const found = await get(call, id);
  const [servers, tags] = await Promise.all([nameServers(call, id, found), zoneTags(call, id)]);
  const { Name = "", CallerReference = "", Config, LinkedService, ResourceRecordSetCount = 0 } = found.HostedZone ?? {};
  return {
    id,
    zoneId: id,
    arn: zoneArn(call, id),
    callerReference: CallerReference,
    comment: Config?.Comment ?? "",
    linkedServiceDescription: LinkedService?.Description ?? "",
    linkedServicePrincipal: LinkedService?.ServicePrincipal ?? "",
    name: dnsName(Name),
    nameServers: servers,
    primaryNameServer: servers[0] ?? "",
    privateZone: Config?.PrivateZone ?? false,
    resourceRecordSetCount: ResourceRecordSetCount,
    tags,
    vpcId: wanted.vpcId,
  };
});
