import { TYPES } from "../../model/types.ts";
import { checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const databaseNotPublic: Rule = {
  name: "database-not-public",
  title: "A database has no public address",
  why: "Everybody can try passwords and exploits on it, with nothing but one firewall rule in between.",
  severity: "critical",
  pitfalls: ["all parts on one server"],
  references: [securityHub("RDS.2"), checkov("CKV_AWS_17"), cis("2.3.3")],
  remediation: "Set publiclyAccessible to false.",
  level: MANDATORY,
  types: [TYPES.database],
  check: (database) => expect(!database.flag("publiclyAccessible"), () => "its publiclyAccessible is true."),
};
