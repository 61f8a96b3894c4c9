import { UNKNOWN } from "../../plan/values.ts";
import type { Description } from "./resource.ts";
import { TYPES } from "./types.ts";
import { type Bag, isBag } from "./values.ts";

/**
 * The rules that a security group, or the older resource for one rule, has inside: as if each were a resource of the kind that holds one rule.
 * They carry the URN of the resource that they are written in, so that this is what a finding names.
 */
export function firewallRules(description: Description): Description[] {
  const { type, inputs } = description;
  if (type === TYPES.securityGroup) {
    return (["ingress", "egress"] as const).flatMap((direction) => inlineRules(description, direction));
  }
  if (type === TYPES.securityGroupRule) {
    const direction = inputs.type === "egress" ? "egress" : "ingress";
    const group = description.propertyDependencies?.securityGroupId ?? [];
    const others = description.propertyDependencies?.sourceSecurityGroupId ?? [];
    return single(description, direction, inputs, group, others);
  }
  return [];
}

function inlineRules(description: Description, direction: Direction): Description[] {
  const rules = description.inputs[direction];
  if (!Array.isArray(rules)) return [];
  // The engine only says what the list as a whole comes from: each rule of the list may speak of each of these groups.
  const others = description.propertyDependencies?.[direction] ?? [];
  return rules.filter(isBag).flatMap((rule) => {
    const self = rule.self === true ? [description.urn] : [];
    const named = isEmpty(rule.securityGroups) ? [] : others;
    return single(description, direction, rule, [description.urn], [...self, ...named]);
  });
}

type Direction = "ingress" | "egress";

/** One resource for each source of a rule, since that is how AWS keeps them. */
function single(
  description: Description,
  direction: Direction,
  rule: Bag,
  group: readonly string[],
  others: readonly string[],
): Description[] {
  const common = {
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    description: rule.description,
  };
  const of = (source: Bag, references: Readonly<Record<string, readonly string[]>> = {}): Description => ({
    ...description,
    type: direction === "ingress" ? TYPES.ingressRule : TYPES.egressRule,
    inputs: defined({ ...common, ...source, securityGroupId: UNKNOWN }),
    propertyDependencies: { securityGroupId: group, ...references },
  });
  return [
    ...items(rule.cidrBlocks).map((cidrIpv4) => of({ cidrIpv4 })),
    ...items(rule.ipv6CidrBlocks).map((cidrIpv6) => of({ cidrIpv6 })),
    ...items(rule.prefixListIds).map((prefixListId) => of({ prefixListId })),
    ...others.map((urn) => of({ referencedSecurityGroupId: UNKNOWN }, { referencedSecurityGroupId: [urn] })),
  ];
}

const isEmpty = (value: unknown): boolean => items(value).length === 0;

function items(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function defined(bag: Bag): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined && value !== null));
}
