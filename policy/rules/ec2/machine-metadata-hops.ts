import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const machineMetadataHops: Rule = {
  name: "machine-metadata-hops",
  title: "Answers of the metadata service do not leave the machine",
  why: "Containers and proxies on the machine can pass the credentials of its role on.",
  severity: "medium",
  references: [securityHub("AutoScaling.4"), checkov("CKV_AWS_341")],
  remediation:
    "Set metadataOptions.httpPutResponseHopLimit to 1; to 2, and metadataHops in the review's configuration, where containers need it.",
  level: MANDATORY,
  types: [TYPES.launchTemplate, TYPES.instance],
  check: (machine, { thresholds }) => {
    if (machine.text("metadataOptions.httpEndpoint") === "disabled") return NOT_APPLICABLE;
    const hops = Number(machine.number("metadataOptions.httpPutResponseHopLimit"));
    return expect(hops <= thresholds.metadataHops, () => `its metadataOptions.httpPutResponseHopLimit is ${hops}.`);
  },
};
