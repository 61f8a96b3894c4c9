import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { ADVISORY, expect, PASSED, type Rule } from "../../rule.ts";

export const targetGroupNotSticky: Rule = {
  name: "target-group-not-sticky",
  title: "A target group does not tie visitors to one server",
  why: "New servers get no visitors of old sessions, so growing helps late, and a server that goes takes its sessions with it.",
  severity: "low",
  pitfalls: ["cannot scale"],
  references: [wellArchitected("REL", 5)],
  remediation: "Set stickiness.enabled to false, and keep sessions where every server finds them.",
  level: ADVISORY,
  types: [TYPES.targetGroup],
  check: (group) => {
    // Off where there is no such block; within one, on unless it says otherwise.
    if (!group.isSet("stickiness")) return PASSED;
    return expect(group.text("stickiness.enabled") === "false", () => "its stickiness is enabled.");
  },
};
