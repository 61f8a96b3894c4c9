import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const machineDetailedMonitoring: Rule = {
  name: "machine-detailed-monitoring",
  title: "A machine tells of itself each minute",
  why: "With a value every five minutes, alarms and scaling policies come five minutes late.",
  severity: "low",
  references: [checkov("CKV_AWS_126"), cdkNag("AwsSolutions-EC28")],
  remediation: "Set monitoring.enabled of a launch template, or monitoring of an instance, to true.",
  level: ADVISORY,
  types: [TYPES.launchTemplate, TYPES.instance],
  check: (machine) => {
    const property = machine.type === TYPES.launchTemplate ? "monitoring.enabled" : "monitoring";
    return expect(machine.flag(property), () => `its ${property} is false.`);
  },
};
