import { type SecurityGroup as Group, type IpPermission, paginateDescribeSecurityGroups } from "@aws-sdk/client-ec2";
import type { FirewallRule, SecurityGroup, Unsupported } from "./account.ts";
import { all } from "./clients.ts";
import { type PrefixLists, readPrefixLists } from "./networks.ts";
import { type Found, found, type Source } from "./source.ts";

export async function readSecurityGroups(source: Source): Promise<Found<SecurityGroup>> {
  const { ec2 } = source.clients;
  const Filters = [{ Name: "vpc-id", Values: [...source.networkIds] }];
  const [groups, prefixLists] = await Promise.all([
    all(paginateDescribeSecurityGroups({ client: ec2 }, { Filters }), ({ SecurityGroups }) => SecurityGroups),
    readPrefixLists(source),
  ]);
  return securityGroupsOf(groups, prefixLists);
}

export function securityGroupsOf(groups: readonly Group[], prefixLists: PrefixLists): Found<SecurityGroup> {
  const unsupported: Unsupported[] = [];
  const items = groups.map(({ GroupId: id = "", VpcId: networkId = "", IpPermissions, IpPermissionsEgress }) => {
    const rules = (permissions: readonly IpPermission[] = []) => {
      const made = found(permissions.flatMap((permission) => rulesOf(permission, id, prefixLists)));
      unsupported.push(...made.unsupported);
      return made.items;
    };
    return { id, networkId, ingress: rules(IpPermissions), egress: rules(IpPermissionsEgress) };
  });
  return { items, unsupported };
}

const PROTOCOLS: Readonly<Record<string, FirewallRule["protocol"]>> = {
  "-1": "all",
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
  icmp: "icmp",
  "1": "icmp",
};

/** The protocol of IPv6 that IPv4 has nothing of. */
const ICMPV6 = ["icmpv6", "58"];

/** A permission names any number of peers; here each is a rule. Those of IPv6 let nothing through that is carried here. */
function rulesOf(permission: IpPermission, groupId: string, prefixLists: PrefixLists): (FirewallRule | Unsupported)[] {
  const { IpProtocol = "", FromPort: from = -1, ToPort: to = -1 } = permission;
  if (ICMPV6.includes(IpProtocol)) return [];
  const protocol = PROTOCOLS[IpProtocol];
  const out = (why: string): Unsupported => ({ what: `a rule of security group ${groupId}`, why });
  if (!protocol) return [out(`protocol ${IpProtocol} is not carried here, so nothing of it passes`)];
  const hasPorts = (protocol === "tcp" || protocol === "udp") && from >= 0 && !(from === 0 && to === 65_535);
  const rule = (peer: FirewallRule["peer"]): FirewallRule => ({
    protocol,
    ...(hasPorts && { ports: { from, to } }),
    peer,
  });
  return [
    ...(permission.IpRanges ?? []).map(({ CidrIp = "" }) => rule({ cidr: CidrIp })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId = "" }) => rule({ securityGroupId: GroupId })),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId = "" }) => {
      const service = prefixLists.get(PrefixListId);
      if (service === "s3" || service === "dynamodb") return rule({ service });
      return out(`prefix list ${PrefixListId} is neither that of S3 nor that of DynamoDB, so nothing of it passes`);
    }),
  ];
}
