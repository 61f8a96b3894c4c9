import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, type Rule } from "../../rule.ts";

export const balancerDeletionProtection: Rule = {
  name: "balancer-deletion-protection",
  title: "A load balancer refuses to be deleted",
  why: "One wrong change takes the site's way in away, together with its address.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [securityHub("ELB.6"), checkov("CKV_AWS_150"), cdkNag("ELBDeletionProtectionEnabled")],
  remediation:
    "Set enableDeletionProtection to true. To delete it on purpose, set it to false in an update of its own first.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.loadBalancer],
  check: (balancer) =>
    expect(balancer.flag("enableDeletionProtection"), () => "its enableDeletionProtection is false."),
};
