import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const databaseIamLogin: Rule = {
  name: "database-iam-login",
  title: "A database can be logged in to by roles",
  why: "Passwords do not expire and can be copied; what a role gets is gone after fifteen minutes.",
  severity: "medium",
  references: [securityHub("RDS.10"), checkov("CKV_AWS_161")],
  remediation: "Set iamDatabaseAuthenticationEnabled to true, and give people roles instead of passwords.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (database) =>
    expect(database.flag("iamDatabaseAuthenticationEnabled"), () => "its iamDatabaseAuthenticationEnabled is false."),
};
