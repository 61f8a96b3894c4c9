import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";
import { type Statement, statementsIn } from "./document.ts";

/** The types that hold what somebody may do. */
export const PERMISSIONS = [
  TYPES.rolePolicy,
  TYPES.iamPolicy,
  TYPES.userPolicy,
  TYPES.groupPolicy,
  TYPES.role,
] as const;

/** What a resource allows, of all documents in it; undefined where it holds none. */
export function allowedBy(resource: Resource): readonly Statement[] | undefined {
  const holders = resource.type === TYPES.role ? resource.each("inlinePolicies") : [resource];
  if (holders.length === 0) return undefined;
  return holders.flatMap((holder) => statementsIn(holder, "policy")).filter(({ allows }) => allows);
}

/** Whether a statement is about a resource of any name. */
export function isAboutEverything({ resources, notResources }: Statement): boolean {
  return resources.some((pattern) => EVERYTHING.test(pattern)) || notResources.length > 0;
}

/** `*`, and ARNs that say no more, such as `arn:aws:*`. */
const EVERYTHING = /^(\*+|arn:\*|arn:[\w*-]+(:\*)+)$/;

/** Services whose ARNs have the name where others have the kind of the resource. Source: service authorization reference, resource types. */
const WITHOUT_KINDS = ["s3", "sns", "sqs"];

/** Whether a pattern of ARNs is about any resource of its kind: it has no letter where the name would be, as in `secret:*`, `key/????` and `arn:aws:kms:*`. */
export function isAboutAnyOfKind(pattern: string): boolean {
  const [, , service = "", , , ...rest] = pattern.split(":");
  // A star takes in colons too.
  if (rest.length === 0) return /^arn:.*\*$/.test(pattern);
  const name = rest.join(":");
  return !/[a-z\d]/i.test(WITHOUT_KINDS.includes(service) ? name : name.replace(/^[a-z-]+[:/]/i, ""));
}

/** Whether a pattern of actions such as `kms:*` takes in an action. AWS does not tell upper from lower case. */
export function takesIn(pattern: string, action: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "i").test(action);
}
