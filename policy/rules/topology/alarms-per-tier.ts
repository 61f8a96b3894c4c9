import { isReplica } from "../../aws/database.ts";
import { alarmsOn } from "../../graph/alarms.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, type Rule } from "../../rule.ts";

export const alarmsPerTier: Rule = {
  name: "alarms-per-tier",
  title: "Load balancers, scaling groups and databases have alarms on what shows that they fail",
  why: "Visitors would be the first to tell.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [wellArchitected("REL", 6), securityHub("CloudWatch.15")],
  remediation: "Add an aws.cloudwatch.MetricAlarm on each missing metric, whose dimensions come from this resource.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.loadBalancer, TYPES.group, TYPES.database],
  check: (resource) => {
    const watched = alarmsOn(resource);
    const missing = neededOf(resource).filter((choice) => !choice.some((metric) => watched.has(metric)));
    return expect(
      missing.length === 0,
      () => `no alarm is on ${missing.map((choice) => choice.join(" or ")).join(", ")}.`,
    );
  },
};

/** Metrics that something needs an alarm on; of each list one is enough. */
function neededOf(resource: Resource): readonly (readonly string[])[] {
  if (resource.type === TYPES.group) return [["CPUUtilization", "GroupInServiceInstances"]];
  if (resource.type === TYPES.loadBalancer) {
    const failures = ["HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count"];
    return [failures, ["UnHealthyHostCount", "HealthyHostCount"], ["TargetResponseTime"]];
  }
  const common = [["CPUUtilization"], ["FreeStorageSpace"], ["DatabaseConnections"]];
  return isReplica(resource) ? [...common, ["ReplicaLag"]] : common;
}
