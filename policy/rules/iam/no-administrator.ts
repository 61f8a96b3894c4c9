import type { Statement } from "../../aws/document.ts";
import { allowedBy, isAboutEverything, PERMISSIONS } from "../../aws/permissions.ts";
import { checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const ALL = ["*", "*:*"];

export const noAdministrator: Rule = {
  name: "no-administrator",
  title: "Nobody may do everything",
  why: "Whoever gets hold of one machine has the account.",
  severity: "high",
  references: [securityHub("IAM.1"), checkov("CKV_AWS_62"), checkov("CKV_AWS_63"), cis("1.16")],
  remediation: "Name the actions and the resources that are needed.",
  level: MANDATORY,
  types: PERMISSIONS,
  check: (resource) => {
    const allowed = allowedBy(resource);
    if (allowed === undefined) return NOT_APPLICABLE;
    return expect(!allowed.some(isEverything), () => "it allows every action on every resource.");
  },
};

const isEverything = (statement: Statement): boolean =>
  isAboutEverything(statement) &&
  (statement.actions.some((action) => ALL.includes(action)) || statement.notActions.length > 0);
