import test from "ava";
import { DEFAULTS } from "../../../../local/provider/core/defaults.ts";
import { type Difference, differences, nameIsTaken, roots } from "../../../../local/provider/core/diff.ts";
import type { Property, TypeSchema } from "../../../../local/provider/core/schema.ts";
import { UNKNOWN, type Values } from "../../../../local/provider/core/values.ts";

const schemaOf = (properties: Record<string, Property>): TypeSchema => ({ properties, outputs: {} });

/** Differences in short: `~` an update, `+` an addition, `-` a deletion, and `!` behind what replaces. */
const short = (found: Difference[]): string[] =>
  found.map(({ path, kind, replace }) => `${{ update: "~", add: "+", delete: "-" }[kind]}${path}${replace ? "!" : ""}`);

const diff = (properties: Record<string, Property>, state: Values, inputs: Values, ignored: string[] = []) =>
  short(differences(schemaOf(properties), state, inputs, ignored));

const text: Property = { type: "string" };

test("a property comes, goes and changes", (t) => {
  t.deepEqual(diff({ a: text, b: text, c: text, d: text }, { a: "1", b: "1", d: "1" }, { a: "2", c: "1", d: "1" }), [
    "~a",
    "-b",
    "+c",
  ]);
});

test("a value that becomes false, zero or empty changes, it does not go", (t) => {
  const schema: Record<string, Property> = { on: { type: "boolean" }, ttl: { type: "integer" }, note: text };
  t.deepEqual(diff(schema, { on: true, ttl: 300, note: "a" }, { on: false, ttl: 0, note: "" }), [
    "~on",
    "~ttl",
    "~note",
  ]);
  t.deepEqual(diff(schema, { on: false, ttl: 0, note: "" }, { on: true, ttl: 300, note: "a" }), [
    "~on",
    "~ttl",
    "~note",
  ]);
});

test("what AWS fills in is no difference while the program says nothing", (t) => {
  t.deepEqual(diff({ a: { type: "string", computed: true } }, { a: "1" }, {}), []);
  t.deepEqual(diff({ a: { type: "string", computed: true } }, { a: "1" }, { a: "2" }), ["~a"]);
});

test("an unknown value is a difference, in a computed property as well", (t) => {
  t.deepEqual(diff({ a: text }, { a: "1" }, { a: UNKNOWN }), ["~a"]);
  t.deepEqual(diff({ a: { type: "string", computed: true, replace: true } }, { a: "1" }, { a: UNKNOWN }), ["~a!"]);
});

test("write-only properties and what AWS tells are never a difference", (t) => {
  t.deepEqual(diff({ password: { type: "string", writeOnly: true } }, {}, { password: "new" }), []);
  t.deepEqual(diff({ arn: { type: "string", output: true } }, { arn: "a" }, {}), []);
});

test("a property that cannot change in place replaces", (t) => {
  const schema: Record<string, Property> = { name: { type: "string", replace: true } };
  t.deepEqual(diff(schema, { name: "a" }, { name: "b" }), ["~name!"]);
  t.deepEqual(diff(schema, { name: "a" }, {}), ["-name!"]);
  t.deepEqual(diff(schema, {}, { name: "a" }), ["+name!"]);
});

test("a property that replaces sometimes asks the type, which sees the inputs that are known", (t) => {
  const schema = schemaOf({ tenancy: { type: "string", replace: "sometimes" }, size: text });
  const asked: unknown[] = [];
  const decide = (property: string, before: unknown, after: unknown, inputs: Values): boolean => {
    asked.push([property, before, after, inputs]);
    return after === "dedicated";
  };
  const of = (tenancy: string) =>
    short(differences(schema, { tenancy: "default" }, { tenancy, size: UNKNOWN }, [], decide));
  t.deepEqual(of("dedicated"), ["~tenancy!", "+size"]);
  t.deepEqual(of("host"), ["~tenancy", "+size"]);
  t.deepEqual(asked[0], ["tenancy", "default", "dedicated", { tenancy: "dedicated" }]);
});

test("entries of a map are told by their keys", (t) => {
  const schema: Record<string, Property> = { tags: { type: "map<string>" } };
  const before = { tags: { a: "1", "b.c": "1", 'd"e': "1", same: "1" } };
  const after = { tags: { a: "2", "b.c": "2", 'd"e': "2", same: "1", "aws:x": "1" } };
  t.deepEqual(diff(schema, before, after), ["~tags.a", '~tags["b.c"]', '~tags["d\\"e"]', '+tags["aws:x"]']);
  t.deepEqual(diff(schema, { tags: { a: "1" } }, { tags: { a: UNKNOWN } }), ["~tags.a"]);
});

test("entries of a list are told by their place", (t) => {
  const schema: Record<string, Property> = {
    rules: { type: "list<object>", properties: { port: { type: "integer" }, name: { type: "string", replace: true } } },
  };
  t.deepEqual(diff(schema, { rules: [{ port: 1 }, { port: 2 }] }, { rules: [{ port: 1 }, { port: 3 }, { port: 4 }] }), [
    "~rules[1].port",
    "+rules[2]",
  ]);
  t.deepEqual(diff(schema, { rules: [{ port: 1 }, { port: 2 }] }, { rules: [{ port: 1 }] }), ["-rules[1]"]);
  t.deepEqual(diff(schema, { rules: [{ name: "a" }] }, { rules: [{ name: "b" }] }), ["~rules[0].name!"]);
});

