import { TYPES } from "../../model/types.ts";
import { cdkNag, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const ENCRYPTED = ["HTTPS", "TLS"];

export const listenerHasCertificate: Rule = {
  name: "listener-has-certificate",
  title: "A listener for HTTPS or TLS has a certificate",
  why: "Without one no client can connect, or the listener is refused when it is created.",
  severity: "high",
  pitfalls: ["TLS ends at the load balancer"],
  references: [securityHub("ELB.18"), cdkNag("ELBv2ACMCertificateRequired")],
  remediation: "Set certificateArn to that of a CertificateValidation, so that the listener waits for it to be issued.",
  level: MANDATORY,
  types: [TYPES.listener],
  check: (listener) => {
    if (!ENCRYPTED.includes(listener.text("protocol") ?? "")) return NOT_APPLICABLE;
    return expect(listener.isSet("certificateArn"), () => "it has no certificateArn.");
  },
};
