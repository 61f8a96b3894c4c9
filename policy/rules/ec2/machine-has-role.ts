import { TYPES } from "../../model/types.ts";
import { checkov, cis } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const machineHasRole: Rule = {
  name: "machine-has-role",
  title: "A machine has a role of its own",
  why: "Without one, whatever needs AWS on it needs keys that do not expire, and SSM cannot reach it.",
  severity: "medium",
  references: [cis("1.18"), checkov("CKV2_AWS_41")],
  remediation: "Set iamInstanceProfile.",
  level: MANDATORY,
  types: [TYPES.launchTemplate, TYPES.instance],
  check: (machine) => expect(machine.isSet("iamInstanceProfile"), () => "it has no iamInstanceProfile."),
};
