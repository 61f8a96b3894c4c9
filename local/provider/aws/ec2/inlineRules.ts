/** The rules that a security group lists itself (`ingress`, `egress`): each may join several sources, which the API counts one by one. */
import type { SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup.js";
import type { Change, Plain, Problem } from "../../core/resource.ts";
import type { AwsCall } from "../client.ts";
import { type Direction, type PeerKind, protocolName, type Rule, sameRule, settleRules } from "./securityGroupRules.ts";

export const DIRECTIONS = ["ingress", "egress"] as const satisfies readonly Direction[];

export type InlineRule = NonNullable<Plain<SecurityGroupArgs>["ingress"]>[number];

/** One rule of the API for each source or destination that an inline rule names. */
export function rulesFrom(inline: InlineRule, groupId: string): Rule[] {
  const protocol = protocolName(inline.protocol);
  const peers: [PeerKind, readonly string[]][] = [
    ["cidrIpv4", inline.cidrBlocks ?? []],
    ["cidrIpv6", inline.ipv6CidrBlocks ?? []],
    ["prefixListId", inline.prefixListIds ?? []],
    ["group", [...(inline.securityGroups ?? []), ...(inline.self ? [groupId] : [])]],
  ];
  const all = protocol === "-1";
  return peers.flatMap(([kind, names]) =>
    names.map((peer) => ({
      protocol,
      fromPort: all ? undefined : inline.fromPort,
      toPort: all ? undefined : inline.toPort,
      kind,
      peer,
      description: inline.description || undefined,
    })),
  );
}

/**
 * What the API tells, joined as the program joined it: `known` rules keep those of their sources that are there, and what
 * belongs to none of them is joined by protocol, ports and description.
 */
export function inlineRules(told: readonly Rule[], known: readonly InlineRule[], groupId: string): InlineRule[] {
  const left = [...told];
  const take = (rule: Rule): boolean => {
    const index = left.findIndex((one) => sameRule(one, rule) && (one.description ?? "") === (rule.description ?? ""));
    return index >= 0 && left.splice(index, 1).length === 1;
  };
  const kept = known.map((inline) => ({ inline, rules: rulesFrom(inline, groupId).filter(take) }));
  const joined = Map.groupBy(left, ({ protocol, fromPort, toPort, description }) =>
    JSON.stringify([protocol, fromPort, toPort, description]),
  );
  return [
    ...kept.filter(({ rules }) => rules.length > 0).map(({ inline, rules }) => join(rules, groupId, inline.protocol)),
    ...[...joined.values()].map((rules) => join(rules, groupId)),
  ];
}

function join(rules: readonly Rule[], groupId: string, spelling?: string): InlineRule {
  const [{ protocol, fromPort = 0, toPort = 0, description }] = rules as [Rule];
  const peers = (kind: PeerKind) => rules.filter((rule) => rule.kind === kind).map(({ peer }) => peer);
  const groups = peers("group");
  return {
    protocol: spelling ?? protocol,
    fromPort,
    toPort,
    description,
    cidrBlocks: peers("cidrIpv4"),
    ipv6CidrBlocks: peers("cidrIpv6"),
    prefixListIds: peers("prefixListId"),
    securityGroups: groups.filter((group) => group !== groupId),
    self: groups.includes(groupId),
  };
}

/** Rules about inline rules that need more than one property. */
export function checkInline(direction: Direction, rules: readonly Partial<InlineRule>[] = []): Problem[] {
  return rules.flatMap(({ protocol, fromPort, toPort }, index) => {
    const all = protocol !== undefined && protocolName(protocol) === "-1";
    if (!all || ((fromPort ?? 0) === 0 && (toPort ?? 0) === 0)) return [];
    const reason = `${direction}[${index}] must have fromPort 0 and toPort 0, because its protocol is ${protocol}: all protocols have no ports; got ${fromPort} and ${toPort}`;
    return [{ property: direction, reason }];
  });
}

type Inline = { ingress?: InlineRule[]; egress?: InlineRule[] };

/** Puts the rules of each direction right that differs. */
export async function updateInlineRules(
  call: AwsCall,
  id: string,
  { news, changed }: Change<Inline, unknown>,
): Promise<void> {
  for (const direction of DIRECTIONS) {
    const rules = (news[direction] ?? []).flatMap((rule) => rulesFrom(rule, id));
    if (changed(direction)) await settleRules(call, id, direction, rules);
  }
}
