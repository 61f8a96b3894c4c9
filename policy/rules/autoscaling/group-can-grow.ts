import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, type Rule } from "../../rule.ts";

export const groupCanGrow: Rule = {
  name: "group-can-grow",
  title: "A scaling group can have more machines than it needs at the least",
  why: "When more visitors come, or a deployment needs new machines beside the old ones, there can be none.",
  severity: "high",
  pitfalls: ["cannot scale"],
  references: [wellArchitected("REL", 7), wellArchitected("PERF", 2)],
  remediation: "Set maxSize higher than minSize.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.group],
  check: (group) => {
    const [minimum, maximum] = [group.number("minSize") ?? 0, group.number("maxSize") ?? 0];
    return expect(maximum > minimum, () => `its minSize is ${minimum}, and its maxSize ${maximum}.`);
  },
};
