import {
  AssociateVPCWithHostedZoneCommand,
  DisassociateVPCFromHostedZoneCommand,
  type HostedZoneSummary,
  type VPCRegion,
} from "@aws-sdk/client-route-53";
import type { ZoneAssociationArgs, ZoneAssociationState } from "@pulumi/aws/route53/zoneAssociation.js";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { bareId, createdInSync, getZone, inSync, refuseSecondZone, route53, waitLater, zonesOfVpc } from "./route53.ts";

interface Association {
  readonly zoneId: string;
  readonly vpcId: string;
  readonly vpcRegion: string;
}

/** Ids are `zone:vpc:region`; those of old, and of imports, may leave the region out. */
function partsOf({ context }: AwsCall, id: string): Association {
  const [zoneId, vpcId, vpcRegion = context.settings.region, more] = id.split(":");
  if (!zoneId || !vpcId || more !== undefined)
    throw new ProviderError(
      `${id} is not the id of a zone's association; it must be of the form ZONEID:VPCID or ZONEID:VPCID:REGION`,
    );
  return { zoneId, vpcId, vpcRegion };
}

const toVpc = ({ vpcId, vpcRegion }: Association) => ({ VPCId: vpcId, VPCRegion: vpcRegion as VPCRegion });

/** The zone among those that a VPC sees. */
async function find(call: AwsCall, association: Association): Promise<HostedZoneSummary | undefined> {
  for await (const zone of zonesOfVpc(call, toVpc(association)))
    if (bareId(zone.HostedZoneId) === association.zoneId) return zone;
  return undefined;
}

/** What AWS refuses and the emulated API accepts. */
async function checkZone(call: AwsCall, association: Association): Promise<void> {
  const { zoneId, vpcId } = association;
  const zone = await getZone(call, zoneId);
  if (!zone.HostedZone?.Config?.PrivateZone)
    throw new ProviderError(
      `zoneId ${zoneId} is a public zone, which is seen from everywhere and cannot be associated with a VPC; name a private zone`,
    );
  if (zone.VPCs?.some(({ VPCId }) => VPCId === vpcId))
    throw new ProviderError(
      `zoneId ${zoneId} is associated with ${vpcId} already, which is not this resource's doing; remove it there, or import it`,
    );
  await refuseSecondZone(call, zone.HostedZone.Name ?? "", toVpc(association));
}

export default resource<Aws, ZoneAssociationArgs, ZoneAssociationState>({
  async create(call, { zoneId, vpcId, vpcRegion = call.context.settings.region }) {
    const association = { zoneId: bareId(zoneId), vpcId, vpcRegion };
    await checkZone(call, association);
    const { ChangeInfo } = await route53(call).send(
      new AssociateVPCWithHostedZoneCommand({ HostedZoneId: association.zoneId, VPC: toVpc(association) }),
    );
    waitLater(call, ChangeInfo);
    return `${association.zoneId}:${vpcId}:${vpcRegion}`;
  },

  complete: createdInSync,

  async read(call, id) {
    const association = partsOf(call, id);
    const found = await find(call, association);
    return found && { ...association, owningAccount: found.Owner?.OwningAccount };
  },

  async delete(call, id) {
    const association = partsOf(call, id);
    try {
      const { ChangeInfo } = await route53(call).send(
        new DisassociateVPCFromHostedZoneCommand({ HostedZoneId: association.zoneId, VPC: toVpc(association) }),
      );
      await inSync(call, ChangeInfo);
    } catch (error) {
      if (!isNotFound(error) && (await find(call, association))) throw error;
    }
  },

  lost: {
    by: ["zoneId", "vpcId", "vpcRegion"],
    async find(call, { zoneId = "", vpcId = "", vpcRegion = call.context.settings.region }) {
      const association = { zoneId: bareId(zoneId), vpcId, vpcRegion };
      return (await find(call, association)) ? `${association.zoneId}:${vpcId}:${vpcRegion}` : undefined;
    },
  },
});
