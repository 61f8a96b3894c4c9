import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const keyProtected: Rule = {
  name: "key-protected",
  title: "Pulumi does not delete a key unless its protection is lifted first, or leaves it in the account",
  why: "With a key goes whatever is encrypted with it, backups among it. AWS waits some days, and then it is final.",
  severity: "medium",
  pitfalls: ["one database takes all writes"],
  references: [wellArchitected("REL", 9), wellArchitected("SEC", 8)],
  remediation: "Create it with the resource option protect: true or retainOnDelete: true.",
  level: ADVISORY,
  types: [TYPES.kmsKey],
  check: ({ options }) =>
    expect(options.protect || options.retainOnDelete, () => "it is neither protected nor retained."),
};
