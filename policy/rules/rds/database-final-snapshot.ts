import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const databaseFinalSnapshot: Rule = {
  name: "database-final-snapshot",
  title: "A database leaves a snapshot behind when it is deleted",
  why: "Its automatic backups go with it, and nothing is left to come back to.",
  severity: "high",
  pitfalls: ["one database takes all writes"],
  references: [
    wellArchitected("REL", 9),
    aws("Deleting a DB instance", "AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"),
  ],
  remediation: "Leave skipFinalSnapshot out, and set finalSnapshotIdentifier.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.database],
  check: (database) => {
    if (isReplica(database)) return NOT_APPLICABLE;
    if (database.flag("skipFinalSnapshot")) return violation("its skipFinalSnapshot is true.");
    return expect(database.isSet("finalSnapshotIdentifier"), () => "it has no finalSnapshotIdentifier.");
  },
};
