import {
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  DeleteNetworkInterfaceCommand,
  DetachNetworkInterfaceCommand,
  ModifyNetworkInterfaceAttributeCommand,
  type NetworkInterface,
} from "@aws-sdk/client-ec2";
import type { NetworkInterfaceArgs, NetworkInterfaceState } from "@pulumi/aws/ec2/networkInterface.js";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { freeAddresses, privateName } from "./addresses.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, regionOf, retag, tagsOnCreation } from "./ec2.ts";
import { describeInstance, hasEnded } from "./instances.ts";
import { describeInterface, ipv6Addresses, privateIps, settleIpv6, settlePrivateIps } from "./interfaceAddresses.ts";

type Args = Plain<NetworkInterfaceArgs>;

class InterfaceInUse extends Error {
  override name = "InvalidNetworkInterface.InUse";
}

/** The attachment, unless its instance has ended: moto leaves an interface attached to it. */
async function attachmentOf(call: AwsCall, { Attachment }: NetworkInterface) {
  if (!Attachment?.InstanceId) return undefined;
  const instance = await describeInstance(call, Attachment.InstanceId);
  return instance && !hasEnded(instance) ? Attachment : undefined;
}

/** All private addresses, the primary one first. */
async function wantedAddresses(call: AwsCall, inputs: Args): Promise<string[]> {
  if (inputs.privateIps?.length) return inputs.privateIps;
  const count = inputs.privateIpsCount ?? 0;
  if (inputs.privateIp) return [inputs.privateIp, ...(await freeAddresses(call, inputs.subnetId, count))];
  return freeAddresses(call, inputs.subnetId, 1 + count);
}

async function attach(call: AwsCall, id: string, [attachment]: NonNullable<Args["attachments"]>): Promise<void> {
  if (attachment)
    await ec2(call).send(
      new AttachNetworkInterfaceCommand({
        NetworkInterfaceId: id,
        InstanceId: attachment.instance,
        DeviceIndex: attachment.deviceIndex,
      }),
    );
}

async function detach(call: AwsCall, id: string): Promise<void> {
  const found = await describeInterface(call, id);
  const attachment = found && (await attachmentOf(call, found));
  if (!attachment) return;
  if (attachment.DeviceIndex === 0)
    throw new InterfaceInUse(
      `${id} is the primary network interface of ${attachment.InstanceId} and goes with it; remove the instance first`,
    );
  await ec2(call).send(new DetachNetworkInterfaceCommand({ AttachmentId: attachment.AttachmentId, Force: true }));
  await until(
    call,
    `${id} to be detached`,
    async () => (await describeInterface(call, id))?.Status === "available" || undefined,
  );
}

export default resource<Aws, NetworkInterfaceArgs, NetworkInterfaceState>({
  async create(call, inputs) {
    const addresses = await wantedAddresses(call, inputs);
    const made = await ec2(call).send(
      new CreateNetworkInterfaceCommand({
        SubnetId: inputs.subnetId,
        Description: inputs.description,
        Groups: inputs.securityGroups,
        PrivateIpAddresses: addresses.map((PrivateIpAddress, index) => ({ PrivateIpAddress, Primary: index === 0 })),
        Ipv6Addresses: inputs.ipv6Addresses?.map((Ipv6Address) => ({ Ipv6Address })),
        Ipv6AddressCount: inputs.ipv6AddressCount,
        ClientToken: call.token,
        TagSpecifications: tagsOnCreation(call, "network-interface", inputs.tags),
      }),
    );
    return made.NetworkInterface?.NetworkInterfaceId as string;
  },

  async complete(call, id, { sourceDestCheck, attachments = [] }) {
    await markCreated(call, id);
    const found = await until(call, `${id} to become available`, async () => {
      const one = await describeInterface(call, id);
      return one?.Status === "available" || one?.Status === "in-use" ? one : undefined;
    });
    if (sourceDestCheck === false)
      await ec2(call).send(
        new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, SourceDestCheck: { Value: false } }),
      );
    if (!(await attachmentOf(call, found))) await attach(call, id, attachments);
  },

  async read(call, id) {
    const found = await describeInterface(call, id);
    if (!found) return undefined;
    const attachment = await attachmentOf(call, found);
    const addresses = privateIps(found);
    return {
      arn: arn(call, found.OwnerId, `network-interface/${id}`),
      ownerId: found.OwnerId,
      macAddress: found.MacAddress,
      outpostArn: found.OutpostArn,
      privateDnsName: found.PrivateDnsName && privateName(regionOf(call), found.PrivateIpAddress as string),
      description: found.Description,
      interfaceType: found.InterfaceType,
      subnetId: found.SubnetId,
      securityGroups: (found.Groups ?? []).map(({ GroupId = "" }) => GroupId),
      sourceDestCheck: found.SourceDestCheck,
      privateIp: found.PrivateIpAddress,
      privateIps: addresses,
      privateIpsCount: addresses.length - 1,
      privateIpLists: addresses,
      ipv4Prefixes: (found.Ipv4Prefixes ?? []).map(({ Ipv4Prefix = "" }) => Ipv4Prefix),
      ipv4PrefixCount: found.Ipv4Prefixes?.length ?? 0,
      ipv6Prefixes: (found.Ipv6Prefixes ?? []).map(({ Ipv6Prefix = "" }) => Ipv6Prefix),
      ipv6PrefixCount: found.Ipv6Prefixes?.length ?? 0,
      ipv6Addresses: ipv6Addresses(found),
      ipv6AddressCount: ipv6Addresses(found).length,
      ipv6AddressLists: ipv6Addresses(found),
      attachments: attachment
        ? [
            {
              attachmentId: attachment.AttachmentId,
              instance: attachment.InstanceId as string,
              deviceIndex: attachment.DeviceIndex ?? 0,
              networkCardIndex: attachment.NetworkCardIndex,
            },
          ]
        : [],
      tags: fromTags(found.TagSet),
    };
  },

  async update(call, id, { news, changed }) {
    const modify = (change: object) =>
      ec2(call).send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, ...change }));
    if (changed("attachments")) {
      await detach(call, id);
      await attach(call, id, news.attachments ?? []);
    }
    if (changed("privateIps", "privateIpsCount")) await settlePrivateIps(call, id, news);
    if (changed("ipv6Addresses", "ipv6AddressCount"))
      await settleIpv6(call, id, news.ipv6Addresses, news.ipv6AddressCount);
    if (changed("securityGroups")) await modify({ Groups: news.securityGroups });
    if (changed("sourceDestCheck")) await modify({ SourceDestCheck: { Value: news.sourceDestCheck } });
    if (changed("description")) await modify({ Description: { Value: news.description ?? "" } });
  },

  retag,

  async delete(call, id) {
    await detach(call, id);
    await ec2(call).send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
  },

  lost: lostByTag,
});
