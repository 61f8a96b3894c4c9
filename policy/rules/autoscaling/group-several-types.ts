import { TYPES } from "../../model/types.ts";
import { securityHub } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const groupSeveralTypes: Rule = {
  name: "group-several-types",
  title: "A scaling group can start machines of more than one type",
  why: "When AWS has none left of the only type in a zone, no machine starts there.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [securityHub("AutoScaling.6")],
  remediation: "Set mixedInstancesPolicy.launchTemplate.overrides to two types or more that serve alike.",
  level: ADVISORY,
  types: [TYPES.group],
  check: (group) => {
    const count = group.isSet("mixedInstancesPolicy")
      ? group.count("mixedInstancesPolicy.launchTemplate.overrides")
      : 1;
    return expect(count >= 2, () => "it has one type only.");
  },
};
