import { TYPES } from "../../model/types.ts";
import { checkov } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const certificateReplacedFirst: Rule = {
  name: "certificate-replaced-first",
  title: "A certificate is replaced before the old one goes",
  why: "Deleted first, it leaves the listener without a certificate, or AWS refuses to delete it because a listener uses it.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [checkov("CKV_AWS_233")],
  remediation: "Do not set deleteBeforeReplace on the certificate.",
  level: MANDATORY,
  types: [TYPES.certificate],
  check: (certificate) =>
    expect(!certificate.options.deleteBeforeReplace, () => "it is deleted before it is replaced."),
};
