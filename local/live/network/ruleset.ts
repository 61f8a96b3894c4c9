import { AWS, addressAt, hexadecimal, METADATA, RESOLVER } from "./addresses.ts";
import { block, identifier, list } from "./nft.ts";
import type { Interface, NetworkPlan } from "./plan.ts";
import { GATEWAY_ENDPOINT, INTERNET_GATEWAY, isPublic, natGateways, routeChains, routesOf } from "./routes.ts";
import { egressOf, groupChains, ingressOf, memberSets } from "./security-groups.ts";

/** The fabric's link to the internet. */
export const INTERNET = "internet";

/** The fabric's end of an interface: names of links have no more than 15 characters, so it is named by its address. */
export function linkOf(each: Interface): string {
  return `v${hexadecimal(each.address)}`;
}

/** The addresses in each network that are the DNS server's. */
export function resolvers(plan: NetworkPlan): string[] {
  return plan.networks.flatMap(({ cidrs }) => cidrs.slice(0, 1).map((cidr) => addressAt(cidr, 2)));
}

/**
 * The ruleset of the fabric, as one transaction of nft(8) that replaces the one before.
 *
 * Each side judges a packet as it sees it: the sender's routes and egress rules before any address is translated, the receiver's ingress rules
 * after. So a connection from a private subnet comes from the NAT gateway, and a group's members are not recognised by their public addresses,
 * as on AWS. Replies need no rule. The first direction of a connection is judged packet by packet, so that a connection ends with the rule that
 * allowed it: AWS lets it go on until it times out. A packet that is under way while rules are replaced may be lost, as on any network.
 */
export function ruleset(plan: NetworkPlan): string {
  return [
    "add table ip webstack",
    "delete table ip webstack",
    ...block("table ip webstack", [
      ...sets(plan),
      ...memberSets(plan),
      ...routeChains(plan),
      ...groupChains(plan),
      ...interfaceChains(plan),
      ...packets(plan),
      ...translations(plan),
    ]),
    "",
  ].join("\n");
}

function sets(plan: NetworkPlan): string[] {
  const links = (verdict: (each: Interface) => string) =>
    list(
      "elements",
      plan.interfaces.map((each) => `${linkOf(each)} : ${verdict(each)}`),
    );
  const networks = (cidrs: readonly string[]) => [
    "type ipv4_addr",
    "flags interval",
    "auto-merge",
    ...list("elements", cidrs),
  ];
  return [
    ...block("set aws_s3", ["type ipv4_addr", `elements = { ${AWS.s3} }`]),
    ...block("set aws_dynamodb", ["type ipv4_addr", `elements = { ${AWS.dynamodb} }`]),
    ...block("set resolvers", ["type ipv4_addr", ...list("elements", [RESOLVER, ...resolvers(plan)])]),
    ...block("set private", networks(plan.networks.flatMap(({ cidrs }) => cidrs))),
    ...plan.networks.flatMap(({ id, cidrs }) => block(`set network_${identifier(id)}`, networks(cidrs))),
    ...block("set public", [
      "type ipv4_addr",
      ...list(
        "elements",
        reachable(plan).map(([address]) => address),
      ),
    ]),
    ...block("set addresses", [
      "type ifname . ipv4_addr",
      ...list(
        "elements",
        plan.interfaces.map((each) => `${linkOf(each)} . ${each.address}`),
      ),
    ]),
    ...block("map routes", ["type ifname : verdict", ...links(({ subnetId }) => `jump ${routesOf(subnetId)}`)]),
    ...block("map egress", ["type ifname : verdict", ...links((each) => `goto out_${linkOf(each)}`)]),
    ...block("map ingress", ["type ifname : verdict", ...links((each) => `goto in_${linkOf(each)}`)]),
  ];
}

/** Interfaces that the internet reaches, by their public addresses. */
function reachable(plan: NetworkPlan): [publicAddress: string, privateAddress: string][] {
  const subnets = new Set(plan.subnets.filter(isPublic).map(({ id }) => id));
  return plan.interfaces.flatMap(({ subnetId, address, publicAddress }) =>
    publicAddress !== undefined && subnets.has(subnetId) ? [[publicAddress, address]] : [],
  );
}

