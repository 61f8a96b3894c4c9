import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

/** Metrics that say nothing when there is nobody left to count, and alarms on too few of what they count. */
const HEARTBEATS = ["HealthyHostCount", "GroupInServiceInstances", "StatusCheckFailed"];
const TOO_FEW = ["LessThanThreshold", "LessThanOrEqualToThreshold"];

export const alarmMissingData: Rule = {
  name: "alarm-missing-data",
  title: "An alarm says what silence means",
  why: "Silence keeps the alarm as it was: when the last server is gone, and with it whoever counts, all seems well.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [
    wellArchitected("OPS", 8),
    aws("Missing data", "AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html"),
  ],
  remediation:
    'Set treatMissingData: to "breaching" where a metric stops with what it watches, to "notBreaching" where no value means that nothing happened.',
  level: MANDATORY,
  types: [TYPES.metricAlarm],
  check: (alarm) => {
    if (!alarm.isSet("treatMissingData")) return violation("its treatMissingData is not set.");
    const [metric, operator] = [alarm.text("metricName") ?? "", alarm.text("comparisonOperator") ?? ""];
    if (!HEARTBEATS.includes(metric) || !TOO_FEW.includes(operator)) return PASSED;
    const treatment = alarm.text("treatMissingData");
    return expect(
      treatment === "breaching",
      () => `it is about too little ${metric}, and its treatMissingData is ${treatment}.`,
    );
  },
};
