import type { Statement } from "../../aws/document.ts";
import { allowedBy, takesIn } from "../../aws/permissions.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { ADVISORY, NOT_APPLICABLE, PASSED, type Rule, violation } from "../../rule.ts";

export const oneSecretPerRole: Rule = {
  name: "one-secret-per-role",
  title: "A role reads one secret at most, and uses no key for it but that secret's",
  why: "A role that reads several secrets gives all of them away with one machine.",
  severity: "medium",
  references: [wellArchitected("SEC", 3)],
  remediation:
    "Let the role's policies together name one secret's arn, and only the key of that secret's kmsKeyId. Give others roles of their own.",
  level: ADVISORY,
  types: [TYPES.role],
  check: (role) => {
    const policies = policiesOf(role);
    const about = policies.map((policy) => policy.references(documentOf(policy)));
    const secrets = new Set(about.flat().filter(({ type }) => type === TYPES.secret));
    const own = new Set([...secrets].flatMap((secret) => secret.references("kmsKeyId")));
    // A policy that is about no secret may have keys for what else there is.
    const keys = about.filter((each) => each.some(({ type }) => type === TYPES.secret)).flat();
    const foreign = new Set(keys.filter((key) => key.type === TYPES.kmsKey && !own.has(key)));
    if (secrets.size > 1 || foreign.size > 0)
      return violation(`it is about: ${[...secrets, ...foreign].map(({ name }) => name).join(", ")}.`);
    // Those that are known first: what one of them allows is so, whatever the others say.
    const reading = policies
      .toSorted((one, other) => Number(isKnown(other)) - Number(isKnown(one)))
      .some((policy) => (allowedBy(policy) ?? []).some(readsEverySecret));
    if (reading) return violation("it may read every secret.");
    return secrets.size === 0 ? NOT_APPLICABLE : PASSED;
  },
};

/** Whether resources are of any name: `*`, `arn:aws:secretsmanager:*:*:secret:*`. */
function readsEverySecret({ actions, resources, notResources }: Statement): boolean {
  const all = notResources.length > 0 || resources.some((pattern) => takesIn(pattern, SOME_SECRET));
  return all && actions.some((action) => takesIn(action, "secretsmanager:GetSecretValue"));
}

const SOME_SECRET = "arn:aws:secretsmanager:region:account:secret:any";

/** The property that has the document of a policy, or those inside a role. */
const documentOf = ({ type }: Resource): string => (type === TYPES.role ? "inlinePolicies" : "policy");
const isKnown = (policy: Resource): boolean => policy.isKnown(documentOf(policy));

/** What says what a role may do: documents inside it and beside it, and policies of this stack that are attached to it. */
function policiesOf(role: Resource): readonly Resource[] {
  const attachments = [
    ...role.usedBy(TYPES.rolePolicyAttachment, "role"),
    ...role.usedBy(TYPES.iamPolicyAttachment, "roles"),
  ];
  return [
    role,
    ...role.usedBy(TYPES.rolePolicy, "role"),
    ...attachments.flatMap((attachment) => attachment.references("policyArn", TYPES.iamPolicy)),
  ];
}
