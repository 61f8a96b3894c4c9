import { TYPES } from "../../model/types.ts";
import { aws } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const webAclScope: Rule = {
  name: "web-acl-scope",
  title: "A web ACL for a load balancer is a regional one",
  why: "AWS refuses to put one for CloudFront before a load balancer, in the middle of the deployment.",
  severity: "medium",
  references: [aws("Web ACL associations", "waf/latest/developerguide/web-acl-associating-aws-resource.html")],
  remediation: 'Set scope to "REGIONAL".',
  level: MANDATORY,
  types: [TYPES.webAcl],
  check: (acl) => {
    // CloudFront names its web ACL itself.
    if (acl.usedBy(TYPES.webAclAssociation, "webAclArn").length === 0) return NOT_APPLICABLE;
    const scope = acl.text("scope");
    return expect(scope === "REGIONAL", () => `its scope is ${scope}.`);
  },
};
