import test from "ava";
import fc from "fast-check";
import { coerce, complete, DEFAULTS, type Naming, scalar } from "../../../../local/provider/core/defaults.ts";
import type { AutoName, Property, TypeSchema } from "../../../../local/provider/core/schema.ts";
import { UNKNOWN, type Values } from "../../../../local/provider/core/values.ts";

const naming: Naming = { name: "web", seed: new Uint8Array([1, 2, 3]) };
const schemaOf = (properties: Record<string, Property>, autoName?: AutoName): TypeSchema => ({
  properties,
  outputs: {},
  autoName,
});

test("defaults are filled in and listed, and what the program says stays", (t) => {
  const schema = schemaOf({
    path: { type: "string", default: "/" },
    force: { type: "boolean", default: false },
    size: { type: "integer", default: 8 },
    note: { type: "string" },
  });
  t.deepEqual(complete(schema, { size: 0, force: UNKNOWN }, {}, naming), {
    inputs: { path: "/", force: UNKNOWN, size: 0, [DEFAULTS]: ["path"] },
  });
});

test("defaults are filled in inside of nested objects", (t) => {
  const nested: Record<string, Property> = {
    type: { type: "string", default: "gp3" },
    arn: { type: "string", output: true, default: "never" },
    inner: { type: "object", properties: { on: { type: "boolean", default: true } } },
  };
  const schema = schemaOf({
    device: { type: "object", properties: nested },
    devices: { type: "list<object>", properties: nested },
  });
  const { inputs } = complete(schema, { device: { inner: {} }, devices: [{ type: "io2" }, UNKNOWN] }, {}, naming);
  t.deepEqual(inputs, {
    device: { type: "gp3", inner: { on: true } },
    devices: [{ type: "io2" }, UNKNOWN],
    [DEFAULTS]: [],
  });
});

test("a default stays away where the program sets what excludes it", (t) => {
  const schema = schemaOf({
    numeric: { type: "boolean", default: true, conflicts: ["number"] },
    number: { type: "boolean" },
  });
  t.deepEqual(complete(schema, { number: false }, {}, naming).inputs, { number: false, [DEFAULTS]: [] });
});

const NAME: AutoName = { property: "name", maxLength: 20 };
const named = (autoName: AutoName = NAME) =>
  schemaOf(
    { name: { type: "string", conflicts: ["namePrefix"] }, namePrefix: { type: "string", conflicts: ["name"] } },
    autoName,
  );

test("a name is made of the logical name and seven hexadecimal digits of the seed", (t) => {
  const { inputs } = complete(named(), {}, {}, naming);
  t.is(inputs.name, "web-039058c");
  t.deepEqual(inputs[DEFAULTS], ["name"]);
  t.is(complete(named(), {}, {}, naming).inputs.name, inputs.name);
  t.not(complete(named(), {}, {}, { ...naming, seed: new Uint8Array([4]) }).inputs.name, inputs.name);
});

test("a made-up name is kept, one that the program gave before is not", (t) => {
  const made = { name: "web-0000000", [DEFAULTS]: ["name"] };
  t.is(complete(named(), {}, made, naming).inputs.name, "web-0000000");
  t.is(complete(named(), {}, { name: "fixed", [DEFAULTS]: [] }, naming).inputs.name, "web-039058c");
});

test("no name is made beside a prefix or a name of the program's", (t) => {
  t.deepEqual(complete(named(), { namePrefix: "w" }, {}, naming).inputs, { namePrefix: "w", [DEFAULTS]: [] });
  t.deepEqual(complete(named(), { name: "w" }, {}, naming).inputs, { name: "w", [DEFAULTS]: [] });
});

test("names can be lower case, exact, or with another separator", (t) => {
  const nameOf = (more: Partial<AutoName>) =>
    complete(named({ ...NAME, ...more }), {}, {}, { ...naming, name: "Web" }).inputs.name;
  t.is(nameOf({ lowerCase: true }), "web-039058c");
  t.is(nameOf({ exact: true }), "Web");
  t.is(nameOf({ separator: "_" }), "Web_039058c");
});

