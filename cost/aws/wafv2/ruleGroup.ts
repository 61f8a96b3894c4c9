import { fixed, free, hidden } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { listOf } from "../../read.ts";

/** Each rule costs as if it stood in the ACL. The group itself is one more rule of each ACL that has it, and priced there. */
export default {
  lines: (resource, context) => {
    const rules = listOf(resource, "rules") ?? [];
    if (typeof rules === "symbol") return [hidden("rules", "rules", rules)];
    if (rules.length === 0) return [free("rule group", "without rules: https://aws.amazon.com/waf/pricing/")];
    return [fixed(context, { item: "rules", key: "waf/rule", each: rules.length })];
  },
} satisfies Pricing;
