import { TYPES } from "../../model/types.ts";
import { checkov, wellArchitected } from "../../references.ts";
import { MANDATORY, type Rule, violation } from "../../rule.ts";

export const noUsers: Rule = {
  name: "no-users",
  title: "There are roles instead of users with keys",
  why: "Keys of a user do not expire, and are found in repositories and on laptops years later.",
  severity: "medium",
  references: [checkov("CKV_AWS_273"), wellArchitected("SEC", 2)],
  remediation: "Create a Role, and let people take it by the account's provider of identities.",
  level: MANDATORY,
  types: [TYPES.iamUser, TYPES.accessKey],
  check: (resource) => violation(`it is ${resource.type === TYPES.iamUser ? "a user" : "an access key"}.`),
};
