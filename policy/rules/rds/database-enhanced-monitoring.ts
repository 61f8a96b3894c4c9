import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

/** Seconds. */
const INTERVALS = [1, 5, 10, 15, 30, 60];

export const databaseEnhancedMonitoring: Rule = {
  name: "database-enhanced-monitoring",
  title: "A database tells what its processes and disks do",
  why: "When it is slow nobody sees whether memory, disk or one query is the cause.",
  severity: "low",
  references: [securityHub("RDS.6"), checkov("CKV_AWS_118")],
  remediation: "Set monitoringInterval to 60 or less, and monitoringRoleArn.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (database) => {
    const seconds = database.number("monitoringInterval") ?? 0;
    return expect(INTERVALS.includes(seconds), () => `its monitoringInterval is ${seconds}.`);
  },
};
