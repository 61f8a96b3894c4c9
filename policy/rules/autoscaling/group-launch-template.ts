import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const groupLaunchTemplate: Rule = {
  name: "group-launch-template",
  title: "A scaling group starts its machines from a launch template",
  why: "A launch configuration cannot be changed or asked for its versions, lacks what AWS has added since, and new accounts cannot create any.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [securityHub("AutoScaling.9"), checkov("CKV_AWS_315")],
  remediation: "Set launchTemplate, or mixedInstancesPolicy with one, instead of launchConfiguration.",
  level: MANDATORY,
  types: [TYPES.group],
  check: (group) => expect(!group.isSet("launchConfiguration"), () => "it has a launchConfiguration."),
};
