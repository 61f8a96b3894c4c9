import {
  AssociateVpcCidrBlockCommand,
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DisassociateVpcCidrBlockCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcTenancyCommand,
  type Tenancy,
  type Vpc,
} from "@aws-sdk/client-ec2";
import type { VpcArgs, VpcState } from "@pulumi/aws/ec2/vpc.js";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { refuseUsedVpc } from "./dependencies.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, regionOf, retag, tagsOnCreation } from "./ec2.ts";

/** AWS takes one attribute per call. */
async function setAttributes(call: AwsCall, VpcId: string, inputs: Plain<VpcArgs>): Promise<void> {
  const { enableDnsSupport, enableDnsHostnames, enableNetworkAddressUsageMetrics } = inputs;
  for (const change of [
    enableDnsSupport !== undefined && { EnableDnsSupport: { Value: enableDnsSupport } },
    enableDnsHostnames !== undefined && { EnableDnsHostnames: { Value: enableDnsHostnames } },
    enableNetworkAddressUsageMetrics !== undefined && {
      EnableNetworkAddressUsageMetrics: { Value: enableNetworkAddressUsageMetrics },
    },
  ]) {
    if (change) await ec2(call).send(new ModifyVpcAttributeCommand({ VpcId, ...change }));
  }
}

async function describe(call: AwsCall, id: string) {
  const { Vpcs } = await ec2(call).send(new DescribeVpcsCommand({ VpcIds: [id] }));
  return Vpcs?.[0];
}

/** The things that AWS makes with a VPC. */
async function companions(call: AwsCall, id: string) {
  const Filters = [{ Name: "vpc-id", Values: [id] }];
  const [tables, acls, groups] = await Promise.all([
    ec2(call).send(
      new DescribeRouteTablesCommand({ Filters: [...Filters, { Name: "association.main", Values: ["true"] }] }),
    ),
    ec2(call).send(new DescribeNetworkAclsCommand({ Filters: [...Filters, { Name: "default", Values: ["true"] }] })),
    ec2(call).send(
      new DescribeSecurityGroupsCommand({ Filters: [...Filters, { Name: "group-name", Values: ["default"] }] }),
    ),
  ]);
  const mainRouteTableId = tables.RouteTables?.[0]?.RouteTableId;
  return {
    mainRouteTableId,
    defaultRouteTableId: mainRouteTableId,
    defaultNetworkAclId: acls.NetworkAcls?.[0]?.NetworkAclId,
    defaultSecurityGroupId: groups.SecurityGroups?.[0]?.GroupId,
  };
}

async function attributes(call: AwsCall, VpcId: string) {
  const [support, hostnames, metrics] = await Promise.all([
    ec2(call).send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsSupport" })),
    ec2(call).send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsHostnames" })),
    ec2(call).send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableNetworkAddressUsageMetrics" })),
  ]);
  return {
    enableDnsSupport: support.EnableDnsSupport?.Value,
    enableDnsHostnames: hostnames.EnableDnsHostnames?.Value,
    enableNetworkAddressUsageMetrics: metrics.EnableNetworkAddressUsageMetrics?.Value,
  };
}

const ipv6Of = (vpc: Vpc | undefined) =>
  vpc?.Ipv6CidrBlockAssociationSet?.find(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === "associated");

async function addIpv6Block(call: AwsCall, VpcId: string, borderGroup: string | undefined): Promise<void> {
  await ec2(call).send(
    new AssociateVpcCidrBlockCommand({
      VpcId,
      AmazonProvidedIpv6CidrBlock: true,
      Ipv6CidrBlockNetworkBorderGroup: borderGroup,
    }),
  );
  await until(call, `VPC ${VpcId} to have an IPv6 block`, async () => ipv6Of(await describe(call, VpcId)));
}

async function removeIpv6Block(call: AwsCall, id: string): Promise<void> {
  const AssociationId = ipv6Of(await describe(call, id))?.AssociationId;
  if (!AssociationId) return;
  await ec2(call).send(new DisassociateVpcCidrBlockCommand({ AssociationId }));
  await until(call, `VPC ${id} to lose its IPv6 block`, async () =>
    ipv6Of(await describe(call, id)) ? undefined : true,
  );
}

export default resource<Aws, VpcArgs, VpcState>({
  async create(call, inputs) {
    const made = await ec2(call).send(
      new CreateVpcCommand({
        CidrBlock: inputs.cidrBlock,
        InstanceTenancy: inputs.instanceTenancy as Tenancy,
        AmazonProvidedIpv6CidrBlock: inputs.assignGeneratedIpv6CidrBlock,
        Ipv6CidrBlockNetworkBorderGroup: inputs.ipv6CidrBlockNetworkBorderGroup,
        TagSpecifications: tagsOnCreation(call, "vpc", inputs.tags),
      }),
    );
    return made.Vpc?.VpcId as string;
  },

  async complete(call, id, inputs) {
    await markCreated(call, id);
    await until(call, `VPC ${id} to become available`, async () =>
      (await describe(call, id))?.State === "available" ? true : undefined,
    );
    if (inputs.assignGeneratedIpv6CidrBlock)
      await until(call, `VPC ${id} to have an IPv6 block`, async () => ipv6Of(await describe(call, id)));
    await setAttributes(call, id, inputs);
  },

  async read(call, id, known) {
    const vpc = await describe(call, id);
    if (!vpc) return undefined;
    const ipv6 = ipv6Of(vpc);
    return {
      ...(await attributes(call, id)),
      ...(await companions(call, id)),
      arn: arn(call, vpc.OwnerId, `vpc/${id}`),
      ownerId: vpc.OwnerId,
      dhcpOptionsId: vpc.DhcpOptionsId,
      cidrBlock: vpc.CidrBlock,
      instanceTenancy: vpc.InstanceTenancy,
      assignGeneratedIpv6CidrBlock: ipv6 !== undefined,
      ipv6AssociationId: ipv6?.AssociationId,
      ipv6CidrBlock: ipv6?.Ipv6CidrBlock,
      // moto does not tell it; AWS's is the region unless the program asks for a local zone.
      ipv6CidrBlockNetworkBorderGroup:
        ipv6 && (ipv6.NetworkBorderGroup ?? known.ipv6CidrBlockNetworkBorderGroup ?? regionOf(call)),
      tags: fromTags(vpc.Tags),
    };
  },

  async update(call, id, { news, changed }) {
    await setAttributes(call, id, news);
    if (changed("instanceTenancy"))
      await ec2(call).send(new ModifyVpcTenancyCommand({ VpcId: id, InstanceTenancy: "default" }));
    if (changed("assignGeneratedIpv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup")) {
      await removeIpv6Block(call, id);
      if (news.assignGeneratedIpv6CidrBlock) await addIpv6Block(call, id, news.ipv6CidrBlockNetworkBorderGroup);
    }
  },

  retag,

  async delete(call, id) {
    await refuseUsedVpc(call, id);
    await ec2(call).send(new DeleteVpcCommand({ VpcId: id }));
  },

  // A VPC can give up dedicated hosts for its future instances; it cannot start to ask for them.
  replaces: (property, _before, after) => property === "instanceTenancy" && after === "dedicated",

  lost: lostByTag,
});
