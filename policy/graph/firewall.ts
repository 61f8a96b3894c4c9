import { isWholeRange } from "../aws/addresses.ts";
import type { Model } from "../model/model.ts";
import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";
import { contains } from "./cidr.ts";
import { WORLD } from "./reach.ts";

/** Who may connect to what is behind a security group: what is behind others, and the Internet. */
export function sourcesOf(group: Resource, model: Model): readonly (Resource | typeof WORLD)[] {
  return group.usedBy(TYPES.ingressRule, "securityGroupId").flatMap((rule) => sourcesOfRule(rule, group, model));
}

/** Whom one rule of a security group lets in. */
export function sourcesOfRule(rule: Resource, group: Resource, model: Model): readonly (Resource | typeof WORLD)[] {
  const groups = rule.references("referencedSecurityGroupId", TYPES.securityGroup);
  const blocks = [rule.text("cidrIpv4"), rule.text("cidrIpv6")].filter((cidr) => cidr !== undefined);
  if (blocks.some(isWholeRange)) return [WORLD];
  // Addresses of the whole network let in whatever is in it, behind which group ever.
  return [...groups, ...blocks.flatMap((cidr) => groupsWithin(cidr, group, model))];
}

/** The groups of the networks that a block of addresses covers, of those that a group may be in. */
function groupsWithin(cidr: string, group: Resource, model: Model): readonly Resource[] {
  const own = group.references("vpcId", TYPES.vpc);
  const networks = own.length > 0 ? own : model.all(TYPES.vpc);
  if (!networks.some((vpc) => coversNetwork(cidr, vpc))) return [];
  return own.length > 0
    ? own.flatMap((vpc) => vpc.usedBy(TYPES.securityGroup, "vpcId"))
    : model.all(TYPES.securityGroup);
}

function coversNetwork(cidr: string, vpc: Resource): boolean {
  const property = cidr.includes(":") ? "ipv6CidrBlock" : "cidrBlock";
  // AWS hands out networks of IPv6 itself, as blocks of 56 bits: only what is that wide can be all of one.
  if (property === "ipv6CidrBlock" && !(vpc.isKnown(property) && vpc.isSet(property)))
    return Number(cidr.split("/")[1]) <= 56;
  const network = vpc.text(property);
  return network !== undefined && contains(cidr, network);
}
