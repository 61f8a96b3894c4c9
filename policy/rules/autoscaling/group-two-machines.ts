import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, type Rule } from "../../rule.ts";

export const groupTwoMachines: Rule = {
  name: "group-two-machines",
  title: "A scaling group never has fewer than two machines",
  why: "With one machine the site is down from the moment it fails until another one has started.",
  severity: "high",
  pitfalls: ["single point of failure"],
  references: [
    wellArchitected("REL", 10),
    aws("Auto Scaling availability", "autoscaling/ec2/userguide/auto-scaling-benefits.html"),
  ],
  remediation: "Set minSize to 2 or more.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.group],
  check: (group, { thresholds }) => {
    const minimum = group.number("minSize") ?? 0;
    return expect(
      minimum >= thresholds.minimumMachines,
      () => `its minSize is ${minimum}, less than ${thresholds.minimumMachines}.`,
    );
  },
};
