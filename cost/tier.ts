import type { Value } from "../plan/values.ts";
import { propertyOf, type Resource } from "./resource.ts";

/** The tag that says to which tier of an application a resource belongs. */
const TAG = "tier";

/** Undefined where a resource has no such tag, or cannot have one. */
export function tierOf(resource: Resource | undefined): string | undefined {
  if (resource === undefined) return undefined;
  return tagIn(propertyOf(resource, "tags")) ?? tagIn(propertyOf(resource, "tagsAll"));
}

/** Tags are a table, or for a scaling group a list of `{key, value}`. */
function tagIn(tags: Value | undefined): string | undefined {
  if (typeof tags !== "object" || tags === null) return undefined;
  const table: Readonly<Record<string, Value | undefined>> = Array.isArray(tags)
    ? Object.fromEntries(tags.flatMap((tag) => (isTag(tag) ? [[tag.key, tag.value]] : [])))
    : (tags as Readonly<Record<string, Value | undefined>>);
  const tier = table[TAG];
  return typeof tier === "string" ? tier : undefined;
}

const isTag = (tag: Value): tag is { readonly key: string; readonly value: Value } =>
  typeof tag === "object" && tag !== null && "key" in tag && typeof tag.key === "string";
