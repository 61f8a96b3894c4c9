import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, type Rule, violation } from "../../rule.ts";

export const targetGroupReplaceable: Rule = {
  name: "target-group-replaceable",
  title: "A target group can be replaced while the old one still serves",
  why: "With a fixed name, or deleted first, the old group must go before there is a new one, and AWS refuses that as long as a listener uses it.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [
    wellArchitected("REL", 8),
    aws("Target groups", "elasticloadbalancing/latest/application/load-balancer-target-groups.html"),
  ],
  remediation: "Leave name out, or use namePrefix, and do not set deleteBeforeReplace.",
  level: ADVISORY,
  types: [TYPES.targetGroup],
  check: (group) => {
    if (group.options.deleteBeforeReplace) return violation("it is deleted before it is replaced.");
    return expect(!group.isSet("name"), () => `its name is always ${group.text("name")}.`);
  },
};
