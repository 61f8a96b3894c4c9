import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, PASSED, type Rule } from "../../rule.ts";

export const groupCapacityLeftToPolicies: Rule = {
  name: "group-capacity-left-to-policies",
  title: "Only scaling policies decide how many machines a scaling group has now",
  why: "Each update sets the number back to the one in the program, in the middle of the busiest hour.",
  severity: "medium",
  pitfalls: ["cannot scale"],
  references: [wellArchitected("REL", 7), aws("Capacity limits", "autoscaling/ec2/userguide/asg-capacity-limits.html")],
  remediation: "Leave desiredCapacity out, or name it in ignoreChanges.",
  level: ADVISORY,
  types: [TYPES.group],
  check: (group) => {
    if (!group.isSet("desiredCapacity")) return PASSED;
    // A new group takes over from another one with as many machines as that one has: whoever waits for them to be healthy has looked.
    const waitedFor = WAITS.some((property) => group.isSet(property) && isAsMany(group, property));
    if (waitedFor) return PASSED;
    return expect(
      group.options.ignoreChanges.includes("desiredCapacity"),
      () => "its desiredCapacity is set, and its changes are not ignored.",
    );
  },
};

const WAITS = ["minElbCapacity", "waitForElbCapacity"];

const isAsMany = (group: Resource, property: string): boolean =>
  group.number(property) === group.number("desiredCapacity");
