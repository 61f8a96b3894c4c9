/** Default tags, ignored tags, and the `tags` and `tagsAll` of a resource. */
import type { TagPolicy } from "./provider.ts";
import type { TagChange } from "./resource.ts";
import type { TypeSchema } from "./schema.ts";
import { holdsUnknown, isObject, UNKNOWN, type Value, type Values } from "./values.ts";

export const NO_TAGS: TagPolicy = { defaults: {}, ignores: () => false };

/** True for types that carry tags. */
export function isTaggable(schema: TypeSchema): boolean {
  return "tags" in schema.properties && "tagsAll" in schema.outputs;
}

/** All tags that a resource is to have: the provider's defaults under its own. */
export function allTags(policy: TagPolicy, inputs: Values): Value {
  if (inputs.tags === UNKNOWN) return UNKNOWN;
  return { ...policy.defaults, ...(isObject(inputs.tags) ? inputs.tags : {}) };
}

/** Splits the tags that the account has into `tags` and `tagsAll`, as far as they are the program's business. */
export function splitTags(policy: TagPolicy, known: Values, told: Values): Pick<Values, "tags" | "tagsAll"> {
  const own = isObject(known.tags) ? known.tags : {};
  const counted = Object.entries(isObject(told.tags) ? told.tags : {}).filter(
    ([key]) => !key.startsWith("aws:") && !policy.ignores(key),
  );
  const tags = counted.filter(([key, value]) => Object.hasOwn(own, key) || policy.defaults[key] !== value);
  return { tags: tags.length > 0 ? Object.fromEntries(tags) : undefined, tagsAll: Object.fromEntries(counted) };
}

/** What has to change so that a resource with `before` has `after`. */
export function tagChange(before: Value, after: Value): TagChange | undefined {
  const old = (isObject(before) ? before : {}) as Record<string, string>;
  const all = (isObject(after) ? after : {}) as Record<string, string>;
  const set = Object.fromEntries(
    Object.entries(all).filter(([key, value]) => !Object.hasOwn(old, key) || old[key] !== value),
  );
  const remove = Object.keys(old).filter((key) => !Object.hasOwn(all, key));
  return Object.keys(set).length + remove.length > 0 ? { all, set, remove } : undefined;
}

/** True when default tags alone call for an update. */
export function tagsDiffer(state: Value, planned: Value): boolean {
  return holdsUnknown(planned) || tagChange(state, planned) !== undefined;
}
