import {
  type NatGateway,
  paginateDescribeNatGateways,
  paginateDescribePrefixLists,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
  type RouteTable,
  type Route as TableRoute,
  type Vpc,
  type VpcEndpoint,
  type Subnet as VpcSubnet,
} from "@aws-sdk/client-ec2";
import type { InterfaceEndpoint, Network, Route, Subnet, Unsupported } from "./account.ts";
import { all, type Clients } from "./clients.ts";
import { type Found, found, type Scope, type Source } from "./source.ts";

/** The VPCs that are tagged as the stack's. */
export function stacksNetworks({ ec2 }: Clients, { project, environment }: Scope): Promise<Vpc[]> {
  const Filters = [
    { Name: "tag:project", Values: [project] },
    { Name: "tag:environment", Values: [environment] },
  ];
  return all(paginateDescribeVpcs({ client: ec2 }, { Filters }), ({ Vpcs }) => Vpcs);
}

/** AWS's own services by the ids of their prefix lists: `com.amazonaws.eu-west-1.s3` is s3. */
export type PrefixLists = ReadonlyMap<string, string>;

export function readPrefixLists({ clients: { ec2 }, kept }: Source): Promise<PrefixLists> {
  return kept.get("prefix lists", async () => {
    const lists = await all(paginateDescribePrefixLists({ client: ec2 }, {}), ({ PrefixLists }) => PrefixLists);
    return new Map(lists.map(({ PrefixListId = "", PrefixListName = "" }) => [PrefixListId, lastPart(PrefixListName)]));
  });
}

export async function readNetworks(source: Source, vpcs: readonly Vpc[]): Promise<Found<Network>> {
  const { ec2 } = source.clients;
  const Filters = [{ Name: "vpc-id", Values: [...source.networkIds] }];
  const [subnets, tables, gateways, endpoints, prefixLists] = await Promise.all([
    all(paginateDescribeSubnets({ client: ec2 }, { Filters }), ({ Subnets }) => Subnets),
    all(paginateDescribeRouteTables({ client: ec2 }, { Filters }), ({ RouteTables }) => RouteTables),
    all(paginateDescribeNatGateways({ client: ec2 }, { Filter: Filters }), ({ NatGateways }) => NatGateways),
    all(paginateDescribeVpcEndpoints({ client: ec2 }, { Filters }), ({ VpcEndpoints }) => VpcEndpoints),
    readPrefixLists(source),
  ]);
  return networksOf({ vpcs, subnets, tables, gateways, endpoints, prefixLists });
}

export interface NetworkParts {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly VpcSubnet[];
  readonly tables: readonly RouteTable[];
  readonly gateways: readonly NatGateway[];
  readonly endpoints: readonly VpcEndpoint[];
  readonly prefixLists: PrefixLists;
}

export function networksOf(parts: NetworkParts): Found<Network> {
  const unsupported: Unsupported[] = [];
  const items = parts.vpcs.map((vpc): Network => {
    const id = vpc.VpcId ?? "";
    const ofThis = <T extends { VpcId?: string | undefined }>(things: readonly T[]) =>
      things.filter(({ VpcId }) => VpcId === id);
    const subnets = found(ofThis(parts.subnets).map((subnet) => subnetOf(subnet, parts)));
    const endpoints = found(
      ofThis(parts.endpoints)
        .filter(({ VpcEndpointType }) => VpcEndpointType !== "Gateway")
        .map(endpointOf),
    );
    if (carriesIpv6(vpc)) unsupported.push({ what: `IPv6 of network ${id}`, why: "only IPv4 is carried here" });
    unsupported.push(
      ...subnets.unsupported,
      ...subnets.items.flatMap((subnet) => routesOf(subnet.id, parts).unsupported),
      ...endpoints.unsupported,
    );
    return { id, cidrs: cidrsOf(vpc), subnets: subnets.items, endpoints: endpoints.items };
  });
  return { items, unsupported: distinct(unsupported) };
}

