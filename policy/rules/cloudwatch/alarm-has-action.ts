import { TYPES } from "../../model/types.ts";
import { cdkNag, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const alarmHasAction: Rule = {
  name: "alarm-has-action",
  title: "An alarm does something",
  why: "It turns red, and nobody is told.",
  severity: "high",
  references: [securityHub("CloudWatch.15"), cdkNag("CloudWatchAlarmAction")],
  remediation: "Set alarmActions to the ARN of an SNS topic, or have a health check or a composite alarm use it.",
  level: MANDATORY,
  types: [TYPES.metricAlarm, TYPES.compositeAlarm],
  check: (alarm) => {
    const used =
      alarm.usedBy(TYPES.healthCheck, "cloudwatchAlarmName").length > 0 ||
      alarm.usedBy(TYPES.compositeAlarm, "alarmRule").length > 0;
    return expect(alarm.isSet("alarmActions") || used, () => "it has no alarmActions, and nothing else looks at it.");
  },
};
