import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const alarmActionsEnabled: Rule = {
  name: "alarm-actions-enabled",
  title: "An alarm's actions are on",
  why: "It looks as if somebody were told, and nobody is.",
  severity: "high",
  references: [securityHub("CloudWatch.17"), checkov("CKV_AWS_319")],
  remediation: "Leave actionsEnabled out, or set it to true.",
  level: MANDATORY,
  types: [TYPES.metricAlarm, TYPES.compositeAlarm],
  check: (alarm) => expect(alarm.flag("actionsEnabled"), () => "its actionsEnabled is false."),
};
