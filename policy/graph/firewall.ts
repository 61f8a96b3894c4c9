import type { Model } from "../model/model.ts";
import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";
import { contains, isWorld } from "./cidr.ts";
import { type Edge, WORLD } from "./reach.ts";

/** Who may connect to whom, between the Internet and the security groups of a stack, which are named by their URNs. */
export function firewallEdges(model: Model): Edge[] {
  return model.all(TYPES.ingressRule).flatMap((rule) => {
    const targets = rule.references("securityGroupId", TYPES.securityGroup).map(({ urn }) => urn);
    const sources = sourcesOf(rule, model);
    return targets.flatMap((target) =>
      sources.filter((source) => source !== target).map((source) => [source, target] as const),
    );
  });
}

function sourcesOf(rule: Resource, model: Model): readonly string[] {
  const groups = rule.references("referencedSecurityGroupId", TYPES.securityGroup).map(({ urn }) => urn);
  const blocks = [rule.text("cidrIpv4"), rule.text("cidrIpv6")].filter((cidr) => cidr !== undefined);
  if (blocks.some(isWorld)) return [...groups, WORLD];
  // Addresses of the whole network let in whatever is in it, behind which group ever.
  const open = blocks.some((cidr) => model.all(TYPES.vpc).some((vpc) => coversNetwork(cidr, vpc)));
  return open ? [...groups, ...model.all(TYPES.securityGroup).map(({ urn }) => urn)] : groups;
}

function coversNetwork(cidr: string, vpc: Resource): boolean {
  const property = cidr.includes(":") ? "ipv6CidrBlock" : "cidrBlock";
  // AWS hands out networks of IPv6 itself, as blocks of 56 bits: only what is that wide can be all of one.
  if (property === "ipv6CidrBlock" && !(vpc.isKnown(property) && vpc.isSet(property)))
    return Number(cidr.split("/")[1]) <= 56;
  const network = vpc.text(property);
  return network !== undefined && contains(cidr, network);
}
