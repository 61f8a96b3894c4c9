import { disksOf } from "../../aws/disks.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, cis, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const disksEncrypted: Rule = {
  name: "disks-encrypted",
  title: "Disks are encrypted",
  why: "Whoever gets a snapshot, or a copy of the disk, reads it.",
  severity: "medium",
  references: [
    securityHub("EC2.3"),
    securityHub("EC2.181"),
    checkov("CKV_AWS_8"),
    checkov("CKV_AWS_3"),
    cdkNag("AwsSolutions-EC26"),
    cis("2.2.1"),
  ],
  remediation: "Set encrypted to true for each disk, and for the root disk too.",
  level: MANDATORY,
  types: [TYPES.launchTemplate, TYPES.instance, TYPES.ebsVolume],
  check: (resource) => {
    const plain = disksOf(resource).filter(({ encrypted }) => !encrypted);
    return expect(plain.length === 0, () => `not encrypted: ${plain.map(({ name }) => name).join(", ")}.`);
  },
};
