import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const ADMINISTRATORS = ["AdministratorAccess", "PowerUserAccess"];

export const noAdministratorAttached: Rule = {
  name: "no-administrator-attached",
  title: "Nobody has one of AWS's policies for administrators",
  why: "Whoever gets hold of one machine has the account.",
  severity: "high",
  references: [checkov("CKV_AWS_274"), cdkNag("AwsSolutions-IAM4")],
  remediation: "Attach a policy of your own that names the actions and resources that are needed.",
  level: MANDATORY,
  types: [
    TYPES.rolePolicyAttachment,
    TYPES.iamPolicyAttachment,
    TYPES.userPolicyAttachment,
    TYPES.groupPolicyAttachment,
    TYPES.role,
  ],
  check: (resource) => {
    const property = resource.type === TYPES.role ? "managedPolicyArns" : "policyArn";
    // Its own policies are judged where they are written.
    if (resource.references(property).length > 0 || !resource.isSet(property)) return NOT_APPLICABLE;
    const names = resource.list(property).map((arn) => String(arn).split("/").at(-1) ?? "");
    const found = names.filter((name) => ADMINISTRATORS.includes(name));
    return expect(found.length === 0, () => `it attaches ${found.join(" and ")}.`);
  },
};
