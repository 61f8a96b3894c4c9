import { DescribeRouteTablesCommand, DescribeVpcAttributeCommand, type VpcAttributeName } from "@aws-sdk/client-ec2";
import type { GetVpcArgs, GetVpcResult } from "@pulumi/aws/ec2/getVpc.js";
import { ProviderError } from "../../core/errors.ts";
import { invocation } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { arn, ec2, fromTags, regionOf } from "./ec2.ts";
import { findVpcs } from "./vpcs.ts";

async function attribute(call: AwsCall, VpcId: string, Attribute: VpcAttributeName): Promise<boolean> {
  const answer = await ec2(call).send(new DescribeVpcAttributeCommand({ VpcId, Attribute }));
  const { EnableDnsHostnames, EnableDnsSupport, EnableNetworkAddressUsageMetrics } = answer;
  return (EnableDnsHostnames ?? EnableDnsSupport ?? EnableNetworkAddressUsageMetrics)?.Value ?? false;
}

async function mainRouteTable(call: AwsCall, VpcId: string): Promise<string> {
  const Filters = [
    { Name: "vpc-id", Values: [VpcId] },
    { Name: "association.main", Values: ["true"] },
  ];
  const { RouteTables } = await ec2(call).send(new DescribeRouteTablesCommand({ Filters }));
  return RouteTables?.[0]?.RouteTableId ?? "";
}

export default invocation<Aws, GetVpcArgs, GetVpcResult>(async (call, args) => {
  const { id, filters, tags, cidrBlock: cidr, default: isDefault, dhcpOptionsId, state } = args;
  const more = { cidr, "is-default": isDefault, "dhcp-options-id": dhcpOptionsId, state };
  const [vpc, ...others] = await findVpcs(call, { id, filters, tags, more });
  if (!vpc) throw new ProviderError("no VPC matches; change id, tags or filters");
  if (others.length > 0) throw new ProviderError(`${others.length + 1} VPCs match; change tags or filters`);

  const { VpcId = "", Ipv6CidrBlockAssociationSet: ipv6 = [] } = vpc;
  return {
    arn: arn(call, vpc.OwnerId ?? "", `vpc/${VpcId}`),
    cidrBlock: vpc.CidrBlock ?? "",
    cidrBlockAssociations: (vpc.CidrBlockAssociationSet ?? []).map((one) => ({
      associationId: one.AssociationId ?? "",
      cidrBlock: one.CidrBlock ?? "",
      state: one.CidrBlockState?.State ?? "",
    })),
    default: vpc.IsDefault ?? false,
    dhcpOptionsId: vpc.DhcpOptionsId ?? "",
    enableDnsHostnames: await attribute(call, VpcId, "enableDnsHostnames"),
    enableDnsSupport: await attribute(call, VpcId, "enableDnsSupport"),
    enableNetworkAddressUsageMetrics: await attribute(call, VpcId, "enableNetworkAddressUsageMetrics"),
    filters,
    id: VpcId,
    instanceTenancy: vpc.InstanceTenancy ?? "",
    ipv6AssociationId: ipv6[0]?.AssociationId ?? "",
    ipv6CidrBlock: ipv6[0]?.Ipv6CidrBlock ?? "",
    ipv6CidrBlockAssociations: ipv6.map((one) => ({
      associationId: one.AssociationId ?? "",
      ipSource: one.IpSource ?? "",
      ipv6AddressAttribute: one.Ipv6AddressAttribute ?? "",
      ipv6CidrBlock: one.Ipv6CidrBlock ?? "",
      ipv6Pool: one.Ipv6Pool ?? "",
      networkBorderGroup: one.NetworkBorderGroup ?? "",
      state: one.Ipv6CidrBlockState?.State ?? "",
    })),
    mainRouteTableId: await mainRouteTable(call, VpcId),
    ownerId: vpc.OwnerId ?? "",
    region: regionOf(call),
    state: vpc.State ?? "",
    tags: fromTags(vpc.Tags),
  };
});
