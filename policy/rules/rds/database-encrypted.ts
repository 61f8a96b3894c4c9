import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const databaseEncrypted: Rule = {
  name: "database-encrypted",
  title: "A database is encrypted on disk",
  why: "Whoever gets a snapshot reads all data, and encryption cannot be turned on later without making the database anew.",
  severity: "high",
  references: [securityHub("RDS.3"), checkov("CKV_AWS_16"), cdkNag("AwsSolutions-RDS2"), cis("2.3.1")],
  remediation: "Set storageEncrypted to true.",
  level: MANDATORY,
  types: [TYPES.database],
  check: (database) => {
    // It is encrypted if its source is.
    if (isReplica(database)) return NOT_APPLICABLE;
    return expect(database.flag("storageEncrypted"), () => "its storageEncrypted is false.");
  },
};
