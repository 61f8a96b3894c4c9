import { BlockList } from "node:net";
import {
  AssociateSubnetCidrBlockCommand,
  CreateSubnetCommand,
  DeleteSubnetCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DisassociateSubnetCidrBlockCommand,
  ModifySubnetAttributeCommand,
  type Subnet,
} from "@aws-sdk/client-ec2";
import type { SubnetArgs, SubnetState } from "@pulumi/aws/ec2/subnet.js";
import { UNSUPPORTED } from "../../core/check.ts";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { refuseUsedSubnet } from "./dependencies.ts";
import { ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";

async function describe(call: AwsCall, id: string) {
  const { Subnets } = await ec2(call).send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
  return Subnets?.[0];
}

/** moto garbles the state of an association, and leaves out those that have ended. */
const ipv6Of = (subnet: Subnet | undefined) =>
  subnet?.Ipv6CidrBlockAssociationSet?.find(
    ({ Ipv6CidrBlockState }) => !/^(dis|fail)/.test(String(Ipv6CidrBlockState?.State)),
  );

/** AWS takes one attribute per call. */
async function setAttributes(call: AwsCall, SubnetId: string, inputs: Plain<SubnetArgs>): Promise<void> {
  for (const change of [
    { MapPublicIpOnLaunch: { Value: inputs.mapPublicIpOnLaunch ?? false } },
    { AssignIpv6AddressOnCreation: { Value: inputs.assignIpv6AddressOnCreation ?? false } },
    { EnableResourceNameDnsARecordOnLaunch: { Value: inputs.enableResourceNameDnsARecordOnLaunch ?? false } },
  ]) {
    await ec2(call).send(new ModifySubnetAttributeCommand({ SubnetId, ...change }));
  }
}

/** AWS refuses an IPv6 network that is not the VPC's; moto takes any. */
async function checkIpv6Block(call: AwsCall, vpcId: string, block: string): Promise<void> {
  const { Vpcs } = await ec2(call).send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
  const blocks = (Vpcs?.[0]?.Ipv6CidrBlockAssociationSet ?? [])
    .filter(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === "associated")
    .map(({ Ipv6CidrBlock = "" }) => Ipv6CidrBlock);
  const list = new BlockList();
  for (const one of blocks) {
    const [network = "", prefix] = one.split("/");
    list.addSubnet(network, Number(prefix), "ipv6");
  }
  if (list.check(block.split("/")[0] ?? "", "ipv6")) return;
  throw new ProviderError(
    `ipv6CidrBlock ${block} is outside of the VPC ${vpcId}, whose IPv6 network is ${blocks.join(", ") || "none (set assignGeneratedIpv6CidrBlock)"}`,
  );
}

async function addIpv6Block(call: AwsCall, id: string, vpcId: string, block: string): Promise<void> {
  await checkIpv6Block(call, vpcId, block);
  await ec2(call).send(new AssociateSubnetCidrBlockCommand({ SubnetId: id, Ipv6CidrBlock: block }));
  await until(call, `subnet ${id} to have the IPv6 network ${block}`, async () => ipv6Of(await describe(call, id)));
}

async function removeIpv6Block(call: AwsCall, id: string): Promise<void> {
  const AssociationId = ipv6Of(await describe(call, id))?.AssociationId;
  if (!AssociationId) return;
  await ec2(call).send(new DisassociateSubnetCidrBlockCommand({ AssociationId }));
  await until(call, `subnet ${id} to lose its IPv6 network`, async () =>
    ipv6Of(await describe(call, id)) ? undefined : true,
  );
}

export default resource<Aws, SubnetArgs, SubnetState>({
  check({ cidrBlock, ipv6Native, assignIpv6AddressOnCreation, privateDnsHostnameTypeOnLaunch }, isGiven) {
    const problems = Object.entries({ ipv6Native, assignIpv6AddressOnCreation })
      .filter(([, set]) => set && !isGiven("ipv6CidrBlock"))
      .map(([property]) => ({ property, reason: `${property} needs ipv6CidrBlock beside it` }));
    const prefix = Number(cidrBlock?.split("/")[1] ?? 16);
    if (prefix < 16 || prefix > 28)
      problems.push({
        property: "cidrBlock",
        reason: `cidrBlock must have a prefix length from /16 to /28, got ${JSON.stringify(cidrBlock)}`,
      });
    if (ipv6Native && cidrBlock)
      problems.push({
        property: "cidrBlock",
        reason: "cidrBlock cannot be set together with ipv6Native; remove one of them",
      });
    if (privateDnsHostnameTypeOnLaunch === "resource-name")
      problems.push({
        property: "privateDnsHostnameTypeOnLaunch",
        reason: `privateDnsHostnameTypeOnLaunch "resource-name" ${UNSUPPORTED}`,
      });
    return problems;
  },

  async create(call, inputs) {
    const { vpcId, ipv6CidrBlock } = inputs;
    if (ipv6CidrBlock) await checkIpv6Block(call, vpcId, ipv6CidrBlock);
    const made = await ec2(call).send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: inputs.cidrBlock,
        Ipv6CidrBlock: ipv6CidrBlock,
        Ipv6Native: inputs.ipv6Native,
        AvailabilityZone: inputs.availabilityZone,
        AvailabilityZoneId: inputs.availabilityZoneId,
        TagSpecifications: tagsOnCreation(call, "subnet", inputs.tags),
      }),
    );
    return made.Subnet?.SubnetId as string;
  },

  async complete(call, id, inputs) {
    await markCreated(call, id);
    await until(call, `subnet ${id} to become available`, async () =>
      (await describe(call, id))?.State === "available" ? true : undefined,
    );
    await setAttributes(call, id, inputs);
  },

  async read(call, id) {
    const subnet = await describe(call, id);
    if (!subnet) return undefined;
    const ipv6 = ipv6Of(subnet);
    const names = subnet.PrivateDnsNameOptionsOnLaunch;
    return {
      arn: subnet.SubnetArn,
      ownerId: subnet.OwnerId,
      vpcId: subnet.VpcId,
      cidrBlock: subnet.CidrBlock,
      availabilityZone: subnet.AvailabilityZone,
      availabilityZoneId: subnet.AvailabilityZoneId,
      ipv6CidrBlock: ipv6?.Ipv6CidrBlock,
      ipv6CidrBlockAssociationId: ipv6?.AssociationId,
      ipv6Native: subnet.Ipv6Native,
      enableDns64: subnet.EnableDns64 ?? false,
      mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch,
      assignIpv6AddressOnCreation: subnet.AssignIpv6AddressOnCreation,
      enableResourceNameDnsARecordOnLaunch: names?.EnableResourceNameDnsARecord,
      enableResourceNameDnsAaaaRecordOnLaunch: names?.EnableResourceNameDnsAAAARecord,
      privateDnsHostnameTypeOnLaunch: names?.HostnameType,
      tags: fromTags(subnet.Tags),
    };
  },

  async update(call, id, { news, changed }) {
    if (changed("ipv6CidrBlock")) {
      await removeIpv6Block(call, id);
      if (news.ipv6CidrBlock) await addIpv6Block(call, id, news.vpcId, news.ipv6CidrBlock);
    }
    await setAttributes(call, id, news);
  },

  retag,

  async delete(call, id) {
    await refuseUsedSubnet(call, id);
    await ec2(call).send(new DeleteSubnetCommand({ SubnetId: id }));
  },

  // What was born with an address of the old network would keep it.
  replaces: (property, before, _after, inputs) =>
    property === "ipv6CidrBlock" && before !== undefined && inputs.assignIpv6AddressOnCreation === true,

  lost: lostByTag,
});
