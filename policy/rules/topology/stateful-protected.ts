import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const statefulProtected: Rule = {
  name: "stateful-protected",
  title: "Pulumi does not delete databases, buckets and public zones unless their protection is lifted first",
  why: "A renamed resource or a wrong stack would otherwise take the data, or the name of the site, with it.",
  severity: "high",
  pitfalls: ["one database takes all writes"],
  references: [wellArchitected("REL", 9)],
  remediation: "Create it with the resource option protect: true.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.database, TYPES.bucket, TYPES.zone],
  check: (resource) => {
    const remade =
      resource.type === TYPES.database ? isReplica(resource) : resource.type === TYPES.zone && resource.isSet("vpcs");
    if (remade) return NOT_APPLICABLE;
    return expect(resource.options.protect, () => "it is not protected.");
  },
};
