import { TYPES } from "../../model/types.ts";
import { checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const machineMetadataTokens: Rule = {
  name: "machine-metadata-tokens",
  title: "A machine's metadata service answers only who has a token",
  why: "A request that somebody talks the application into reads the credentials of the machine's role.",
  severity: "high",
  references: [
    securityHub("AutoScaling.3"),
    securityHub("EC2.8"),
    securityHub("EC2.170"),
    checkov("CKV_AWS_79"),
    cis("5.6"),
  ],
  remediation: 'Set metadataOptions.httpTokens to "required".',
  level: MANDATORY,
  types: [TYPES.launchTemplate, TYPES.instance],
  check: (machine) => {
    if (machine.text("metadataOptions.httpEndpoint") === "disabled") return NOT_APPLICABLE;
    const tokens = machine.text("metadataOptions.httpTokens") ?? "";
    return expect(tokens === "required", () => `its metadataOptions.httpTokens is ${tokens}.`);
  },
};
