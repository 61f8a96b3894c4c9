import {
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  ModifyVpcAttributeCommand,
  type Tenancy,
} from "@aws-sdk/client-ec2";
import type { VpcArgs, VpcState } from "@pulumi/aws/ec2/vpc.js";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";

/** AWS takes one attribute per call. */
async function setDnsAttributes(
  call: AwsCall,
  VpcId: string,
  { enableDnsSupport, enableDnsHostnames }: Plain<VpcArgs>,
): Promise<void> {
  if (enableDnsSupport !== undefined) {
    await ec2(call).send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value: enableDnsSupport } }));
  }
  if (enableDnsHostnames !== undefined) {
    await ec2(call).send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: enableDnsHostnames } }));
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
  const [support, hostnames] = await Promise.all([
    ec2(call).send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsSupport" })),
    ec2(call).send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsHostnames" })),
  ]);
  return { enableDnsSupport: support.EnableDnsSupport?.Value, enableDnsHostnames: hostnames.EnableDnsHostnames?.Value };
}

export default resource<Aws, VpcArgs, VpcState>({
  async create(call, { cidrBlock, instanceTenancy, assignGeneratedIpv6CidrBlock, tags }) {
    const made = await ec2(call).send(
      new CreateVpcCommand({
        CidrBlock: cidrBlock,
        InstanceTenancy: instanceTenancy as Tenancy,
        AmazonProvidedIpv6CidrBlock: assignGeneratedIpv6CidrBlock,
        TagSpecifications: tagsOnCreation(call, "vpc", tags),
      }),
    );
    return made.Vpc?.VpcId as string;
  },

  async complete(call, id, inputs) {
    await markCreated(call, id);
    await until(call, `VPC ${id} to become available`, async () =>
      (await describe(call, id))?.State === "available" ? true : undefined,
    );
    await setDnsAttributes(call, id, inputs);
  },

  async read(call, id) {
    const vpc = await describe(call, id);
    if (!vpc) return undefined;
    const ipv6 = vpc.Ipv6CidrBlockAssociationSet?.find((one) => one.Ipv6CidrBlockState?.State === "associated");
    return {
      ...(await attributes(call, id)),
      ...(await companions(call, id)),
      arn: `arn:aws:ec2:${call.region ?? call.context.settings.region}:${vpc.OwnerId}:vpc/${id}`,
      ownerId: vpc.OwnerId,
      dhcpOptionsId: vpc.DhcpOptionsId,
      cidrBlock: vpc.CidrBlock,
      instanceTenancy: vpc.InstanceTenancy,
      assignGeneratedIpv6CidrBlock: ipv6 !== undefined,
      ipv6AssociationId: ipv6?.AssociationId,
      ipv6CidrBlock: ipv6?.Ipv6CidrBlock,
      tags: fromTags(vpc.Tags),
    };
  },

  async update(call, id, { news }) {
    await setDnsAttributes(call, id, news);
  },

  retag,

  async delete(call, id) {
    await ec2(call).send(new DeleteVpcCommand({ VpcId: id }));
  },

  replaces: (property, _before, after) => property === "instanceTenancy" && after === "dedicated",

  lost: lostByTag,
});
