/** Routes as inputs and as the API tells them: what route tables with routes of their own and the resource Route share. */
import { DescribeInternetGatewaysCommand, DescribeRouteTablesCommand, type Route } from "@aws-sdk/client-ec2";
import { ProviderError } from "../../core/errors.ts";
import type { AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";

/** Where a route leads, by the names that inputs have. */
export interface Target {
  readonly egressOnlyGatewayId?: string | undefined;
  readonly gatewayId?: string | undefined;
  readonly natGatewayId?: string | undefined;
  readonly networkInterfaceId?: string | undefined;
  readonly transitGatewayId?: string | undefined;
  readonly vpcPeeringConnectionId?: string | undefined;
}

/** What a route is for, by the names that the API has: one of the three. */
export interface Destination {
  readonly DestinationCidrBlock?: string | undefined;
  readonly DestinationIpv6CidrBlock?: string | undefined;
  readonly DestinationPrefixListId?: string | undefined;
}

/** The target in a request. */
export const targetRequest = (target: Target) => ({
  EgressOnlyInternetGatewayId: target.egressOnlyGatewayId,
  GatewayId: target.gatewayId,
  NatGatewayId: target.natGatewayId,
  NetworkInterfaceId: target.networkInterfaceId,
  TransitGatewayId: target.transitGatewayId,
  VpcPeeringConnectionId: target.vpcPeeringConnectionId,
});

/** The target in an answer. */
export const targetOf = (route: Route) => ({
  egressOnlyGatewayId: route.EgressOnlyInternetGatewayId,
  gatewayId: route.GatewayId,
  natGatewayId: route.NatGatewayId,
  networkInterfaceId: route.NetworkInterfaceId,
  transitGatewayId: route.TransitGatewayId,
  vpcPeeringConnectionId: route.VpcPeeringConnectionId,
});

export const textOf = (destination: Destination): string =>
  destination.DestinationCidrBlock ??
  destination.DestinationIpv6CidrBlock ??
  (destination.DestinationPrefixListId as string);

export const sameDestination = (a: Destination, b: Destination): boolean => textOf(a) === textOf(b);

export async function describeTable(call: AwsCall, id: string) {
  const { RouteTables } = await ec2(call).send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
  return RouteTables?.[0];
}

/** AWS refuses a gateway that is not attached to the VPC of the route table; moto takes any. */
export async function checkGateway(call: AwsCall, tableId: string, { gatewayId }: Target): Promise<void> {
  if (!gatewayId?.startsWith("igw-")) return;
  const table = await describeTable(call, tableId);
  const { InternetGateways } = await ec2(call).send(
    new DescribeInternetGatewaysCommand({ InternetGatewayIds: [gatewayId] }),
  );
  const attached = InternetGateways?.[0]?.Attachments?.[0]?.VpcId;
  if (attached === table?.VpcId) return;
  throw new ProviderError(
    `gatewayId ${gatewayId} is attached to ${attached ?? "no VPC"}, but the route table ${tableId} belongs to ${table?.VpcId}; attach the gateway to that VPC first`,
  );
}
