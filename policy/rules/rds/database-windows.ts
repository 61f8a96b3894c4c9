import { isReplica } from "../../aws/database.ts";
import { areDisjoint } from "../../aws/windows.ts";
import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, PASSED, type Rule, violation } from "../../rule.ts";

export const databaseWindows: Rule = {
  name: "database-windows",
  title: "A database is changed and backed up when somebody has said so",
  why: "AWS picks a window for maintenance, which may be the busiest hour; and what applies at once may restart the database in the middle of the day.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [
    wellArchitected("REL", 8),
    aws("Maintenance windows", "AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html"),
  ],
  remediation:
    "Set maintenanceWindow and backupWindow so that they have no minute in common, and leave applyImmediately out.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (database) => {
    if (database.flag("applyImmediately")) return violation("its applyImmediately is true.");
    const [maintenance, backup] = [database.text("maintenanceWindow"), database.text("backupWindow")];
    if (maintenance === undefined) return violation("its maintenanceWindow is not set.");
    if (isReplica(database)) return PASSED;
    if (backup === undefined) return violation("its backupWindow is not set.");
    return expect(
      areDisjoint(backup, maintenance),
      () => `its backupWindow ${backup} is within its maintenanceWindow ${maintenance}.`,
    );
  },
};
