import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, type Rule, violation } from "../../rule.ts";
import type { Thresholds } from "../../thresholds.ts";

/** A fleet that stands beside the old one for a moment: 100 percent healthy, and room for between a tenth more and as many again. */
const FULL = 100;
const ROOM = { least: 110, most: 200 };

export const groupRolls: Rule = {
  name: "group-rolls",
  title: "A scaling group replaces its machines without losing any that serve",
  why: "A new version takes machines out before their successors are healthy, and visitors get errors.",
  severity: "high",
  pitfalls: ["downtime while deploying"],
  references: [
    wellArchitected("REL", 8),
    aws("Instance maintenance policies", "autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html"),
  ],
  remediation:
    'Set instanceMaintenancePolicy.minHealthyPercentage to 100 and maxHealthyPercentage to between 110 and 200, or instanceRefresh.strategy to "Rolling" with preferences.minHealthyPercentage 90 or more and autoRollback true.',
  level: MANDATORY,
  types: [TYPES.group],
  check: (group, { thresholds }) => {
    if (group.isSet("instanceMaintenancePolicy")) {
      const [least, most] = ["minHealthyPercentage", "maxHealthyPercentage"].map((property) =>
        Number(group.number(`instanceMaintenancePolicy.${property}`)),
      );
      const holds = least === FULL && ROOM.least <= Number(most) && Number(most) <= ROOM.most;
      return expect(holds, () => `its instanceMaintenancePolicy keeps ${least} to ${most} percent healthy.`);
    }
    if (!group.isSet("instanceRefresh"))
      return violation("it has neither instanceMaintenancePolicy nor instanceRefresh.");
    return expect(
      rolls(group, thresholds),
      () => "its instanceRefresh may take away machines that serve, or does not roll back.",
    );
  },
};

function rolls(group: Resource, { minimumHealthyPercentage }: Thresholds): boolean {
  return (
    group.text("instanceRefresh.strategy") === "Rolling" &&
    Number(group.number("instanceRefresh.preferences.minHealthyPercentage")) >= minimumHealthyPercentage &&
    group.flag("instanceRefresh.preferences.autoRollback")
  );
}
