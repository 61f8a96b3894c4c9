import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeAddressesAttributeCommand,
  DescribeAddressesCommand,
  DisassociateAddressCommand,
  ReleaseAddressCommand,
} from "@aws-sdk/client-ec2";
import type { EipArgs, EipState } from "@pulumi/aws/ec2/eip.js";
import { type Plain, resource } from "../../core/resource.ts";
import { accountId } from "../account.ts";
import type { Aws, AwsCall } from "../client.ts";
import { privateName, publicName } from "./addresses.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, regionOf, retag, tagsOnCreation } from "./ec2.ts";
import { instanceBehind } from "./eipAssociation.ts";

async function describe(call: AwsCall, id: string) {
  const { Addresses } = await ec2(call).send(new DescribeAddressesCommand({ AllocationIds: [id] }));
  return Addresses?.[0];
}

async function associate(call: AwsCall, id: string, { instance, networkInterface }: Plain<EipArgs>): Promise<void> {
  if (instance || networkInterface)
    await ec2(call).send(
      new AssociateAddressCommand({
        AllocationId: id,
        InstanceId: instance,
        NetworkInterfaceId: instance ? undefined : networkInterface,
        AllowReassociation: true,
      }),
    );
}

async function disassociate(call: AwsCall, id: string): Promise<void> {
  const AssociationId = (await describe(call, id))?.AssociationId;
  if (AssociationId) await ec2(call).send(new DisassociateAddressCommand({ AssociationId }));
}

async function ptrRecord(call: AwsCall, id: string): Promise<string | undefined> {
  const { Addresses } = await ec2(call).send(
    new DescribeAddressesAttributeCommand({ AllocationIds: [id], Attribute: "domain-name" }),
  );
  return Addresses?.[0]?.PtrRecord;
}

export default resource<Aws, EipArgs, EipState>({
  async create(call, { address, networkBorderGroup, publicIpv4Pool, tags }) {
    const made = await ec2(call).send(
      new AllocateAddressCommand({
        Domain: "vpc",
        Address: address,
        NetworkBorderGroup: networkBorderGroup,
        PublicIpv4Pool: address ? undefined : publicIpv4Pool,
        TagSpecifications: tagsOnCreation(call, "elastic-ip", tags),
      }),
    );
    return made.AllocationId as string;
  },

  async complete(call, id, inputs) {
    await markCreated(call, id);
    await associate(call, id, inputs);
  },

  async read(call, id, known) {
    const address = await describe(call, id);
    if (!address) return undefined;
    const region = regionOf(call);
    const { PublicIp, PrivateIpAddress } = address;
    return {
      allocationId: id,
      arn: arn(call, await accountId(call), `elastic-ip/${id}`),
      publicIp: PublicIp,
      publicDns: PublicIp && publicName(region, PublicIp),
      privateIp: PrivateIpAddress,
      privateDns: PrivateIpAddress && privateName(region, PrivateIpAddress),
      domain: address.Domain,
      associationId: address.AssociationId || undefined,
      instance: await instanceBehind(call, address),
      networkInterface: address.NetworkInterfaceId || undefined,
      // moto does not tell where an address comes from and is announced: Amazon's pool and the region, unless asked otherwise.
      publicIpv4Pool: address.PublicIpv4Pool ?? known.publicIpv4Pool ?? "amazon",
      networkBorderGroup: address.NetworkBorderGroup ?? known.networkBorderGroup ?? region,
      carrierIp: address.CarrierIp,
      customerOwnedIp: address.CustomerOwnedIp,
      ptrRecord: await ptrRecord(call, id),
      tags: fromTags(address.Tags),
    };
  },

  async update(call, id, { news }) {
    await disassociate(call, id);
    await associate(call, id, news);
  },

  retag,

  async delete(call, id) {
    await disassociate(call, id);
    await ec2(call).send(new ReleaseAddressCommand({ AllocationId: id }));
  },

  lost: lostByTag,
});
