import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";
import { UnknownProperty } from "../model/values.ts";

/** The properties by which resources say in which subnets they are. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  [TYPES.loadBalancer]: ["subnets", "subnetMappings"],
  [TYPES.group]: ["vpcZoneIdentifiers"],
  [TYPES.subnetGroup]: ["subnetIds"],
  [TYPES.natGateway]: ["subnetId"],
};

/** The subnets that a resource is in. @throws UnknownProperty where it is in subnets that are not of this stack. */
export function subnetsOf(resource: Resource): readonly Resource[] {
  const properties = PLACES[resource.type] ?? [];
  const subnets = properties.flatMap((property) => resource.references(property, TYPES.subnet));
  const property = properties.find((name) => resource.isSet(name));
  if (subnets.length === 0 && property !== undefined) throw new UnknownProperty(property);
  return [...new Set(subnets)];
}

/** The availability zones of subnets. Where a subnet names none, AWS chooses: that is no zone to rely on. */
export function zonesOf(subnets: readonly Resource[]): readonly string[] {
  const zones = subnets.map((subnet) => subnet.text("availabilityZone") ?? subnet.text("availabilityZoneId"));
  return [...new Set(zones.filter((zone) => zone !== undefined))].sort();
}

/** What decides where a subnet's traffic goes: separate routes, and the tables that have routes inside. */
function routesOf(subnet: Resource): readonly (readonly [Resource, string])[] {
  const tables = subnet
    .usedBy(TYPES.routeTableAssociation, "subnetId")
    .flatMap((association) => association.references("routeTableId", TYPES.routeTable));
  return tables.flatMap((table) => [
    ...table.usedBy(TYPES.route, "routeTableId").map((route) => [route, ""] as const),
    [table, "routes"] as const,
  ]);
}

/** Whether machines of a subnet can be reached from the Internet, given an address. */
export function isPublic(subnet: Resource): boolean {
  return routesOf(subnet).some(
    ([source, within]) => source.references(within || "gatewayId", TYPES.internetGateway).length > 0,
  );
}

/** The NAT gateways by which machines of a subnet reach the Internet. */
export function natsOf(subnet: Resource): readonly Resource[] {
  return routesOf(subnet).flatMap(([source, within]) => source.references(within || "natGatewayId", TYPES.natGateway));
}
