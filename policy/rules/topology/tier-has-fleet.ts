import { oncePerModel } from "../../graph/once.ts";
import { tierOf } from "../../graph/users.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, type Rule } from "../../rule.ts";

export const tierHasFleet: Rule = {
  name: "tier-has-fleet",
  title: "A tier is served by a scaling group, not by single machines",
  why: "A single machine takes its tier down when it fails, and nothing replaces it.",
  severity: "high",
  pitfalls: ["single point of failure", "all parts on one server"],
  references: [wellArchitected("REL", 11)],
  remediation:
    "Put the machine's configuration into a launch template, and let an aws.autoscaling.Group with minSize 2 run it.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.instance],
  check: (instance, { model }) => {
    const tier = tierOf(instance);
    return expect(tiersWithFleet(model).has(tier), () => `the tier ${tier} has this machine and no scaling group.`);
  },
};

const tiersWithFleet = oncePerModel((model) => new Set(model.all(TYPES.group).map(tierOf)));
