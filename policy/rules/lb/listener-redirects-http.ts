import { protocolOf } from "../../aws/balancer.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub, trivy } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const PERMANENT = ["HTTP_301", "HTTP_308"];

export const listenerRedirectsHttp: Rule = {
  name: "listener-redirects-http",
  title: "A listener for HTTP does nothing but redirect to HTTPS",
  why: "Whoever comes over HTTP would otherwise send names, passwords and cookies in the clear.",
  severity: "medium",
  pitfalls: ["TLS ends at the load balancer"],
  references: [
    securityHub("ELB.1"),
    checkov("CKV_AWS_2"),
    checkov("CKV2_AWS_20"),
    cdkNag("ALBHttpToHttpsRedirection"),
    trivy("AWS-0054"),
  ],
  remediation:
    'Give the listener one default action of type "redirect" with protocol "HTTPS", port "443" and statusCode "HTTP_301".',
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.listener],
  check: (listener) => {
    if (protocolOf(listener) !== "HTTP") return NOT_APPLICABLE;
    const [action, ...more] = listener.each("defaultActions");
    const redirects =
      more.length === 0 &&
      action?.text("type") === "redirect" &&
      action.text("redirect.protocol") === "HTTPS" &&
      action.text("redirect.port") === "443" &&
      PERMANENT.includes(action.text("redirect.statusCode") ?? "");
    return expect(redirects, () => {
      const types = listener.each("defaultActions").map((each) => each.text("type"));
      return `its default actions are: ${types.join(", ") || "none"}.`;
    });
  },
};
