import type { FirewallRule, SecurityGroup } from "../account/account.ts";
import { block, identifier, list } from "./nft.ts";
import type { NetworkPlan } from "./plan.ts";

/** The set of the private addresses that are in a security group, for the rules that refer to it. */
const membersOf = (groupId: string) => `members_${identifier(groupId)}`;

export function memberSets(plan: NetworkPlan): string[] {
  return plan.securityGroups.flatMap(({ id }) =>
    block(`set ${membersOf(id)}`, [
      "type ipv4_addr",
      ...list(
        "elements",
        plan.interfaces.filter((each) => each.securityGroupIds.includes(id)).map(({ address }) => address),
      ),
    ]),
  );
}

/** A chain for each direction of each group: it accepts what a rule allows, and returns what none does. */
export function groupChains(plan: NetworkPlan): string[] {
  const known = new Set(plan.securityGroups.map(({ id }) => id));
  return plan.securityGroups.flatMap((group) => [
    ...block(`chain ${egressOf(group.id)}`, accepts(group, "egress", known)),
    ...block(`chain ${ingressOf(group.id)}`, accepts(group, "ingress", known)),
  ]);
}

export const egressOf = (groupId: string) => `egress_${identifier(groupId)}`;
export const ingressOf = (groupId: string) => `ingress_${identifier(groupId)}`;

function accepts(group: SecurityGroup, direction: "ingress" | "egress", known: ReadonlySet<string>): string[] {
  return group[direction]
    .filter(({ peer }) => !("securityGroupId" in peer) || known.has(peer.securityGroupId))
    .map((rule) => [...protocol(rule), ...peer(rule, direction), "accept"].join(" "));
}

function protocol({ protocol, ports }: FirewallRule): string[] {
  if (protocol === "all") return [];
  if (ports === undefined || ports.from === -1) return [`meta l4proto ${protocol}`];
  // Where ports would be, a rule for ICMP has its type and its code, -1 for any. Source: EC2's API reference, IpPermission.
  if (protocol === "icmp") {
    return [`icmp type ${ports.from}`, ...(ports.to === -1 ? [] : [`icmp code ${ports.to}`])];
  }
  return [`${protocol} dport ${ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`}`];
}

function peer({ peer }: FirewallRule, direction: "ingress" | "egress"): string[] {
  const field = direction === "ingress" ? "ip saddr" : "ip daddr";
  if ("securityGroupId" in peer) return [`${field} @${membersOf(peer.securityGroupId)}`];
  if ("service" in peer) return [`${field} @aws_${peer.service}`];
  return peer.cidr === "0.0.0.0/0" ? [] : [`${field} ${peer.cidr}`];
}
