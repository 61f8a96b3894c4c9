import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const databaseBackups: Rule = {
  name: "database-backups",
  title: "A database that takes writes has backups of a week",
  why: "A mistake that nobody notices for some days cannot be undone, and without backups there can be no replica.",
  severity: "medium",
  pitfalls: ["one database takes all writes"],
  references: [securityHub("RDS.11"), checkov("CKV_AWS_133"), cdkNag("AwsSolutions-RDS13")],
  remediation:
    "Set backupRetentionPeriod to 7 or more; what is enough is backupRetentionDays in the review's configuration.",
  level: MANDATORY,
  types: [TYPES.database],
  check: (database, { thresholds }) => {
    // Backups are made of its source.
    if (isReplica(database)) return NOT_APPLICABLE;
    const days = database.number("backupRetentionPeriod") ?? 0;
    return expect(
      days >= thresholds.backupRetentionDays,
      () => `its backupRetentionPeriod is ${days}, less than ${thresholds.backupRetentionDays}.`,
    );
  },
};
