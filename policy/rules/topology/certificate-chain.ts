import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule, undecidable } from "../../rule.ts";

export const certificateChain: Rule = {
  name: "certificate-chain",
  title: "A listener waits until its certificate is issued, and the proof for it is in the stack's own zone",
  why: "A listener with a certificate that is not issued fails, and one that is proved by hand is not renewed.",
  severity: "medium",
  pitfalls: ["downtime while deploying", "TLS ends at the load balancer"],
  references: [securityHub("ACM.1"), wellArchitected("SEC", 9)],
  remediation:
    "Take certificateArn from an aws.acm.CertificateValidation, and its validationRecordFqdns from aws.route53.Record resources.",
  level: MANDATORY,
  types: [TYPES.listener],
  check: (listener) => {
    if (!["HTTPS", "TLS"].includes(listener.text("protocol") ?? "") || !listener.isSet("certificateArn"))
      return NOT_APPLICABLE;
    const sources = listener.references("certificateArn");
    if (sources.length === 0) return undecidable("certificateArn");
    const [certificate] = listener.references("certificateArn", TYPES.certificate);
    // An imported certificate is issued by whoever made it.
    if (certificate?.isSet("certificateBody")) return NOT_APPLICABLE;
    const [validation] = listener.references("certificateArn", TYPES.certificateValidation);
    if (validation === undefined)
      return expect(false, () => "its certificateArn comes from a certificate that may not be issued yet.");
    const proofs = validation.references("validationRecordFqdns", TYPES.record);
    const zoned = proofs.some((record) => record.references("zoneId", TYPES.zone).length > 0);
    return expect(zoned, () => `the proof for ${validation.name} is in no zone of this stack.`);
  },
};
