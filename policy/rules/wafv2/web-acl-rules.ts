import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { MANDATORY, type Rule, undecidable, violation } from "../../rule.ts";

const KNOWN_BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet";

export const webAclRules: Rule = {
  name: "web-acl-rules",
  title: "A web ACL stops known attacks and those who ask too much",
  why: "A web ACL without such rules lets everything through, and looks like protection.",
  severity: "medium",
  references: [securityHub("WAF.10"), checkov("CKV_AWS_175"), checkov("CKV_AWS_192")],
  remediation:
    "Give rules a managedRuleGroupStatement of AWSManagedRulesKnownBadInputsRuleSet and a rateBasedStatement.",
  level: MANDATORY,
  types: [TYPES.webAcl],
  check: (acl) => {
    if (acl.isSet("ruleJson")) return undecidable("ruleJson");
    const rules = acl.each("rules");
    const problems = [];
    const bad = rules.some((rule) => rule.text("statement.managedRuleGroupStatement.name") === KNOWN_BAD_INPUTS);
    if (!bad) problems.push(violation("it has no rule against known bad inputs."));
    const rate = rules.some((rule) => rule.isSet("statement.rateBasedStatement"));
    if (!rate) problems.push(violation("it has no rule against too many requests."));
    return problems;
  },
};
