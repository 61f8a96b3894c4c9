import {
  CreateRouteCommand,
  CreateVpcEndpointCommand,
  DeleteRouteCommand,
  DeleteVpcEndpointsCommand,
  DescribePrefixListsCommand,
  DescribeVpcEndpointsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ModifyVpcEndpointCommand,
  type VpcEndpoint,
} from "@aws-sdk/client-ec2";
import type { VpcEndpointArgs, VpcEndpointState } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { UNSUPPORTED } from "../../core/check.ts";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import { type Plain, type Problem, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";
import { describeTable } from "./routes.ts";
import { defaultGroup } from "./securityGroup.ts";

async function describe(call: AwsCall, id: string): Promise<VpcEndpoint | undefined> {
  const { VpcEndpoints } = await ec2(call).send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  const endpoint = VpcEndpoints?.[0];
  return endpoint && !/^delet/i.test(endpoint.State ?? "") ? endpoint : undefined;
}

/** The prefix list of a service: the addresses behind a gateway endpoint. */
async function prefixListOf(call: AwsCall, serviceName: string | undefined) {
  const { PrefixLists = [] } = await ec2(call).send(new DescribePrefixListsCommand({}));
  return PrefixLists.find(({ PrefixListName }) => PrefixListName === serviceName);
}

function* kindProblems(inputs: Partial<Plain<VpcEndpointArgs>>): Iterable<Problem> {
  const { vpcEndpointType: type = "Gateway" } = inputs;
  if (type !== "Gateway" && type !== "Interface")
    yield { property: "vpcEndpointType", reason: `vpcEndpointType "${type}" ${UNSUPPORTED}` };
  const foreign = type === "Gateway" ? (["subnetIds", "securityGroupIds"] as const) : (["routeTableIds"] as const);
  for (const property of foreign)
    if (inputs[property]?.length)
      yield { property, reason: `${property} cannot be set for an endpoint of the type ${type}; remove it` };
  if (type === "Gateway" && inputs.privateDnsEnabled)
    yield {
      property: "privateDnsEnabled",
      reason: "privateDnsEnabled cannot be set for an endpoint of the type Gateway; remove it",
    };
}

/** AWS leads to a gateway endpoint from its route tables; moto only does so for those that it was made with. */
async function settleRoutes(call: AwsCall, id: string): Promise<void> {
  const endpoint = await describe(call, id);
  const list = (await prefixListOf(call, endpoint?.ServiceName))?.PrefixListId;
  for (const RouteTableId of endpoint?.RouteTableIds ?? []) {
    const table = await describeTable(call, RouteTableId);
    if (table?.Routes?.some(({ GatewayId }) => GatewayId === id)) continue;
    await ec2(call).send(new CreateRouteCommand({ RouteTableId, DestinationPrefixListId: list, GatewayId: id }));
  }
}

async function leaveTables(call: AwsCall, tables: readonly string[], serviceName: string | undefined): Promise<void> {
  const DestinationPrefixListId = (await prefixListOf(call, serviceName))?.PrefixListId;
  for (const RouteTableId of tables) {
    try {
      await ec2(call).send(new DeleteRouteCommand({ RouteTableId, DestinationPrefixListId }));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

/** moto tells the groups of an interface endpoint, but does not put them on its network interfaces. */
async function settleGroups(call: AwsCall, id: string): Promise<void> {
  const endpoint = await describe(call, id);
  const Groups = (endpoint?.Groups ?? []).map(({ GroupId = "" }) => GroupId);
  for (const NetworkInterfaceId of endpoint?.NetworkInterfaceIds ?? [])
    await ec2(call).send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups }));
}

const difference = (all: readonly string[] = [], without: readonly string[] = []): string[] =>
  all.filter((one) => !without.includes(one));

export default resource<Aws, VpcEndpointArgs, VpcEndpointState>({
  check: (inputs) => [...kindProblems(inputs)],

  async create(call, inputs) {
    const { vpcEndpointType, serviceName, vpcId, privateDnsEnabled = false, securityGroupIds = [] } = inputs;
    const isInterface = vpcEndpointType === "Interface";
    if (!isInterface && !(await prefixListOf(call, serviceName)))
      throw new ProviderError(
        `serviceName ${serviceName} is no service with a gateway endpoint; S3 and DynamoDB have one, others need vpcEndpointType "Interface"`,
      );
    const made = await ec2(call).send(
      new CreateVpcEndpointCommand({
        ClientToken: call.token,
        VpcId: vpcId,
        ServiceName: serviceName,
        VpcEndpointType: vpcEndpointType as "Gateway" | undefined,
        PolicyDocument: inputs.policy as string | undefined,
        PrivateDnsEnabled: privateDnsEnabled,
        RouteTableIds: inputs.routeTableIds,
        SubnetIds: inputs.subnetIds,
        SecurityGroupIds:
          isInterface && securityGroupIds.length === 0
            ? [(await defaultGroup(call, vpcId)) as string]
            : securityGroupIds,
        TagSpecifications: tagsOnCreation(call, "vpc-endpoint", inputs.tags),
      }),
    );
    return made.VpcEndpoint?.VpcEndpointId as string;
  },

  async complete(call, id) {
    await markCreated(call, id);
    let state: string | undefined;
    await until(
      call,
      `VPC endpoint ${id} to be available`,
      async () => {
        state = (await describe(call, id))?.State;
        return state?.toLowerCase() === "available" || undefined;
      },
      () => state ?? "absent",
    );
    await settleGroups(call, id);
  },

  async read(call, id) {
    const endpoint = await describe(call, id);
    if (!endpoint) return undefined;
    const list = await prefixListOf(call, endpoint.ServiceName);
    return {
      arn: arn(call, endpoint.OwnerId, `vpc-endpoint/${id}`),
      ownerId: endpoint.OwnerId,
      state: endpoint.State,
      vpcId: endpoint.VpcId,
      serviceName: endpoint.ServiceName,
      vpcEndpointType: endpoint.VpcEndpointType,
      policy: endpoint.PolicyDocument,
      privateDnsEnabled: endpoint.PrivateDnsEnabled,
      requesterManaged: endpoint.RequesterManaged ?? false,
      routeTableIds: endpoint.RouteTableIds ?? [],
      subnetIds: endpoint.SubnetIds ?? [],
      securityGroupIds: (endpoint.Groups ?? []).map(({ GroupId = "" }) => GroupId),
      networkInterfaceIds: endpoint.NetworkInterfaceIds ?? [],
      dnsEntries: (endpoint.DnsEntries ?? []).map(({ DnsName, HostedZoneId }) => ({
        dnsName: DnsName,
        hostedZoneId: HostedZoneId,
      })),
      cidrBlocks: list?.Cidrs ?? [],
      prefixListId: list?.PrefixListId,
      // moto knows endpoints of IPv4 in their own region only.
      ipAddressType: endpoint.IpAddressType ?? "ipv4",
      tags: fromTags(endpoint.Tags),
    };
  },

  async update(call, id, { olds, news, changed }) {
    const tables = changed("routeTableIds");
    await ec2(call).send(
      new ModifyVpcEndpointCommand({
        VpcEndpointId: id,
        PolicyDocument: news.policy as string | undefined,
        ResetPolicy: (changed("policy") && !news.policy) || undefined,
        PrivateDnsEnabled: changed("privateDnsEnabled") ? news.privateDnsEnabled : undefined,
        AddRouteTableIds: tables ? difference(news.routeTableIds, olds.routeTableIds) : undefined,
        RemoveRouteTableIds: tables ? difference(olds.routeTableIds, news.routeTableIds) : undefined,
        AddSubnetIds: changed("subnetIds") ? difference(news.subnetIds, olds.subnetIds) : undefined,
        RemoveSubnetIds: changed("subnetIds") ? difference(olds.subnetIds, news.subnetIds) : undefined,
        AddSecurityGroupIds: changed("securityGroupIds")
          ? difference(news.securityGroupIds, olds.securityGroupIds)
          : undefined,
        RemoveSecurityGroupIds: changed("securityGroupIds")
          ? difference(olds.securityGroupIds, news.securityGroupIds)
          : undefined,
      }),
    );
    if (tables) {
      await leaveTables(call, difference(olds.routeTableIds, news.routeTableIds), news.serviceName);
      await settleRoutes(call, id);
    }
    if (changed("securityGroupIds")) await settleGroups(call, id);
  },

  retag,

  async delete(call, id) {
    if (!(await describe(call, id))) return;
    await ec2(call).send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    await until(call, `VPC endpoint ${id} to be gone`, async () => ((await describe(call, id)) ? undefined : true));
  },

  // Only for an interface can names be turned on and off.
  replaces: (_property, _before, _after, { vpcEndpointType }) => vpcEndpointType !== "Interface",

  lost: lostByTag,
});
