import { isPublicBalancer } from "../../graph/users.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const balancerHasFirewall: Rule = {
  name: "balancer-has-firewall",
  title: "A web application firewall is in front of each public load balancer",
  why: "Known attacks and floods of requests would reach the servers.",
  severity: "medium",
  references: [securityHub("ELB.16"), checkov("CKV2_AWS_28"), cdkNag("ALBWAFEnabled")],
  remediation: "Add an aws.wafv2.WebAclAssociation whose resourceArn is the load balancer's arn.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    if (balancer.text("loadBalancerType") !== "application" || !isPublicBalancer(balancer)) return NOT_APPLICABLE;
    return expect(
      balancer.usedBy(TYPES.webAclAssociation, "resourceArn").length > 0,
      () => "no web ACL is associated with it.",
    );
  },
};