function cidrsOf({ CidrBlock, CidrBlockAssociationSet = [] }: Vpc): string[] {
  const associated = CidrBlockAssociationSet.filter(({ CidrBlockState }) => CidrBlockState?.State === "associated");
  return [...new Set([CidrBlock ?? "", ...associated.map((each) => each.CidrBlock ?? "")])];
}

const carriesIpv6 = ({ Ipv6CidrBlockAssociationSet = [] }: Vpc): boolean =>
  Ipv6CidrBlockAssociationSet.some(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === "associated");

function subnetOf(subnet: VpcSubnet, parts: NetworkParts): Subnet | Unsupported {
  const { SubnetId: id = "", VpcId: networkId = "", AvailabilityZone: zone = "", CidrBlock: cidr } = subnet;
  if (!cidr) return { what: `subnet ${id}`, why: "it has IPv6 addresses only, and only IPv4 is carried here" };
  return { id, networkId, zone, cidr, routes: routesOf(id, parts).items };
}

/** Those of its own route table, or of the network's main one. */
function routesOf(subnetId: string, parts: NetworkParts): Found<Route> {
  const networkId = parts.subnets.find(({ SubnetId }) => SubnetId === subnetId)?.VpcId;
  const associated = (test: (association: { SubnetId?: string; Main?: boolean }) => boolean) =>
    parts.tables.find(({ VpcId, Associations = [] }) => VpcId === networkId && Associations.some(test));
  const table = associated(({ SubnetId }) => SubnetId === subnetId) ?? associated(({ Main }) => Main === true);
  const beyond = (table?.Routes ?? []).filter(
    ({ GatewayId, DestinationIpv6CidrBlock }) => GatewayId !== "local" && DestinationIpv6CidrBlock === undefined,
  );
  return found(beyond.map((route) => routeOf(route, table?.RouteTableId ?? "", parts)));
}

function routeOf(route: TableRoute, tableId: string, parts: NetworkParts): Route | Unsupported {
  const { DestinationCidrBlock: to, DestinationPrefixListId, GatewayId = "", NatGatewayId } = route;
  const out = (why: string) => ({ what: `route to ${to ?? DestinationPrefixListId} of route table ${tableId}`, why });
  if (route.State === "blackhole") return out("what it leads to is gone");
  const service = parts.prefixLists.get(DestinationPrefixListId ?? "");
  if (GatewayId.startsWith("vpce-") && (service === "s3" || service === "dynamodb"))
    return { service, via: "gateway-endpoint" };
  if (to !== undefined && GatewayId.startsWith("igw-")) return { to, via: "internet-gateway" };
  if (to === undefined || NatGatewayId === undefined)
    return out("only internet gateways, NAT gateways and gateway endpoints are carried here");
  const gateway = parts.gateways.find((each) => each.NatGatewayId === NatGatewayId);
  const publicAddress = gateway?.NatGatewayAddresses?.find(({ PublicIp }) => PublicIp)?.PublicIp;
  if (gateway?.State !== "available" || !publicAddress)
    return out(`NAT gateway ${NatGatewayId} is not available, or has no public address`);
  const zone = parts.subnets.find(({ SubnetId }) => SubnetId === gateway.SubnetId)?.AvailabilityZone ?? "";
  return { to, via: "nat-gateway", publicAddress, zone };
}

function endpointOf(endpoint: VpcEndpoint): InterfaceEndpoint | Unsupported {
  const { VpcEndpointId: id = "", VpcEndpointType, ServiceName = "", SubnetIds = [], Groups = [] } = endpoint;
  if (VpcEndpointType !== "Interface") return { what: `endpoint ${id}`, why: `it is of type ${VpcEndpointType}` };
  return {
    id,
    service: lastPart(ServiceName),
    subnetIds: SubnetIds,
    securityGroupIds: Groups.map(({ GroupId = "" }) => GroupId),
    privateDns: endpoint.PrivateDnsEnabled ?? false,
  };
}

/** Of `com.amazonaws.eu-west-1.ecr.api`, what comes after the region. */
const lastPart = (serviceName: string): string => serviceName.split(".").slice(3).join(".");

function distinct(things: readonly Unsupported[]): Unsupported[] {
  return [...new Map(things.map((each) => [`${each.what}: ${each.why}`, each])).values()];
}
