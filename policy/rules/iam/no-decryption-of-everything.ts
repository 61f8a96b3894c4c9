import type { Statement } from "../../aws/document.ts";
import { allowedBy, PERMISSIONS, takesIn } from "../../aws/permissions.ts";
import { securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const DECRYPTING = ["kms:Decrypt", "kms:ReEncryptFrom"];
/** Every resource, or every key. The id of a key is as long as any other's, so that question marks spell them all, too. */
const EVERY_KEY = /^(\*+|arn:\*|arn:[\w*?-]+:(\*|kms:(\*|[\w*?-]*:[\d*?]*:(key\/)?[*?-]+)))$/;

export const noDecryptionOfEverything: Rule = {
  name: "no-decryption-of-everything",
  title: "Nobody may decrypt with every key",
  why: "All data of the account is open to whoever gets hold of it, however well each key is kept.",
  severity: "medium",
  references: [securityHub("KMS.1"), securityHub("KMS.2")],
  remediation: "Name the ARN of the key as Resource.",
  level: MANDATORY,
  types: PERMISSIONS,
  check: (resource) => {
    const allowed = allowedBy(resource);
    if (allowed === undefined) return NOT_APPLICABLE;
    return expect(!allowed.some(decryptsAll), () => "it allows to decrypt with every key.");
  },
};

const decryptsAll = ({ actions, resources }: Statement): boolean =>
  resources.some((name) => EVERY_KEY.test(name)) &&
  actions.some((pattern) => DECRYPTING.some((action) => takesIn(pattern, action)));
