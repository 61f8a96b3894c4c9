import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const databaseStandby: Rule = {
  name: "database-standby",
  title: "A database that takes writes has a standby in another zone",
  why: "When its zone or its disk fails nobody can write until somebody has restored or promoted another one.",
  severity: "high",
  pitfalls: ["single point of failure", "one database takes all writes"],
  references: [securityHub("RDS.5"), checkov("CKV_AWS_157"), cdkNag("AwsSolutions-RDS3")],
  remediation: "Set multiAz to true.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.database],
  check: (database) => {
    if (isReplica(database)) return NOT_APPLICABLE;
    return expect(database.flag("multiAz"), () => "its multiAz is false.");
  },
};
