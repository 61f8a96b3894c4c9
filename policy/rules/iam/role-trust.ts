import { type Statement, statementsIn } from "../../aws/document.ts";
import { TYPES } from "../../model/types.ts";
import { checkov } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

/** Every identity of an account, by its number or its root. */
const WHOLE_ACCOUNT = /^(\d{12}|arn:[\w-]+:iam::\d{12}:root)$/;

export const roleTrust: Rule = {
  name: "role-trust",
  title: "A role says exactly who may take it",
  why: "Everybody in an account, or anybody at all, can act as the role.",
  severity: "high",
  references: [checkov("CKV_AWS_60"), checkov("CKV_AWS_61")],
  remediation:
    "Name a service or a role as Principal in assumeRolePolicy. Give an account, or a provider of identities, a Condition.",
  level: MANDATORY,
  types: [TYPES.role],
  check: (role) => {
    const open = statementsIn(role, "assumeRolePolicy")
      .filter(({ allows }) => allows)
      .flatMap(openTo);
    return expect(open.length === 0, () => `${open.join(", ")} may take it.`);
  },
};

function openTo({ principals, conditions }: Statement): readonly string[] {
  const { AWS = [], Service = [], Federated = [] } = principals;
  const anybody = [...AWS, ...Service].filter((name) => name === "*").map(() => "everybody");
  if (conditions.length > 0) return anybody;
  return [...anybody, ...AWS.filter((name) => WHOLE_ACCOUNT.test(name)), ...Federated];
}
