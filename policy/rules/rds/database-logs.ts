import { engineOf } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

/** What each engine must hand to CloudWatch. */
const LOGS: Readonly<Record<string, readonly string[]>> = {
  mysql: ["error", "slowquery"],
  mariadb: ["error", "slowquery"],
  postgres: ["postgresql"],
};

export const databaseLogs: Rule = {
  name: "database-logs",
  title: "A database hands its logs to CloudWatch",
  why: "Its errors and slow queries stay on the instance, and go with it.",
  severity: "medium",
  references: [securityHub("RDS.9"), checkov("CKV_AWS_129")],
  remediation: 'Set enabledCloudwatchLogsExports, for MySQL and MariaDB to ["error", "slowquery"].',
  level: MANDATORY,
  types: [TYPES.database],
  check: (database) => {
    const wanted = LOGS[engineOf(database) ?? ""];
    if (wanted === undefined) return NOT_APPLICABLE;
    const exported = database.list("enabledCloudwatchLogsExports");
    const missing = wanted.filter((log) => !exported.includes(log));
    return expect(missing.length === 0, () => `it does not hand over ${missing.join(" and ")}.`);
  },
};
