import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { MANDATORY_IN_PRODUCTION, type Rule, violation } from "../../rule.ts";

export const noBareInstance: Rule = {
  name: "no-bare-instance",
  title: "Machines are started by a scaling group",
  why: "A machine that stands alone is not replaced when it fails, cannot become two, and must be taken down to be changed.",
  severity: "high",
  pitfalls: ["single point of failure", "cannot scale", "all parts on one server"],
  references: [wellArchitected("REL", 10), wellArchitected("REL", 11)],
  remediation:
    "Describe the machine by a LaunchTemplate and start it by an autoscaling Group. Waive the rule for a machine that serves nobody.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.instance],
  check: () => violation("it is a machine that no scaling group starts."),
};