test("a name has its ending while a property says so, also a name that is kept", (t) => {
  const { autoName, properties, outputs } = named({ ...NAME, ending: { when: "fifo", text: ".fifo" } });
  const schema: TypeSchema = { outputs, autoName, properties: { ...properties, fifo: { type: "boolean" } } };
  const nameOf = (fifo: boolean, olds: Values = {}) => complete(schema, { fifo }, olds, naming).inputs.name;
  t.is(nameOf(true), "web-039058c.fifo");
  t.is(nameOf(false), "web-039058c");
  t.is(nameOf(true, { name: "web-0000000.fifo", [DEFAULTS]: ["name"] }), "web-0000000.fifo");
  t.is(nameOf(false, { name: "web-0000000.fifo", [DEFAULTS]: ["name"] }), "web-0000000");
});

test("the project's autonaming decides where it is configured", (t) => {
  t.is(complete(named(), {}, {}, { ...naming, proposed: "acme-web" }).inputs.name, "acme-web");
  t.is(
    complete(named(), {}, {}, { ...naming, proposed: null }).problem,
    "name is required here, because pulumi:autonaming is disabled in this project",
  );
});

test("a name that would be too long says how long the logical name may be", (t) => {
  const { problem } = complete(named(), {}, {}, { ...naming, name: "a-rather-long-name" });
  t.is(
    problem,
    'name would be "a-rather-long-name-039058c" (26 characters, at most 20 are allowed); give the resource a logical name of at most 12 characters, or set name',
  );
});

test("every name that is made fits, or is a problem", (t) => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.integer({ min: 9, max: 30 }), (name, maxLength) => {
      const { inputs, problem } = complete(named({ ...NAME, maxLength }), {}, {}, { ...naming, name });
      if (problem === undefined) t.true(String(inputs.name).length <= maxLength);
      else t.true(name.length > maxLength - 8);
    }),
  );
});

test("scalars may be written as text, and numbers as strings are meant", (t) => {
  t.is(scalar("integer", "42"), 42);
  t.is(scalar("number", "4.2"), 4.2);
  t.is(scalar("boolean", "true"), true);
  t.is(scalar("boolean", "false"), false);
  t.is(scalar("string", 42), "42");
  t.is(scalar("string", false), "false");
});

test("what is no number or boolean stays for the check to report", (t) => {
  for (const text of ["", " ", "ten", "1,5"]) t.is(scalar("integer", text), text);
  t.is(scalar("boolean", "yes"), "yes");
});

test("documents become JSON text, also within lists and objects", (t) => {
  const policy: Property = { type: "string", format: "json" };
  const schema = {
    policy,
    policies: { ...policy, type: "list<string>" },
    inner: { type: "list<object>", properties: { policy } },
  } satisfies Record<string, Property>;
  const inputs: Values = {
    policy: { a: 1 },
    policies: [{ a: 1 }, "{}"],
    inner: [{ policy: { a: 1 } }],
    other: { a: 1 },
  };
  t.deepEqual(coerce(schema, inputs), {
    policy: '{"a":1}',
    policies: ['{"a":1}', "{}"],
    inner: [{ policy: '{"a":1}' }],
    other: { a: 1 },
  });
});

test("a document with a part that is not known yet is not known", (t) => {
  const schema: Record<string, Property> = { policy: { type: "string", format: "json" } };
  const document = { Statement: [{ Effect: "Allow", Resource: UNKNOWN }] };
  t.deepEqual(coerce(schema, { policy: document }), { policy: UNKNOWN });
});

test("the engine's own note of defaults is not an input", (t) => {
  t.deepEqual(coerce({}, { [DEFAULTS]: ["name"] }), {});
});

test("unknown values stay unknown", (t) => {
  const schema: Record<string, Property> = { count: { type: "integer" }, ports: { type: "list<integer>" } };
  t.deepEqual(coerce(schema, { count: UNKNOWN, ports: ["1", UNKNOWN] }), { count: UNKNOWN, ports: [1, UNKNOWN] });
});
