import type { Route, Subnet } from "../account/account.ts";
import { prefixOf } from "./addresses.ts";
import { block, identifier } from "./nft.ts";
import type { NetworkPlan } from "./plan.ts";

/** The mark of a packet that leaves through an internet gateway, and of one that a gateway endpoint carries. */
export const INTERNET_GATEWAY = 1;
export const GATEWAY_ENDPOINT = 2;

/** The mark of what leaves through the first NAT gateway; the others follow. */
const FIRST_NAT_GATEWAY = 16;

/** The public addresses of all NAT gateways, by their marks. */
export function natGateways(plan: NetworkPlan): Map<string, number> {
  const addresses = plan.subnets.flatMap(({ routes }) =>
    routes.flatMap((route) => (route.via === "nat-gateway" ? [route.publicAddress] : [])),
  );
  return new Map([...new Set(addresses)].sort().map((address, place) => [address, FIRST_NAT_GATEWAY + place]));
}

/** A subnet that an internet gateway serves: without one a public address is of no use. */
export function isPublic(subnet: Subnet): boolean {
  return subnet.routes.some(({ via }) => via === "internet-gateway");
}

export const routesOf = (subnetId: string) => `routes_${identifier(subnetId)}`;

/** A chain for each subnet: it marks what goes elsewhere by how it gets there, and drops what has no way. */
export function routeChains(plan: NetworkPlan): string[] {
  const gateways = natGateways(plan);
  return plan.subnets.flatMap((subnet) => {
    // A gateway is in a zone, and is lost with it.
    const reachable = plan.zonesCutOff.includes(subnet.zone)
      ? []
      : subnet.routes.filter((route) => route.via !== "nat-gateway" || !plan.zonesCutOff.includes(route.zone));
    return block(`chain ${routesOf(subnet.id)}`, [
      `ip daddr @network_${identifier(subnet.networkId)} return`,
      // No gateway carries one network's addresses to another.
      "ip daddr @private drop",
      ...reachable.toSorted(mostSpecificFirst).map((route) => statement(route, gateways)),
      "drop",
    ]);
  });
}

/** The longest prefix wins; a gateway endpoint's are AWS's own, and longer than any. */
function mostSpecificFirst(one: Route, other: Route): number {
  return lengthOf(other) - lengthOf(one);
}

function lengthOf(route: Route): number {
  return route.via === "gateway-endpoint" ? 32 : prefixOf(route.to);
}

function statement(route: Route, gateways: ReadonlyMap<string, number>): string {
  if (route.via === "gateway-endpoint") {
    return `ip daddr @aws_${route.service} meta mark set ${GATEWAY_ENDPOINT} return`;
  }
  const destination = prefixOf(route.to) === 0 ? "" : `ip daddr ${route.to} `;
  const mark = route.via === "internet-gateway" ? INTERNET_GATEWAY : gateways.get(route.publicAddress);
  return `${destination}meta mark set ${mark} return`;
}
