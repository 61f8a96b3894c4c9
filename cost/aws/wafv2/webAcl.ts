import type { Value } from "../../../plan/values.ts";
import type { Line } from "../../line.ts";
import { fixed, hidden, unknown, used } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { asGroup, asText, listOf, within } from "../../read.ts";

/** Managed groups that cost a fee of their own beside the rule. https://aws.amazon.com/waf/pricing/ */
const WITH_FEE = new Set([
  "AWSManagedRulesBotControlRuleSet",
  "AWSManagedRulesATPRuleSet",
  "AWSManagedRulesACFPRuleSet",
  "AWSManagedRulesAntiDDoSRuleSet",
]);

/** The ACL, each of its rules (a group of rules is one), and the requests. */
export default {
  usage: { requests: "requests that the ACL looks at" },
  lines: (resource, context) => {
    const rules = listOf(resource, "rules") ?? [];
    const fromText = resource.inputs.ruleJson !== undefined;
    const ruleLines = (): Line[] => {
      if (typeof rules === "symbol") return [hidden("rules", "rules", rules)];
      if (fromText) return [unknown("rules", "rules in ruleJson are not counted")];
      if (rules.length === 0) return [];
      return [
        fixed(context, { item: "rules and rule groups", key: "waf/rule", each: rules.length }),
        ...rules.flatMap(fee),
      ];
    };
    return [
      fixed(context, { item: "web ACL", key: "waf/web-acl" }),
      ...ruleLines(),
      used(context, { item: "requests", key: "waf/requests", usage: "requests", per: 1e-6 }),
    ];
  },
} satisfies Pricing;

function fee(rule: Value): Line[] {
  const group = asGroup(within(asGroup(within(asGroup(rule), "statement")), "managedRuleGroupStatement"));
  const name = asText(within(group, "name"));
  const vendor = asText(within(group, "vendorName"));
  if (typeof name !== "string") return [];
  if (vendor === "AWS" && !WITH_FEE.has(name)) return [];
  return [unknown(`managed group ${name}`, "the price book does not have the fee that its vendor takes")];
}
