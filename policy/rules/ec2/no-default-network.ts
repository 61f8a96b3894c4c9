import { TYPES } from "../../model/types.ts";
import { checkov } from "../../references.ts";
import { MANDATORY, type Rule, violation } from "../../rule.ts";

export const noDefaultNetwork: Rule = {
  name: "no-default-network",
  title: "Nothing is in the default network of the account",
  why: "All its subnets are public, everything in it can reach everything else, and others in the account use it too.",
  severity: "medium",
  references: [checkov("CKV_AWS_148")],
  remediation: "Create a Vpc instead of adopting the DefaultVpc.",
  level: MANDATORY,
  types: [TYPES.defaultVpc],
  check: () => violation("it is the default network."),
};
