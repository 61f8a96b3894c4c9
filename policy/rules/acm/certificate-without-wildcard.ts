import { TYPES } from "../../model/types.ts";
import { checkov } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const certificateWithoutWildcard: Rule = {
  name: "certificate-without-wildcard",
  title: "A certificate names the hosts that it is for",
  why: "With the key of a wildcard somebody can pass for every host of the domain, also for those of others.",
  severity: "low",
  references: [checkov("CKV2_AWS_71")],
  remediation: "Name each host in domainName and subjectAlternativeNames.",
  level: ADVISORY,
  types: [TYPES.certificate],
  check: (certificate) => {
    // What is imported names itself.
    if (!certificate.isSet("domainName")) return NOT_APPLICABLE;
    const names = [certificate.text("domainName"), ...certificate.list("subjectAlternativeNames").map(String)];
    const wildcards = names.filter((name) => name?.startsWith("*."));
    return expect(wildcards.length === 0, () => `it is for ${wildcards.join(", ")}.`);
  },
};
