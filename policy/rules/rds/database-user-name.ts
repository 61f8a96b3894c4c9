import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

/** What is tried first. */
const USUAL = ["admin", "administrator", "root", "master", "postgres", "awsuser"];

export const databaseUserName: Rule = {
  name: "database-user-name",
  title: "The master user of a database has a name of its own",
  why: "Half of what somebody must guess is known already.",
  severity: "medium",
  references: [securityHub("RDS.25")],
  remediation: "Set username to another name when the database is created.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (database) => {
    if (isReplica(database)) return NOT_APPLICABLE;
    const user = database.text("username") ?? "";
    return expect(!USUAL.includes(user.toLowerCase()), () => `its username is ${user}.`);
  },
};
