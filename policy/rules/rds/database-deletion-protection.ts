import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const databaseDeletionProtection: Rule = {
  name: "database-deletion-protection",
  title: "A database that takes writes refuses to be deleted",
  why: "One wrong change deletes all data.",
  severity: "high",
  pitfalls: ["one database takes all writes"],
  references: [securityHub("RDS.8"), checkov("CKV_AWS_293"), cdkNag("AwsSolutions-RDS10")],
  remediation:
    "Set deletionProtection to true. To delete it on purpose, set it to false in an update of its own first.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.database],
  check: (database) => {
    // What it holds is in its source, too.
    if (isReplica(database)) return NOT_APPLICABLE;
    return expect(database.flag("deletionProtection"), () => "its deletionProtection is false.");
  },
};
