/** Rules of security groups, as the API counts them: one protocol, one range of ports, one source or destination. */
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
  type Tag,
  type TagSpecification,
} from "@aws-sdk/client-ec2";
import type { AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";

export type Direction = "ingress" | "egress";

/** Whom a rule lets in or out. */
export type PeerKind = "cidrIpv4" | "cidrIpv6" | "prefixListId" | "group";

export interface Rule {
  /** Known once the API has it. */
  readonly id?: string;
  readonly protocol: string;
  /** Absent when the protocol is `-1`. */
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly kind: PeerKind;
  readonly peer: string;
  readonly description: string | undefined;
  readonly tags?: Tag[];
}

/** The names that AWS gives to protocols that may be written in several ways. */
const PROTOCOLS: Readonly<Record<string, string>> = { all: "-1", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6" };

export function protocolName(protocol: string): string {
  const lower = protocol.toLowerCase();
  return PROTOCOLS[lower] ?? lower;
}

/** True when two rules let the same through; AWS takes only one of them, whatever their descriptions. */
export const sameRule = (a: Rule, b: Rule): boolean => keyOf(a) === keyOf(b);

const keyOf = ({ protocol, fromPort, toPort, kind, peer }: Rule): string =>
  [protocol, fromPort, toPort, kind, peer].join(" ");

/** A rule as a request names it. */
export function permissionOf(rule: Rule): IpPermission {
  const { description: Description, peer } = rule;
  const peers = {
    cidrIpv4: { IpRanges: [{ CidrIp: peer, Description }] },
    cidrIpv6: { Ipv6Ranges: [{ CidrIpv6: peer, Description }] },
    prefixListId: { PrefixListIds: [{ PrefixListId: peer, Description }] },
    group: { UserIdGroupPairs: [{ ...groupPair(peer), Description }] },
  };
  return { IpProtocol: rule.protocol, FromPort: rule.fromPort, ToPort: rule.toPort, ...peers[rule.kind] };
}

/** A group of another account is written `account/group`. */
function groupPair(peer: string) {
  const [account, group] = peer.split("/");
  return group ? { UserId: account, GroupId: group } : { GroupId: peer };
}

/** The rules of a group in one direction. */
export async function rulesOf(call: AwsCall, groupId: string, direction: Direction): Promise<Rule[]> {
  const { SecurityGroupRules = [] } = await ec2(call).send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [groupId] }] }),
  );
  const rules = SecurityGroupRules.filter(({ IsEgress }) => IsEgress === (direction === "egress")).map(ruleOf);
  return rules.some(({ kind }) => kind === "group") ? describeGroups(call, groupId, direction, rules) : rules;
}

export function ruleOf(rule: SecurityGroupRule): Rule {
  const all = rule.IpProtocol === "-1";
  const { GroupId = "", UserId } = rule.ReferencedGroupInfo ?? {};
  const group = UserId && UserId !== rule.GroupOwnerId && rule.GroupOwnerId ? `${UserId}/${GroupId}` : GroupId;
  const peers: [PeerKind, string | undefined][] = [
    ["cidrIpv4", rule.CidrIpv4],
    ["cidrIpv6", rule.CidrIpv6],
    ["prefixListId", rule.PrefixListId],
    ["group", group],
  ];
  const [kind, peer] = peers.find(([, value]) => value) as [PeerKind, string];
  return {
    id: rule.SecurityGroupRuleId,
    protocol: rule.IpProtocol as string,
    fromPort: all ? undefined : rule.FromPort,
    toPort: all ? undefined : rule.ToPort,
    kind,
    peer,
    description: rule.Description,
    tags: rule.Tags,
  };
}

/** moto tells the descriptions of rules that name a group only at the group that has the rule. */
async function describeGroups(call: AwsCall, groupId: string, direction: Direction, rules: Rule[]): Promise<Rule[]> {
  const { SecurityGroups } = await ec2(call).send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  const permissions = SecurityGroups?.[0]?.[direction === "egress" ? "IpPermissionsEgress" : "IpPermissions"] ?? [];
  return rules.map((rule) => {
    if (rule.kind !== "group" || rule.description !== undefined) return rule;
    const pairs = permissions
      .filter(({ IpProtocol, FromPort }) => IpProtocol === rule.protocol && (FromPort ?? -1) === (rule.fromPort ?? -1))
      .flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs);
    return { ...rule, description: pairs.find(({ GroupId }) => rule.peer.endsWith(GroupId ?? "-"))?.Description };
  });
}

/** Adds rules, and answers with the id of the first. */
export async function authorize(
  call: AwsCall,
  GroupId: string,
  direction: Direction,
  rules: readonly Rule[],
  tags: TagSpecification[] = [],
): Promise<string | undefined> {
  if (rules.length === 0) return undefined;
  const request = { GroupId, IpPermissions: rules.map(permissionOf), TagSpecifications: tags };
  const made = await (direction === "egress"
    ? ec2(call).send(new AuthorizeSecurityGroupEgressCommand(request))
    : ec2(call).send(new AuthorizeSecurityGroupIngressCommand(request)));
  return made.SecurityGroupRules?.[0]?.SecurityGroupRuleId;
}

export async function revoke(
  call: AwsCall,
  GroupId: string,
  direction: Direction,
  rules: readonly Pick<Rule, "id">[],
): Promise<void> {
  if (rules.length === 0) return;
  const request = { GroupId, SecurityGroupRuleIds: rules.map(({ id = "" }) => id) };
  if (direction === "egress") await ec2(call).send(new RevokeSecurityGroupEgressCommand(request));
  else await ec2(call).send(new RevokeSecurityGroupIngressCommand(request));
}

/** Brings a group to exactly these rules in one direction. A rule with another description is taken away and added again. */
export async function settleRules(
  call: AwsCall,
  groupId: string,
  direction: Direction,
  wanted: readonly Rule[],
): Promise<void> {
  const present = await rulesOf(call, groupId, direction);
  const kept = (rule: Rule, others: readonly Rule[]): boolean =>
    others.some((other) => sameRule(rule, other) && (rule.description ?? "") === (other.description ?? ""));
  await revoke(
    call,
    groupId,
    direction,
    present.filter((rule) => !kept(rule, wanted)),
  );
  await authorize(
    call,
    groupId,
    direction,
    wanted.filter((rule) => !kept(rule, present)),
  );
}
