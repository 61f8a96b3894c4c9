import test from "ava";
import fc from "fast-check";
import type { TagPolicy } from "../../../../local/provider/core/provider.ts";
import type { TypeSchema } from "../../../../local/provider/core/schema.ts";
import {
  allTags,
  isTaggable,
  NO_TAGS,
  splitTags,
  tagChange,
  tagsDiffer,
} from "../../../../local/provider/core/tags.ts";
import { UNKNOWN } from "../../../../local/provider/core/values.ts";

const policy: TagPolicy = { defaults: { project: "web", tier: "any" }, ignores: (key) => key.startsWith("kube") };

test("types with tags of both kinds are taggable", (t) => {
  const tags = { type: "map<string>" } as const;
  const schema = (properties: TypeSchema["properties"], outputs: TypeSchema["outputs"]) => ({ properties, outputs });
  t.true(isTaggable(schema({ tags }, { tagsAll: tags })));
  t.false(isTaggable(schema({ tags }, {})));
  t.false(isTaggable(schema({}, { tagsAll: tags })));
});

test("default tags come under those of the program", (t) => {
  t.deepEqual(allTags(policy, { tags: { tier: "app", a: "b" } }), { project: "web", tier: "app", a: "b" });
  t.deepEqual(allTags(policy, {}), policy.defaults);
  t.is(allTags(policy, { tags: UNKNOWN }), UNKNOWN);
});

test("tags of the account are split into those of the program and all that count", (t) => {
  const told = { tags: { project: "web", tier: "app", "aws:x": "1", "kube/y": "1" } };
  t.deepEqual(splitTags(policy, { tags: { tier: "app" } }, told), {
    tags: { tier: "app" },
    tagsAll: { project: "web", tier: "app" },
  });
});

test("a default tag that the program sets itself to the same value stays the program's", (t) => {
  const told = { tags: { project: "web" } };
  t.deepEqual(splitTags(policy, { tags: { project: "web" } }, told).tags, { project: "web" });
  t.is(splitTags(policy, {}, told).tags, undefined);
});

test("a tag that somebody added or changed is seen", (t) => {
  t.deepEqual(splitTags(policy, {}, { tags: { project: "other", more: "1" } }).tags, { project: "other", more: "1" });
});

test("a change names what to set and what to remove", (t) => {
  t.deepEqual(tagChange({ a: "1", b: "1", c: "1" }, { a: "1", b: "2", d: "1" }), {
    all: { a: "1", b: "2", d: "1" },
    set: { b: "2", d: "1" },
    remove: ["c"],
  });
  t.is(tagChange({ a: "1" }, { a: "1" }), undefined);
  t.is(tagChange(undefined, undefined), undefined);
});

test("a change carried out leads from any tags to any others", (t) => {
  const tags = fc.dictionary(fc.string(), fc.string());
  fc.assert(
    fc.property(tags, tags, (before, after) => {
      const change = tagChange(before, after);
      const result = { ...before, ...change?.set };
      for (const key of change?.remove ?? []) delete result[key];
      t.deepEqual(Object.entries(result).sort(), Object.entries(after).sort());
    }),
  );
});

test("default tags alone can call for an update, and unknown ones always do", (t) => {
  t.true(tagsDiffer({ project: "web" }, allTags(policy, {})));
  t.false(tagsDiffer(policy.defaults, allTags(policy, {})));
  t.true(tagsDiffer({ a: "1" }, { a: UNKNOWN }));
  t.false(tagsDiffer(undefined, allTags(NO_TAGS, {})));
});
