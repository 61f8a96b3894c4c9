/** What AWS refuses to remove because something still uses it, where an emulated API would let it go. */
import {
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
} from "@aws-sdk/client-ec2";
import { type LoadBalancer, paginateDescribeLoadBalancers } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsCall } from "../client.ts";
import { lb } from "../lb/lb.ts";
import { ec2 } from "./ec2.ts";

/** Named as AWS names it, so that the removal is tried again until the timeout, as with AWS's own refusal. */
class DependencyViolation extends Error {
  override name = "DependencyViolation";
}

function refuse(thing: string, users: readonly (string | undefined)[]): void {
  if (users.length > 0) throw new DependencyViolation(`${thing} is used by ${users.join(", ")}`);
}

const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

async function interfaces(call: AwsCall, name: string, value: string) {
  const { NetworkInterfaces = [] } = await ec2(call).send(new DescribeNetworkInterfacesCommand(filter(name, value)));
  return NetworkInterfaces;
}

/** The load balancers that something is true of. AWS gives each network interfaces of its own; moto gives it none. */
async function balancers(call: AwsCall, matches: (balancer: LoadBalancer) => boolean | undefined) {
  const found: LoadBalancer[] = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client: lb(call) }, {}))
    found.push(...LoadBalancers.filter(matches));
  return found.map(({ LoadBalancerName }) => LoadBalancerName);
}

/** Refuses while a network interface or a load balancer is in the subnet. */
export async function refuseUsedSubnet(call: AwsCall, id: string): Promise<void> {
  const users = await interfaces(call, "subnet-id", id);
  refuse(`subnet ${id}`, [
    ...users.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    ...(await balancers(call, ({ AvailabilityZones }) => AvailabilityZones?.some(({ SubnetId }) => SubnetId === id))),
  ]);
}

/** Refuses while a network interface or a load balancer carries the group, or a rule of another group names it. */
export async function refuseUsedGroup(call: AwsCall, id: string): Promise<void> {
  const carriers = await interfaces(call, "group-id", id);
  const rules = await Promise.all(
    ["ip-permission.group-id", "egress.ip-permission.group-id"].map((name) =>
      ec2(call).send(new DescribeSecurityGroupsCommand(filter(name, id))),
    ),
  );
  const naming = rules.flatMap(({ SecurityGroups = [] }) => SecurityGroups.map(({ GroupId }) => GroupId));
  refuse(`security group ${id}`, [
    ...carriers.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    ...(await balancers(call, ({ SecurityGroups }) => SecurityGroups?.includes(id))),
    ...new Set(naming.filter((group) => group !== id)),
  ]);
}

/** Refuses to part a gateway from a VPC in which something has a public address. */
export async function refuseUsedGateway(call: AwsCall, id: string, vpcId: string): Promise<void> {
  const mapped = (await interfaces(call, "vpc-id", vpcId)).filter(({ Association }) => Association?.PublicIp);
  refuse(`internet gateway ${id}`, [
    ...mapped.map(({ NetworkInterfaceId, Association }) => `${NetworkInterfaceId} (${Association?.PublicIp})`),
    ...(await balancers(call, ({ Scheme, VpcId }) => Scheme === "internet-facing" && VpcId === vpcId)),
  ]);
}

/** Refuses while a gateway, an endpoint or a security group of its own is in the VPC; subnets and route tables the API sees itself. */
export async function refuseUsedVpc(call: AwsCall, id: string): Promise<void> {
  const { InternetGateways = [] } = await ec2(call).send(
    new DescribeInternetGatewaysCommand(filter("attachment.vpc-id", id)),
  );
  const { SecurityGroups = [] } = await ec2(call).send(new DescribeSecurityGroupsCommand(filter("vpc-id", id)));
  const { EgressOnlyInternetGateways = [] } = await ec2(call).send(new DescribeEgressOnlyInternetGatewaysCommand({}));
  const { VpcEndpoints = [] } = await ec2(call).send(new DescribeVpcEndpointsCommand({}));
  refuse(`VPC ${id}`, [
    ...EgressOnlyInternetGateways.filter(({ Attachments }) => Attachments?.[0]?.VpcId === id).map(
      ({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId,
    ),
    ...VpcEndpoints.filter(({ VpcId, State }) => VpcId === id && !/^delet/i.test(State ?? "")).map(
      ({ VpcEndpointId }) => VpcEndpointId,
    ),
    ...InternetGateways.map(({ InternetGatewayId }) => InternetGatewayId),
    ...SecurityGroups.filter(({ GroupName }) => GroupName !== "default").map(({ GroupId }) => GroupId),
  ]);
}