test("members of a set are told by what they are", (t) => {
  const schema: Record<string, Property> = { ids: { type: "set<string>" } };
  t.deepEqual(diff(schema, { ids: ["a", "b", "c"] }, { ids: ["c", "d", "a"] }), ["~ids[1]"]);
  t.deepEqual(diff(schema, { ids: ["a"] }, { ids: ["a", "b"] }), ["+ids[1]"]);
  t.deepEqual(diff(schema, { ids: ["a", "b"] }, { ids: ["b"] }), ["-ids[0]"]);
});

test("scalars of a list that only change their places are a difference", (t) => {
  t.deepEqual(diff({ names: { type: "list<string>" } }, { names: ["a", "b"] }, { names: ["b", "a"] }), ["~names"]);
});

test("a nested object that comes or goes replaces when a value in it would", (t) => {
  const device: Property = {
    type: "object",
    properties: { size: { type: "integer" }, key: { type: "string", replace: true } },
  };
  t.deepEqual(diff({ device }, {}, { device: { size: 1 } }), ["+device"]);
  t.deepEqual(diff({ device }, {}, { device: { key: "a" } }), ["+device!"]);
  t.deepEqual(diff({ device }, { device: { key: "a", size: 1 } }, {}), ["-device!"]);
  t.deepEqual(diff({ device }, { device: { key: "a", size: 1 } }, { device: { key: "a", size: 2 } }), ["~device.size"]);
});

test("a changed member of a set of objects replaces when a value in it would", (t) => {
  const devices: Property = { type: "set<object>", properties: { name: { type: "string", replace: true } } };
  t.deepEqual(diff({ devices }, { devices: [{ name: "a" }] }, { devices: [{ name: "b" }] }), ["~devices[0]!"]);
});

const tagged: Record<string, Property> = {
  tags: { type: "map<string>" },
  rules: { type: "list<object>", properties: { port: { type: "integer" } } },
  note: text,
};
const ignoring = (...ignored: string[]) =>
  diff(
    tagged,
    { tags: { a: "1", "b.c": "1" }, rules: [{ port: 1 }, { port: 2 }], note: "1" },
    { tags: { a: "2", "b.c": "2" }, rules: [{ port: 3 }, { port: 4 }], note: "2" },
    ignored,
  );
const ALL = ["~tags.a", '~tags["b.c"]', "~rules[0].port", "~rules[1].port", "~note"];

test("ignored paths cover themselves and all below them, and nothing beside them", (t) => {
  t.deepEqual(ignoring(), ALL);
  t.deepEqual(ignoring("tags"), ALL.slice(2));
  t.deepEqual(ignoring("tag", "not", "rules.port"), ALL);
  t.deepEqual(ignoring("tags.a", "note"), ALL.slice(1, 4));
  t.deepEqual(ignoring('tags["b.c"]'), [ALL[0], ...ALL.slice(2)]);
  t.deepEqual(ignoring('tags["a"]'), ALL.slice(1));
  t.deepEqual(ignoring("rules[0]"), [...ALL.slice(0, 2), ...ALL.slice(3)]);
});

test("a star in an ignored path stands for any name or index", (t) => {
  t.deepEqual(ignoring("rules[*].port"), [...ALL.slice(0, 2), "~note"]);
  t.deepEqual(ignoring("tags.*"), ALL.slice(2));
  t.deepEqual(ignoring("*"), []);
});

test("the roots of differing paths are the properties", (t) => {
  const found = differences(schemaOf(tagged), { tags: { a: "1" }, note: "1" }, { tags: { b: "1" }, note: "2" });
  t.deepEqual(roots(found), ["tags", "note"]);
});

test("a name that the program has fixed and kept is taken until the old one is gone", (t) => {
  const schema: TypeSchema = { ...schemaOf({ name: text }), autoName: { property: "name", maxLength: 9 } };
  t.true(nameIsTaken(schema, { name: "a" }, { name: "a", [DEFAULTS]: [] }));
  t.false(nameIsTaken(schema, { name: "a" }, { name: "b", [DEFAULTS]: [] }));
  t.false(nameIsTaken(schema, { name: "a" }, { name: "a", [DEFAULTS]: ["name"] }));
  t.false(nameIsTaken(schemaOf({ name: text }), { name: "a" }, { name: "a" }));
});

test("an empty object that says something by being there comes and goes", (t) => {
  const marker: Property = { type: "object", marker: true };
  const schema: Record<string, Property> = { action: { type: "object", properties: { allow: marker, block: marker } } };
  t.deepEqual(diff(schema, { action: { allow: {} } }, { action: { block: {} } }), ["-action.allow", "+action.block"]);
  t.deepEqual(diff(schema, {}, { action: { block: {} } }), ["+action"]);
  t.deepEqual(diff(schema, { action: { allow: {} } }, { action: { allow: {} } }), []);
});
