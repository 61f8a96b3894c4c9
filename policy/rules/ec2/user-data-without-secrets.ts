import { USER_DATA, userDataOf } from "../../aws/user-data.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

/** What only a secret looks like. A file's name, a variable or an ARN is none. */
const SECRETS: readonly (readonly [string, RegExp])[] = [
  ["an access key of AWS", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a private key", /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  [
    "a password",
    /(?:^|[\s_"'-])(?:password|passwd|pwd|secret_?key|api_?key)["']?\s*[=:]\s*["']?[^\s"'$<>(){}/%\\;]{6,}/im,
  ],
];
/** Types whose value is a secret. */
const SOURCES: readonly string[] = [TYPES.randomPassword, TYPES.secretVersion, TYPES.privateKey];

export const userDataWithoutSecrets: Rule = {
  name: "user-data-without-secrets",
  title: "User data has no secret in it",
  why: "Everybody who may describe the machine or the template, and every process on the machine, can read its user data.",
  severity: "critical",
  references: [checkov("CKV_AWS_46"), wellArchitected("SEC", 2)],
  remediation:
    "Take the secret out, give the machine's role leave to read it from Secrets Manager, and fetch it when the machine starts. Change the secret.",
  level: MANDATORY,
  types: [TYPES.launchTemplate, TYPES.instance],
  check: (machine) => {
    const [source] = USER_DATA.flatMap((property) => machine.references(property)).filter(({ type }) =>
      SOURCES.includes(type),
    );
    if (source) return violation(`the value of ${source.name} is in its user data.`);
    const data = userDataOf(machine);
    if (data === undefined) return NOT_APPLICABLE;
    const found = SECRETS.filter(([, pattern]) => pattern.test(data)).map(([what]) => what);
    return expect(found.length === 0, () => `there is ${found.join(" and ")} in its user data.`);
  },
};
