import * as aws from "@pulumi/aws";
import { type Place, type Routed, routed } from "./routing.ts";

/** Which NAT gateways there are: none, one for all zones, one in each, or one that AWS spreads over the zones by itself. */
export type Nat = "none" | "single" | "per-zone" | "regional";

/**
 * Routes the application tier out. Each zone has a route table of its own whatever the kind of NAT, so that another kind changes routes in place and
 * moves no subnet. IPv6 needs no translation, but a gateway that lets nothing in.
 */
export function waysOut(place: Place, nat: Nat, publicTier: Routed, subnets: readonly aws.ec2.Subnet[]): Routed {
  const { name, vpc, ipv6, tags, owned } = place;
  if (subnets.length === 0) return { subnetIds: [], tableIds: [], routes: [] };
  const tagged = (part: string) => ({ vpcId: vpc.id, tags: tags.named(part) });

  const gateways = natGateways(place, nat, publicTier);
  const ipv6Gateway = ipv6
    ? new aws.ec2.EgressOnlyInternetGateway(`${name}-internet-ipv6`, tagged(`${name}-internet-ipv6`), owned)
    : undefined;
  const zones = subnets.map((made, index) => {
    const part = `${name}-application-${index + 1}`;
    const table = new aws.ec2.RouteTable(part, tagged(part), owned);
    const routes: aws.ec2.Route[] = [];
    const gateway = gateways[index] ?? gateways[0];
    if (gateway) {
      const out = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id };
      routes.push(new aws.ec2.Route(`${part}-internet`, out, owned));
    }
    if (ipv6Gateway) {
      const out = { routeTableId: table.id, destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: ipv6Gateway.id };
      routes.push(new aws.ec2.Route(`${part}-internet-ipv6`, out, owned));
    }
    return { subnetId: routed(part, made, table, routes, owned), tableId: table.id, routes };
  });
  return {
    subnetIds: zones.map(({ subnetId }) => subnetId),
    tableIds: zones.map(({ tableId }) => tableId),
    routes: zones.flatMap(({ routes }) => routes),
  };
}

/** The NAT gateways in the order of the zones. */
function natGateways({ name, vpc, tags, owned }: Place, nat: Nat, publicTier: Routed): aws.ec2.NatGateway[] {
  if (nat === "none") return [];
  if (nat === "regional") {
    const part = `${name}-nat-regional`;
    const args = { vpcId: vpc.id, availabilityMode: "regional", tags: tags.named(part) };
    // It has addresses of its own, but no subnet that would make it wait for the internet gateway.
    return [new aws.ec2.NatGateway(part, args, { ...owned, dependsOn: [...publicTier.routes] })];
  }
  const places = nat === "single" ? publicTier.subnetIds.slice(0, 1) : publicTier.subnetIds;
  return places.map((subnetId, index) => {
    const part = `${name}-nat-${index + 1}`;
    const address = new aws.ec2.Eip(part, { domain: "vpc", tags: tags.named(part) }, owned);
    const args = { allocationId: address.allocationId, subnetId, tags: tags.named(part) };
    return new aws.ec2.NatGateway(part, args, owned);
  });
}
