import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

/** Longer than that AWS takes a deployment for stuck, and so do people. */
const LONGEST_SECONDS = 300;

export const targetGroupDrains: Rule = {
  name: "target-group-drains",
  title: "A target group lets requests end before a target goes, and not for ever",
  why: "Each deployment cuts off the requests under way, or waits minutes for connections that nobody uses.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [
    wellArchitected("REL", 8),
    aws(
      "Deregistration delay",
      "elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay",
    ),
  ],
  remediation: "Set deregistrationDelay to the seconds that the longest request takes, up to 300.",
  level: MANDATORY,
  types: [TYPES.targetGroup],
  check: (group, { thresholds }) => {
    if (group.text("targetType") === "lambda") return NOT_APPLICABLE;
    if (!group.isSet("deregistrationDelay")) return violation("its deregistrationDelay is not set.");
    const seconds = Number(group.number("deregistrationDelay"));
    return expect(
      thresholds.longestRequestSeconds <= seconds && seconds <= LONGEST_SECONDS,
      () =>
        `its deregistrationDelay is ${seconds} seconds, and the longest request takes ${thresholds.longestRequestSeconds}.`,
    );
  },
};
