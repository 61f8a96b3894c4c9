import test from "ava";
import fc from "fast-check";
import { checkInputs, isGiven } from "../../../../local/provider/core/check.ts";
import type { Property } from "../../../../local/provider/core/schema.ts";
import { ASSET, SIGNATURE, UNKNOWN, type Values } from "../../../../local/provider/core/values.ts";

type Schema = Record<string, Property>;

const reasons = (schema: Schema, inputs: Values): string[] => checkInputs(schema, inputs).map(({ reason }) => reason);

/** One property of a schema, the values that it takes, and those that it refuses with the rule's words. */
function rule(title: string, property: Property, takes: unknown[], refuses: [value: unknown, reason: string][]): void {
  test(title, (t) => {
    for (const value of [...takes, UNKNOWN]) t.deepEqual(reasons({ it: property }, { it: value }), []);
    for (const [value, reason] of refuses) t.deepEqual(reasons({ it: property }, { it: value }), [`it ${reason}`]);
  });
}

rule(
  "a string is one",
  { type: "string" },
  ["", "a"],
  [
    [1, "must be a string, got 1"],
    [{ a: 1 }, 'must be a string, got {"a":1}'],
  ],
);
rule("a number is one", { type: "number" }, [0, 1.5, -1], [["1", 'must be a number, got "1"']]);
rule("a whole number has no fraction", { type: "integer" }, [0, -1], [[1.5, "must be a whole number, got 1.5"]]);
rule("a boolean is one", { type: "boolean" }, [true, false], [["yes", 'must be true or false, got "yes"']]);
rule("an object is one", { type: "object", properties: {} }, [{}], [[[], "must be an object, got []"]]);
rule(
  "an asset is one",
  { type: "asset" },
  [{ [SIGNATURE]: ASSET, text: "x" }],
  [
    ["file", 'must be an asset, got "file"'],
    [{ path: "file" }, 'must be an asset, got {"path":"file"}'],
  ],
);
rule("anything goes where the schema says so", { type: "any" }, [1, "a", [], {}], []);
rule("a list is one", { type: "list<string>" }, [[], ["a", UNKNOWN]], [["a", 'must be a list, got "a"']]);
rule("a map is one", { type: "map<string>" }, [{}, { a: "b" }], [[["a"], 'must be a map, got ["a"]']]);
rule(
  "a list has as many entries as allowed",
  { type: "list<string>", minItems: 1, maxItems: 2 },
  [["a"], ["a", "b"]],
  [
    [[], "needs at least 1 entries, got 0"],
    [["a", "b", "c"], "takes at most 2 entries, got 3"],
  ],
);
rule(
  "only listed values are allowed",
  { type: "string", values: ["tcp", "udp"] },
  ["tcp"],
  [["TCP", 'must be one of tcp, udp, got "TCP"']],
);
rule(
  "case does not matter where the schema says so",
  { type: "string", values: ["tcp"], anyCase: true },
  ["TCP"],
  [["icmp", 'must be one of tcp, got "icmp"']],
);
rule(
  "a range includes its bounds",
  { type: "integer", range: [1, 3] },
  [1, 3],
  [
    [0, "must be from 1 to 3, got 0"],
    [4, "must be from 1 to 3, got 4"],
  ],
);
rule("a range may be open", { type: "integer", range: [1, null] }, [1, 1e9], [[0, "must be at least 1, got 0"]]);
rule("a range may be open below", { type: "integer", range: [null, 3] }, [-9], [[4, "must be at most 3, got 4"]]);
rule(
  "there may be several ranges",
  {
    type: "integer",
    ranges: [
      [0, 0],
      [7, 30],
    ],
  },
  [0, 7, 30],
  [[1, "must be 0 or from 7 to 30, got 1"]],
);
rule(
  "a text has the length that is allowed",
  { type: "string", minLength: 2, maxLength: 3 },
  ["ab", "abc"],
  [
    ["a", 'must have at least 2 characters but has 1, got "a"'],
    ["abcd", 'must have at most 3 characters but has 4, got "abcd"'],
  ],
);
rule(
  "a pattern is told by its meaning",
  { type: "string", pattern: ["^[a-z]+$", "lower-case letters"] },
  ["a"],
  [["A1", 'must be lower-case letters, got "A1"']],
);
test("a property that cannot be carried out is refused, also while its value is unknown", (t) => {
  const rule =
    "it is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider";
  for (const it of ["a", UNKNOWN]) t.deepEqual(reasons({ it: { type: "string", unsupported: true } }, { it }), [rule]);
});

