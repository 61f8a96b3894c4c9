import { TYPES } from "../../model/types.ts";
import { checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const databaseMinorUpgrades: Rule = {
  name: "database-minor-upgrades",
  title: "A database takes minor versions by itself",
  why: "Known holes stay open until somebody thinks of them.",
  severity: "high",
  references: [securityHub("RDS.13"), checkov("CKV_AWS_226"), cis("2.3.2")],
  remediation: "Leave autoMinorVersionUpgrade out, or set it to true.",
  level: MANDATORY,
  types: [TYPES.database],
  check: (database) => expect(database.flag("autoMinorVersionUpgrade"), () => "its autoMinorVersionUpgrade is false."),
};
