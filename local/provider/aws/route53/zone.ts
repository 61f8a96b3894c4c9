import {
  AssociateVPCWithHostedZoneCommand,
  type Change,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  DisassociateVPCFromHostedZoneCommand,
  GetReusableDelegationSetCommand,
  UpdateHostedZoneCommentCommand,
  type VPC,
  type VPCRegion,
} from "@aws-sdk/client-route-53";
import type { ZoneArgs, ZoneState } from "@pulumi/aws/route53/zone.js";
import { dnsName } from "../../core/equality.ts";
import { isNotFound } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { isSigned, turnSigning } from "./dnssec.ts";
import {
  bareId,
  createdInSync,
  getZone,
  inSync,
  nameServers,
  recordSets,
  refuseSecondZone,
  route53,
  setZoneTags,
  waitLater,
  zoneArn,
  zones,
  zoneTags,
} from "./route53.ts";

/** As many as one request may hold (https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html). */
const CHANGES_PER_REQUEST = 500;

interface ZoneVpc {
  readonly vpcId: string;
  readonly vpcRegion?: string;
}

const toVpc = ({ context }: AwsCall, { vpcId, vpcRegion = context.settings.region }: ZoneVpc): VPC => ({
  VPCId: vpcId,
  VPCRegion: vpcRegion as VPCRegion,
});

async function associate(call: AwsCall, HostedZoneId: string, vpc: ZoneVpc): Promise<void> {
  await refuseSecondZone(call, (await getZone(call, HostedZoneId)).HostedZone?.Name ?? "", toVpc(call, vpc));
  const { ChangeInfo } = await route53(call).send(
    new AssociateVPCWithHostedZoneCommand({ HostedZoneId, VPC: toVpc(call, vpc) }),
  );
  await inSync(call, ChangeInfo);
}

async function disassociate(call: AwsCall, HostedZoneId: string, vpc: ZoneVpc): Promise<void> {
  const { ChangeInfo } = await route53(call).send(
    new DisassociateVPCFromHostedZoneCommand({ HostedZoneId, VPC: toVpc(call, vpc) }),
  );
  await inSync(call, ChangeInfo);
}

/** Adds before it removes: a private zone must never be without a VPC. */
async function setVpcs(call: AwsCall, id: string, wanted: readonly ZoneVpc[]): Promise<void> {
  const key = (vpc: ZoneVpc) => Object.values(toVpc(call, vpc)).join(" ");
  const present = await vpcsOf(call, id);
  const keys = new Set(present.map(key));
  const kept = new Set(wanted.map(key));
  for (const vpc of wanted) if (!keys.has(key(vpc))) await associate(call, id, vpc);
  for (const vpc of present) if (!kept.has(key(vpc))) await disassociate(call, id, vpc);
}

const fromVpcs = (vpcs: readonly VPC[] = []): ZoneVpc[] =>
  vpcs.map(({ VPCId = "", VPCRegion }) => ({ vpcId: VPCId, vpcRegion: VPCRegion }));

const vpcsOf = async (call: AwsCall, id: string): Promise<ZoneVpc[]> => fromVpcs((await getZone(call, id)).VPCs);

/** AWS names the delegation set of a zone only when it is a reusable one; the emulated API names every zone's. */
async function reusableSet(call: AwsCall, id: string | undefined): Promise<string | undefined> {
  if (!id) return undefined;
  try {
    await route53(call).send(new GetReusableDelegationSetCommand({ Id: bareId(id) }));
    return bareId(id);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** All records go but the two that come and go with the zone itself. */
async function empty(call: AwsCall, HostedZoneId: string): Promise<void> {
  const apex = dnsName((await getZone(call, HostedZoneId)).HostedZone?.Name ?? "");
  const changes: Change[] = [];
  for await (const record of recordSets(call, HostedZoneId)) {
    const stays = dnsName(record.Name ?? "") === apex && (record.Type === "NS" || record.Type === "SOA");
    if (!stays) changes.push({ Action: "DELETE", ResourceRecordSet: record });
  }
  for (let done = 0; done < changes.length; done += CHANGES_PER_REQUEST) {
    const Changes = changes.slice(done, done + CHANGES_PER_REQUEST);
    const { ChangeInfo } = await route53(call).send(
      new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }),
    );
    await inSync(call, ChangeInfo);
  }
}

/** A private zone is never signed, and Route 53 does not like to be asked about it. */
async function unsign(call: AwsCall, id: string): Promise<void> {
  const isPrivate = (await getZone(call, id)).HostedZone?.Config?.PrivateZone;
  if (!isPrivate && (await isSigned(call, id))) await inSync(call, await turnSigning(call, id, "NOT_SIGNING"));
}

export default resource<Aws, ZoneArgs, ZoneState>({
  async create(call, { name, comment, delegationSetId, vpcs = [] }) {
    const [first] = vpcs;
    for (const vpc of vpcs) await refuseSecondZone(call, name ?? "", toVpc(call, vpc));
    const { HostedZone, ChangeInfo } = await route53(call).send(
      new CreateHostedZoneCommand({
        CallerReference: call.token,
        // AWS writes names in lower case, the emulated API as they come.
        Name: name?.toLowerCase(),
        HostedZoneConfig: { Comment: comment, PrivateZone: first !== undefined },
        DelegationSetId: delegationSetId,
        VPC: first && toVpc(call, first),
      }),
    );
    waitLater(call, ChangeInfo);
    return bareId(HostedZone?.Id);
  },

  async complete(call, id, { tags = {}, vpcs = [] }) {
    await createdInSync(call);
    await setZoneTags(call, id, tags);
    await setVpcs(call, id, vpcs);
  },

  async read(call, id) {
    const found = await getZone(call, id);
    const [servers, tags, reusable] = await Promise.all([
      nameServers(call, id, found),
      zoneTags(call, id),
      reusableSet(call, found.DelegationSet?.Id),
    ]);
    return {
      arn: zoneArn(call, id),
      comment: found.HostedZone?.Config?.Comment,
      delegationSetId: reusable,
      name: dnsName(found.HostedZone?.Name ?? ""),
      nameServers: servers.toSorted(),
      primaryNameServer: servers[0],
      tags,
      vpcs: found.VPCs?.length ? fromVpcs(found.VPCs) : undefined,
      zoneId: id,
    };
  },

  async update(call, id, { news, changed }) {
    if (changed("comment"))
      await route53(call).send(new UpdateHostedZoneCommentCommand({ Id: id, Comment: news.comment ?? "" }));
    if (changed("vpcs")) await setVpcs(call, id, news.vpcs ?? []);
  },

  retag: (call, id, { set, remove }) => setZoneTags(call, id, set, remove),

  async delete(call, id, { forceDestroy }) {
    if (forceDestroy) {
      await empty(call, id);
      await unsign(call, id);
    }
    const { ChangeInfo } = await route53(call).send(new DeleteHostedZoneCommand({ Id: id }));
    await inSync(call, ChangeInfo);
  },

  lost: {
    by: [],
    async find(call) {
      for await (const { Id, CallerReference } of zones(call)) if (CallerReference === call.token) return bareId(Id);
      return undefined;
    },
  },
});