/** The rules of an interface are those of all its groups. */
function interfaceChains(plan: NetworkPlan): string[] {
  return plan.interfaces.flatMap((each) => [
    ...block(`chain out_${linkOf(each)}`, [...each.securityGroupIds.map((id) => `jump ${egressOf(id)}`), "drop"]),
    ...block(`chain in_${linkOf(each)}`, [...each.securityGroupIds.map((id) => `jump ${ingressOf(id)}`), "drop"]),
  ]);
}

/** The way of a packet: sent, forwarded or for the fabric itself, received. */
function packets(plan: NetworkPlan): string[] {
  return [
    ...block("chain sent", [
      "type filter hook prerouting priority mangle; policy drop",
      'iifname "lo" accept',
      "ct state invalid drop",
      `iifname "${INTERNET}" goto from_internet`,
      // The source check that EC2 does for every instance.
      "iifname . ip saddr != @addresses drop",
      // Neither routes nor security groups concern these two.
      `ip daddr { ${METADATA}, ${RESOLVER} } accept`,
      "iifname vmap @routes",
      // Nor do security groups concern the DNS server by its other address.
      "ip daddr @resolvers accept",
      "ct direction reply accept",
      "ct state related accept",
      "iifname vmap @egress",
    ]),
    ...block("chain from_internet", [
      "ip saddr @private drop",
      "ct direction reply accept",
      "ct state related accept",
      "ip daddr @public accept",
    ]),
    ...block("chain forwarded", [
      "type filter hook forward priority filter",
      `iifname "${INTERNET}" oifname "${INTERNET}" drop`,
      // An address of a network that no interface has.
      `oifname "${INTERNET}" meta mark 0 drop`,
      ...plan.zonesCutOff.flatMap((zone) => cutOff(zone, plan)),
    ]),
    ...block("chain local", [
      "type filter hook input priority filter; policy drop",
      'iifname "lo" accept',
      "ct state established,related accept",
      `ip daddr ${METADATA} tcp dport 80 accept`,
      "ip daddr @resolvers meta l4proto { tcp, udp } th dport 53 accept",
    ]),
    ...block("chain received", [
      "type filter hook postrouting priority srcnat + 10; policy drop",
      'oifname "lo" accept',
      // An internet gateway carries public addresses only; a gateway endpoint sees private ones.
      `oifname "${INTERNET}" meta mark != ${GATEWAY_ENDPOINT} ip saddr @private drop`,
      `oifname "${INTERNET}" accept`,
      "ct direction reply accept",
      "ct state related accept",
      "oifname vmap @ingress",
    ]),
  ];
}

/** A zone that is cut off goes on within itself, and has lost everything else. */
function cutOff(zone: string, plan: NetworkPlan): string[] {
  const subnets = new Set(plan.subnets.filter((subnet) => subnet.zone === zone).map(({ id }) => id));
  const links = plan.interfaces.filter(({ subnetId }) => subnets.has(subnetId)).map((each) => `"${linkOf(each)}"`);
  if (links.length === 0) return [];
  const inside = `{ ${links.join(", ")} }`;
  return [`iifname ${inside} oifname != ${inside} drop`, `iifname != ${inside} oifname ${inside} drop`];
}

/** Public addresses, one to one and both ways, and the NAT gateways' for whole subnets. */
function translations(plan: NetworkPlan): string[] {
  const addresses = reachable(plan);
  const named = (statement: string, pairs: readonly string[]) =>
    pairs.length === 0 ? [] : [`${statement} map { ${pairs.join(", ")} }`];
  return [
    ...block("chain inward", [
      "type nat hook prerouting priority dstnat",
      ...named(
        "dnat to ip daddr",
        addresses.map(([external, internal]) => `${external} : ${internal}`),
      ),
    ]),
    ...block("chain outward", [
      "type nat hook postrouting priority srcnat",
      ...named(
        `meta mark ${INTERNET_GATEWAY} snat to ip saddr`,
        addresses.map(([external, internal]) => `${internal} : ${external}`),
      ),
      ...named(
        "snat to meta mark",
        [...natGateways(plan)].map(([address, mark]) => `${mark} : ${address}`),
      ),
    ]),
  ];
}
