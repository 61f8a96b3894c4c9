import { TYPES } from "../../model/types.ts";
import type { Values } from "../../model/values.ts";
import { securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const webAclMetrics: Rule = {
  name: "web-acl-metrics",
  title: "A web ACL and its rules count what they decide",
  why: "No alarm can tell that an attack is under way.",
  severity: "medium",
  references: [securityHub("WAF.12")],
  remediation: "Set visibilityConfig.cloudwatchMetricsEnabled to true, of the web ACL and of each rule.",
  level: MANDATORY,
  types: [TYPES.webAcl],
  check: (acl) => {
    const silent = [
      ...(counts(acl) ? [] : ["it"]),
      ...acl
        .each("rules")
        .filter((rule) => !counts(rule))
        .map(told),
    ];
    return expect(silent.length === 0, () => `there are no metrics of ${silent.join(", ")}.`);
  },
};

const counts = (values: Values): boolean => values.flag("visibilityConfig.cloudwatchMetricsEnabled");
const told = (rule: Values): string => `its rule ${rule.text("name")}`;
