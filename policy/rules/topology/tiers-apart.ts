import { behind, groupsOf, tierOf } from "../../graph/users.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const tiersApart: Rule = {
  name: "tiers-apart",
  title: "Each tier has a security group of its own",
  why: "Whoever takes over one tier is let in wherever the other may go.",
  severity: "high",
  pitfalls: ["all parts on one server"],
  references: [wellArchitected("SEC", 5)],
  remediation: "Give each of them a security group, and let them in by rules with referencedSecurityGroupId.",
  level: MANDATORY,
  types: [TYPES.securityGroup],
  check: (group) => {
    const users = behind(group);
    if (users.length === 0) return NOT_APPLICABLE;
    const tiers = [...new Set(users.flatMap(tiersOf))].sort();
    return expect(tiers.length <= 1, () => `behind it are: ${tiers.join(", ")}.`);
  },
};

function tiersOf(user: Resource): readonly string[] {
  if (user.type === TYPES.database) return ["databases"];
  if (user.type === TYPES.loadBalancer) return ["load balancers"];
  if (user.type === TYPES.launchTemplate) return groupsOf(user).map((group) => `machines of ${tierOf(group)}`);
  if (user.type === TYPES.instance) return [`machines of ${tierOf(user)}`];
  return [];
}
