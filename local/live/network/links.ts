import { addressAt, METADATA, ON_THE_INTERNET, prefixOf, RESOLVER, VISITOR } from "./addresses.ts";
import type { Interface, NetworkPlan } from "./plan.ts";
import { INTERNET, linkOf, resolvers } from "./ruleset.ts";

/** The two ends of the link between the fabric and the internet. */
const FABRIC_END = "192.0.2.2";
const INTERNET_END = "192.0.2.1";

/** The group of links that are about to be removed. */
const LEAVING = 1;

/**
 * Kernel settings of the fabric (ip-sysctl): it forwards; it answers for every address that lies behind another link, so that neighbours in a
 * subnet speak through it too; and it leaves it to the ruleset whose packets are wanted where.
 */
export const FABRIC_SETTINGS: Readonly<Record<string, number>> = {
  "ipv4/ip_forward": 1,
  "ipv6/conf/all/disable_ipv6": 1,
  "ipv6/conf/default/disable_ipv6": 1,
  ...Object.fromEntries(
    ["all", "default"].flatMap((scope) => [
      [`ipv4/conf/${scope}/proxy_arp`, 1],
      [`ipv4/conf/${scope}/arp_ignore`, 0],
      [`ipv4/conf/${scope}/arp_filter`, 0],
      [`ipv4/conf/${scope}/rp_filter`, 0],
      [`ipv4/conf/${scope}/send_redirects`, 0],
    ]),
  ),
};

/** Commands of ip(8) in the fabric: the link to the internet, by which all that is not on another link goes. */
export function fabricLinks(outside: string): string[] {
  return [
    "link set lo up",
    ...[METADATA, RESOLVER].map((address) => `address add ${address}/32 dev lo`),
    `link add ${INTERNET} type veth peer name ${INTERNET} netns ${outside}`,
    `address add ${FABRIC_END}/30 dev ${INTERNET}`,
    `link set ${INTERNET} up`,
    `route add default via ${INTERNET_END}`,
  ];
}

/** In the namespace of the internet: who is there, and the way to every address that is not. */
export function internetLinks(): string[] {
  return [
    "link set lo up",
    ...ON_THE_INTERNET.map((address) => `address add ${address}/32 dev lo`),
    `address add ${INTERNET_END}/30 dev ${INTERNET}`,
    `link set ${INTERNET} up`,
    `route add default via ${FABRIC_END} src ${VISITOR}`,
  ];
}

/** Addresses in the networks that are the fabric's own: of every subnet's router, and of every network's DNS server. */
export function ownAddresses(plan: NetworkPlan): string[] {
  return [...new Set([...plan.subnets.map(({ cidr }) => addressAt(cidr, 1)), ...resolvers(plan)])];
}

/** In the fabric: its end of an interface. */
export function linkInFabric(each: Interface, namespace: string): string[] {
  const link = linkOf(each);
  return [
    `link add ${link} type veth peer name eth0 netns ${namespace}`,
    // Else an answer for another's address is held back for up to 0.8 s; new links of a namespace cannot be given another default.
    `ntable change name arp_cache dev ${link} proxy_delay 0`,
    `link set ${link} up`,
    `route add ${each.address}/32 dev ${link}`,
  ];
}

/** In the fabric: both ends of interfaces go. As a group, since the kernel waits a while after every removal. */
export function removalInFabric(leaving: readonly Interface[]): string[] {
  return [...leaving.map((each) => `link set dev ${linkOf(each)} group ${LEAVING}`), `link delete group ${LEAVING}`];
}

/** In the interface's namespace: the interface as EC2 would have configured it over DHCP. */
export function linkInNamespace(each: Interface, subnetCidr: string): string[] {
  return [
    "link set lo up",
    `address add ${each.address}/${prefixOf(subnetCidr)} broadcast + dev eth0`,
    "link set eth0 up",
    `route add default via ${addressAt(subnetCidr, 1)}`,
  ];
}
