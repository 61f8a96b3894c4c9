import { isWholeRange } from "../../policy/aws/addresses.ts";
import { contains } from "../../policy/graph/cidr.ts";
import { sourcesOfRule } from "../../policy/graph/firewall.ts";
import { WORLD } from "../../policy/graph/reach.ts";
import type { Model } from "../../policy/model/model.ts";
import type { Resource } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import { hopTo, type Ports } from "./hops.ts";
import { changeOfAll, type PictureEdge, type Way } from "./picture.ts";
import { type Scene, told } from "./scene.ts";
import type { Standing } from "./standing.ts";

/** The Internet as a node, and the addresses outside the stack that a rule names. */
export const INTERNET = "internet";
const outside = (cidr: string): string => `addresses ${cidr}`;

interface Opening {
  readonly from: string;
  readonly to: string;
  readonly way: Way;
}

/** Who may connect to whom, as the firewalls of both sides say. What lets in its own kind only is left out. */
export function pathsBetween(all: readonly Standing[], scene: Scene): readonly PictureEdge[] {
  const openings = all.flatMap((to) => to.firewalls.flatMap((group) => openingsOf(group, to, all, scene)));
  const byPair = Map.groupBy(openings, ({ from, to }) => `${from} ${to}`);
  return [...byPair.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || first.from === first.to) return [];
    const ways = merged(same.map(({ way }) => way));
    return [
      {
        from: first.from,
        to: first.to,
        kind: "traffic" as const,
        ways,
        change: changeOfAll(ways.map((each) => each.change)),
      },
    ];
  });
}

function openingsOf(group: Resource, to: Standing, all: readonly Standing[], scene: Scene): readonly Opening[] {
  return group.usedBy(TYPES.ingressRule, "securityGroupId").flatMap((rule) => {
    if (!isPortKnown(rule)) return [];
    const ports = portsOf(rule);
    const change = scene.changeOf(rule);
    // What is about to be closed is told as it is now.
    const side = (resource: Resource) => (change === "removed" ? scene.before(resource) : resource);
    const opening = (from: string, source: Resource | undefined): Opening => ({
      from,
      to: to.resource.urn,
      way: { ports: textOf(ports), hop: hopTo(side(to.resource), ports, source && side(source)), change },
    });
    const sources = told(() => sourcesOfRule(rule, group, scene.model), []);
    if (sources.includes(WORLD)) return [opening(INTERNET, undefined)];
    const behind = all.filter(
      (from) => from !== to && from.firewalls.some((each) => sources.includes(each) && letsOut(each, group, ports)),
    );
    if (behind.length > 0) return behind.map((from) => opening(from.resource.urn, from.resource));
    return foreign(rule, scene.model).map((cidr) => opening(outside(cidr), undefined));
  });
}

/** Addresses that are none of the stack's networks as a whole. */
function foreign(rule: Resource, model: Model): readonly string[] {
  const networks = model.all(TYPES.vpc).flatMap((vpc) => told(() => vpc.text("cidrBlock"), undefined) ?? []);
  return [told(() => rule.text("cidrIpv4"), undefined), told(() => rule.text("cidrIpv6"), undefined)].filter(
    (cidr) => cidr !== undefined && !networks.some((network) => contains(cidr, network)),
  ) as string[];
}

/** Whether a firewall lets out what another lets in. Of what is hidden it is taken for granted. */
function letsOut(from: Resource, to: Resource, ports: Ports): boolean {
  return from.usedBy(TYPES.egressRule, "securityGroupId").some((rule) =>
    told(() => {
      if (!overlap(portsOf(rule), ports)) return false;
      if (rule.references("referencedSecurityGroupId", TYPES.securityGroup).includes(to)) return true;
      const blocks = [rule.text("cidrIpv4"), rule.text("cidrIpv6")].filter((cidr) => cidr !== undefined);
      const networks = to.references("vpcId", TYPES.vpc).flatMap((vpc) => vpc.text("cidrBlock") ?? []);
      return blocks.some((cidr) => isWholeRange(cidr) || networks.some((network) => contains(cidr, network)));
    }, true),
  );
}

const isPortKnown = (rule: Resource): boolean =>
  ["ipProtocol", "fromPort", "toPort"].every((property) => rule.isKnown(property));

function portsOf(rule: Resource): Ports {
  if (String(rule.read("ipProtocol")) === "-1") return undefined;
  const [first, last] = [rule.number("fromPort"), rule.number("toPort")];
  return first === undefined || first < 0 ? undefined : [first, last ?? first];
}

const overlap = (a: Ports, b: Ports): boolean => a === undefined || b === undefined || (a[0] <= b[1] && b[0] <= a[1]);

const textOf = (ports: Ports): string =>
  ports === undefined ? "all ports" : ports[0] === ports[1] ? String(ports[0]) : `${ports[0]}-${ports[1]}`;

/** One way for each choice of ports, however many rules open it: for IPv4, for IPv6, for several groups. */
function merged(ways: readonly Way[]): readonly Way[] {
  return [...Map.groupBy(ways, ({ ports }) => ports).values()]
    .flatMap((same) =>
      same.slice(0, 1).map((way) => ({ ...way, change: changeOfAll(same.map(({ change }) => change)) })),
    )
    .toSorted((a, b) => Number.parseInt(a.ports, 10) - Number.parseInt(b.ports, 10));
}
