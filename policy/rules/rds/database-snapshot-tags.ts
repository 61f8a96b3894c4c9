import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const databaseSnapshotTags: Rule = {
  name: "database-snapshot-tags",
  title: "Snapshots of a database carry its tags",
  why: "Nobody knows whose snapshots are on the bill, and rules by tag do not hold for them.",
  severity: "low",
  references: [securityHub("RDS.17"), checkov("CKV2_AWS_60")],
  remediation: "Set copyTagsToSnapshot to true.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (database) => expect(database.flag("copyTagsToSnapshot"), () => "its copyTagsToSnapshot is false."),
};
