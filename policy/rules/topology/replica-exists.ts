import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { expect, MANDATORY_FROM_STAGING, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const replicaExists: Rule = {
  name: "replica-exists",
  title: "A database has a replica that reads",
  why: "Otherwise all reads and all writes meet on one machine, and nothing can be promoted when it is lost.",
  severity: "medium",
  pitfalls: ["one database takes all writes"],
  references: [wellArchitected("REL", 10)],
  remediation: "Add an aws.rds.Instance whose replicateSourceDb is this database.",
  level: MANDATORY_FROM_STAGING,
  types: [TYPES.database],
  check: (database) => {
    if (isReplica(database)) return NOT_APPLICABLE;
    return expect(database.usedBy(TYPES.database, "replicateSourceDb").length > 0, () => "no replica follows it.");
  },
};
