import { portOf } from "../../aws/database.ts";
import { portsOf, portsWithin, tellPorts } from "../../aws/ports.ts";
import { oncePerModel } from "../../graph/once.ts";
import { subnetsOf } from "../../graph/places.ts";
import { behind, groupsOf, tierOf } from "../../graph/users.ts";
import type { Model } from "../../model/model.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { MANDATORY, NOT_APPLICABLE, type Rule, type Violation, violation } from "../../rule.ts";

export const tiersApart: Rule = {
  name: "tiers-apart",
  title: "Tiers share no security group and no launch template, and with a database neither ports nor subnets",
  why: "Whoever takes over one tier is let in wherever the other may go.",
  severity: "high",
  pitfalls: ["all parts on one server"],
  references: [wellArchitected("SEC", 5)],
  remediation:
    "Give each of them what they share, and let them in by rules with referencedSecurityGroupId and the one port that it takes.",
  level: MANDATORY,
  types: [TYPES.securityGroup, TYPES.launchTemplate, TYPES.subnetGroup],
  check: (resource, { model }) => FAULTS[resource.type]?.(resource, model) ?? NOT_APPLICABLE,
};

/** For each type what is wrong with a resource of it, or undefined where nobody uses it. */
const FAULTS: Readonly<Record<string, (resource: Resource, model: Model) => readonly Violation[] | undefined>> = {
  [TYPES.securityGroup]: (group, model) => {
    const users = behind(group);
    if (users.length === 0) return undefined;
    const ofDatabase = users.some(({ type }) => type === TYPES.database);
    return [
      ...severalTiers("behind it are", users.flatMap(tiersBehind)),
      ...(ofDatabase ? [] : databasePortsOf(group, model)),
    ];
  },
  [TYPES.launchTemplate]: (template) => {
    const fleets = groupsOf(template);
    return fleets.length === 0 ? undefined : severalTiers("it starts machines of", fleets.map(tierOf));
  },
  [TYPES.subnetGroup]: (group) => {
    const subnets = subnetsOf(group);
    if (subnets.length === 0) return undefined;
    const others = new Set(subnets.flatMap(inhabitantsOf).map(({ name }) => name));
    return others.size === 0 ? [] : [violation(`in its subnets are, too: ${[...others].sort().join(", ")}.`)];
  },
};

function severalTiers(told: string, tiers: readonly string[]): Violation[] {
  const different = [...new Set(tiers)].sort();
  return different.length <= 1 ? [] : [violation(`${told}: ${different.join(", ")}.`)];
}

function tiersBehind(user: Resource): readonly string[] {
  if (user.type === TYPES.database) return ["databases"];
  if (user.type === TYPES.loadBalancer) return ["load balancers"];
  if (user.type === TYPES.launchTemplate) return groupsOf(user).map((group) => `machines of ${tierOf(group)}`);
  if (user.type === TYPES.instance) return [`machines of ${tierOf(user)}`];
  return [];
}

/** What of databases' ports a group lets in that has none of them behind it. */
function databasePortsOf(group: Resource, model: Model): Violation[] {
  return group.usedBy(TYPES.ingressRule, "securityGroupId").flatMap((rule) => {
    const range = portsOf(rule);
    const within = range === undefined ? [] : portsWithin(range, databasePorts(model));
    if (range === undefined || within.length === 0) return [];
    return [
      violation(`it lets in ${tellPorts(range)}, and no database is behind it: they listen on ${within.join(", ")}.`),
    ];
  });
}

const databasePorts = oncePerModel((model) => [
  ...new Set(model.all(TYPES.database).flatMap((database) => portOf(database) ?? [])),
]);

/** The machines and load balancers of a subnet. */
function inhabitantsOf(subnet: Resource): readonly Resource[] {
  return [
    ...subnet.usedBy(TYPES.loadBalancer, "subnets"),
    ...subnet.usedBy(TYPES.loadBalancer, "subnetMappings"),
    ...subnet.usedBy(TYPES.group, "vpcZoneIdentifiers"),
    ...subnet.usedBy(TYPES.instance, "subnetId"),
  ];
}
