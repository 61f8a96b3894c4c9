import { balancerOf, isPublic } from "../../aws/balancer.ts";
import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const listenerStrictTransport: Rule = {
  name: "listener-strict-transport",
  title: "Browsers are told to come by HTTPS only",
  why: "The first request of each visit may go out in plain HTTP, and whoever is in between can answer it.",
  severity: "low",
  references: [
    wellArchitected("SEC", 9),
    aws("ALB header modification", "elasticloadbalancing/latest/application/header-modification.html"),
  ],
  remediation: 'Set routingHttpResponseStrictTransportSecurityHeaderValue, for instance to "max-age=31536000".',
  level: ADVISORY,
  types: [TYPES.listener],
  check: (listener) => {
    if (listener.text("protocol") !== "HTTPS") return NOT_APPLICABLE;
    const balancer = balancerOf(listener);
    // Browsers do not come to an internal one.
    if (balancer !== undefined && !isPublic(balancer)) return NOT_APPLICABLE;
    return expect(
      listener.isSet("routingHttpResponseStrictTransportSecurityHeaderValue"),
      () => "it does not send Strict-Transport-Security.",
    );
  },
};