const FORMATS: [format: NonNullable<Property["format"]>, takes: string[], refuses: string[], meaning: string][] = [
  [
    "cidr",
    ["10.0.0.0/16", "0.0.0.0/0", "192.0.2.1/32", ""],
    ["10.0.0.1/16", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/16/1", "10.0.0/16", "::/0", "10.0.0.0/a"],
    "an IPv4 network such as 10.0.0.0/16, without host bits",
  ],
  [
    "cidr6",
    ["2001:db8::/56", "::/0"],
    ["2001:db8::", "2001:db8::/129", "10.0.0.0/8"],
    "an IPv6 network such as 2001:db8::/56",
  ],
  ["ipv4", ["192.0.2.1"], ["192.0.2.256", "::1"], "an IPv4 address such as 10.0.0.1"],
  ["ipv6", ["::1"], ["192.0.2.1"], "an IPv6 address such as 2001:db8::1"],
  [
    "arn",
    ["arn:aws:iam::123456789012:role/web", "arn:aws:s3:::bucket", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
    ["web", "arn:aws:iam::12:role/web", "arn:aws:iam"],
    "an ARN such as arn:aws:iam::123456789012:role/name",
  ],
  ["json", ["{}", "[1]", '"a"'], ["{", "a"], "a JSON document"],
  [
    "rfc3339",
    ["2030-01-31T00:00:00Z", "2030-01-31T00:00:00+01:00"],
    ["2030-01-31", "2030-13-31T00:00:00Z"],
    "a time such as 2030-01-31T00:00:00Z",
  ],
  ["duration", ["1h30m", "10s"], ["1d", "10"], "a duration such as 1h30m"],
];
for (const [format, takes, refuses, meaning] of FORMATS)
  rule(
    `the format ${format} is checked`,
    { type: "string", format },
    takes,
    refuses.map((value) => [value, `must be ${meaning}, got ${JSON.stringify(value)}`]),
  );

test("every network without host bits passes, and none with them", (t) => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), fc.integer({ min: 0, max: 32 }), (address, length) => {
      const size = 2 ** (32 - length);
      const text = (number: number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
      const valid = (number: number) =>
        reasons({ it: { type: "string", format: "cidr" } }, { it: `${text(number)}/${length}` }).length === 0;
      t.true(valid(address - (address % size)));
      t.is(valid(address), address % size === 0);
    }),
  );
});

test("entries of collections are named by their place", (t) => {
  const schema: Schema = {
    list: { type: "list<string>", values: ["a"] },
    map: { type: "map<integer>" },
    rules: { type: "list<object>", properties: { port: { type: "integer", range: [1, 9], required: true } } },
  };
  const inputs = { list: ["a", "b"], map: { x: 1, y: "z" }, rules: [{ port: 1 }, { port: 10 }, {}, "none"] };
  t.deepEqual(checkInputs(schema, inputs), [
    { property: "list", reason: 'list[1] must be one of a, got "b"' },
    { property: "map", reason: 'map.y must be a whole number, got "z"' },
    { property: "rules", reason: "rules[1].port must be from 1 to 9, got 10" },
    { property: "rules", reason: "rules[2].port is required and missing" },
    { property: "rules", reason: 'rules[3] must be an object, got "none"' },
  ]);
});

test("every problem is reported at once, the missing ones last", (t) => {
  const schema: Schema = {
    name: { type: "string", required: true },
    port: { type: "integer" },
    zone: { type: "string" },
  };
  t.deepEqual(reasons(schema, { port: "x", zone: 1 }), [
    'port must be a whole number, got "x"',
    "zone must be a string, got 1",
    "name is required and missing",
  ]);
});

test("an unknown property is refused, with the nearest one if it looks like a slip", (t) => {
  const schema: Schema = {
    cidrBlock: { type: "string" },
    tags: { type: "map<string>" },
    arn: { type: "string", output: true },
  };
  t.deepEqual(reasons(schema, { cidrblock: "x" }), [
    "cidrblock is not a property of this type; did you mean cidrBlock?",
  ]);
  t.deepEqual(reasons(schema, { somethingElse: "x" }), [
    "somethingElse is not a property of this type; it has cidrBlock, tags",
  ]);
  t.deepEqual(reasons(schema, { arn: "x" }), ["arn is told by AWS and cannot be set; remove it"]);
});

test("properties that exclude each other are not taken together", (t) => {
  const schema: Schema = {
    name: { type: "string", conflicts: ["namePrefix"] },
    namePrefix: { type: "string", conflicts: ["name"] },
  };
  t.deepEqual(reasons(schema, { name: "a" }), []);
  t.deepEqual(reasons(schema, { name: UNKNOWN, namePrefix: "b" }), [
    "name cannot be set together with namePrefix; remove one of them",
    "namePrefix cannot be set together with name; remove one of them",
  ]);
});

test("a property that needs others is not taken without them", (t) => {
  const schema: Schema = {
    policy: { type: "string", requiredWith: ["id", "options.mode"] },
    id: { type: "string" },
    options: { type: "list<object>", properties: { mode: { type: "string" } } },
  };
  t.deepEqual(reasons(schema, { policy: "a" }), ["policy needs id and options.mode beside it"]);
  t.deepEqual(reasons(schema, { policy: "a", id: "b", options: [{}, { mode: "c" }] }), []);
  t.deepEqual(reasons(schema, { policy: "a", id: UNKNOWN, options: UNKNOWN }), []);
});

test("of a group, exactly one or at least one is taken", (t) => {
  const one: Schema = {
    records: { type: "list<string>", exactlyOneOf: ["aliases", "records"] },
    aliases: { type: "list<string>", exactlyOneOf: ["aliases", "records"] },
  };
  t.deepEqual(reasons(one, {}), ["aliases is missing: one of aliases, records is required"]);
  t.deepEqual(reasons(one, { records: [], aliases: [] }), [
    "aliases conflicts: only one of aliases, records can be set",
  ]);
  t.deepEqual(reasons(one, { records: UNKNOWN }), []);
  const some: Schema = {
    a: { type: "string", atLeastOneOf: ["a", "b"] },
    b: { type: "string", atLeastOneOf: ["a", "b"] },
  };
  t.deepEqual(reasons(some, {}), ["a is missing: one of a, b is required"]);
  t.deepEqual(reasons(some, { a: "1", b: "2" }), []);
});

test("a secret is not shown in an error, and a long value only in part", (t) => {
  t.deepEqual(reasons({ password: { type: "string", minLength: 8, sensitive: true } }, { password: "hunter2" }), [
    "password must have at least 8 characters but has 7, got a secret value",
  ]);
  t.deepEqual(reasons({ name: { type: "string", maxLength: 10 } }, { name: "x".repeat(200) }), [
    `name must have at most 10 characters but has 200, got "${"x".repeat(96)}...`,
  ]);
});

test("a way out is told where a property is not supported but another is", (t) => {
  const schema: Schema = { acl: { type: "any", unsupported: "use another type" } };
  t.deepEqual(reasons(schema, { acl: "private" }), ["acl is not supported offline; use another type"]);
  t.deepEqual(reasons(schema, { acl: "" }), []);
});

test("an object that is one of several things is one of them", (t) => {
  const action: Schema = { allow: { type: "object", marker: true }, block: { type: "object", marker: true } };
  const schema: Schema = {
    action: { type: "object", properties: action, choice: true },
    others: { type: "list<object>", properties: action, choice: true },
  };
  t.deepEqual(reasons(schema, { action: { allow: {} }, others: [{ block: {} }, { allow: UNKNOWN }, UNKNOWN] }), []);
  t.deepEqual(reasons(schema, { action: {}, others: [{ block: {}, allow: {} }] }), [
    "action needs one of allow, block, got none",
    "others[0] takes only one of its properties, got allow, block",
  ]);
});

test("what is not supported is refused for being there, where that says something", (t) => {
  const schema: Schema = { challenge: { type: "object", marker: true, unsupported: "use captcha" } };
  t.deepEqual(reasons(schema, { challenge: {} }), ["challenge is not supported offline; use captcha"]);
});

test("a path leads to one entry of a list or to any, and into what is not known yet", (t) => {
  const inputs = { rules: [{ action: {} }, { statement: UNKNOWN, labels: [{ name: "a" }] }], later: UNKNOWN };
  for (const path of [
    "rules",
    "rules[0].action",
    "rules.action",
    "rules[1].statement.deep",
    "later[3]",
    "rules.labels.name",
  ])
    t.true(isGiven(inputs, path), path);
  for (const path of [
    "none",
    "rules[1].action",
    "rules.none",
    "rules[2]",
    "rules[0].action.allow",
    "rules[1].labels[0].key",
  ])
    t.false(isGiven(inputs, path), path);
});
