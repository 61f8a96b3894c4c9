import test from "ava";
import fc from "fast-check";
import { dnsName, isEmpty, sameProperty, sameValue } from "../../../../local/provider/core/equality.ts";
import type { Property } from "../../../../local/provider/core/schema.ts";
import { ASSET, SIGNATURE } from "../../../../local/provider/core/values.ts";

type Pairs = [before: unknown, after: unknown][];

/** Values that a property does not tell apart, and such that it does. */
function compares(title: string, property: Property, same: Pairs, different: Pairs): void {
  test(title, (t) => {
    for (const [before, after] of same) t.true(sameValue(property, before, after), JSON.stringify([before, after]));
    for (const [before, after] of different)
      t.false(sameValue(property, before, after), JSON.stringify([before, after]));
  });
}

test("nothing, empty text, zero, false and empty collections are the same", (t) => {
  for (const value of [undefined, null, "", 0, false, [], {}, { a: "" }, { a: { b: [] } }]) t.true(isEmpty(value));
  for (const value of ["a", 1, true, [""], { a: 1 }]) t.false(isEmpty(value));
});

compares(
  "texts are compared letter by letter",
  { type: "string" },
  [
    ["a", "a"],
    [undefined, ""],
  ],
  [
    ["a", "A"],
    ["a", undefined],
  ],
);
compares("case does not matter where all values are listed", { type: "string", anyCase: true }, [["TCP", "tcp"]], []);
compares("case does not matter where the schema says so", { type: "string", compare: "anyCase" }, [["A", "a"]], []);
compares(
  "names in DNS are compared as DNS does",
  { type: "string", compare: "dnsName" },
  [
    ["Example.com.", "example.com"],
    ["\\052.a", "*.a"],
  ],
  [["a.example.com", "example.com"]],
);
compares(
  "a list has an order",
  { type: "list<string>" },
  [
    [
      ["a", "b"],
      ["a", "b"],
    ],
    [[], undefined],
  ],
  [
    [
      ["a", "b"],
      ["b", "a"],
    ],
    [["a"], ["a", "a"]],
  ],
);
compares(
  "a set has none, but its members count",
  { type: "set<string>" },
  [
    [
      ["a", "b"],
      ["b", "a"],
    ],
  ],
  [
    [
      ["a", "a"],
      ["a", "b"],
    ],
    [["a"], ["a", "b"]],
  ],
);
compares(
  "a map is compared by its keys",
  { type: "map<string>" },
  [
    [
      { a: "1", b: "2" },
      { b: "2", a: "1" },
    ],
  ],
  [
    [{ a: "1" }, { a: "2" }],
    [{ a: "1" }, { a: "1", b: "2" }],
    [{ toString: "1" }, { a: "1" }],
  ],
);

const json: Property = { type: "string", compare: "json" };
compares(
  "documents are compared as IAM reads them",
  json,
  [
    ['{"a":1,"b":2}', '{ "b": 2, "a": 1 }'],
    ['{"Action":"s3:Get"}', '{"Action":["s3:Get"]}'],
    ['{"Action":["a","b"]}', '{"Action":["b","a"]}'],
  ],
  [
    ['[{"a":1},{"b":2}]', '[{"b":2},{"a":1}]'],
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":1}', "{"],
    ["{", "}"],
  ],
);

test("what AWS fills in stays as it is, inside of objects as well", (t) => {
  t.true(sameProperty({ type: "string", computed: true }, "filled in", undefined));
  t.false(sameProperty({ type: "string", computed: true }, "filled in", "asked for"));
  t.false(sameProperty({ type: "string" }, "was there", undefined));
  t.true(sameProperty({ type: "string", output: true }, "told", undefined));
  const set: Property = {
    type: "set<object>",
    properties: { vpcId: { type: "string" }, vpcRegion: { type: "string", computed: true } },
  };
  t.true(
    sameValue(
      set,
      [
        { vpcId: "a", vpcRegion: "r" },
        { vpcId: "b", vpcRegion: "r" },
      ],
      [{ vpcId: "b" }, { vpcId: "a" }],
    ),
  );
  t.false(sameValue(set, [{ vpcId: "a", vpcRegion: "r" }], [{ vpcId: "a", vpcRegion: "s" }]));
});

const action: Property = {
  type: "object",
  properties: {
    allow: { type: "object", marker: true, properties: { header: { type: "string" } } },
    block: { type: "object", marker: true },
    limits: { type: "object", properties: { rate: { type: "integer" } } },
  },
};
compares(
  "that an object is there can say something, although it is empty",
  action,
  [
    [{ allow: {} }, { allow: {} }],
    [{ allow: {} }, { allow: { header: "" }, limits: {} }],
    [{ limits: {} }, undefined],
  ],
  [
    [{ allow: {} }, { block: {} }],
    [{ allow: {} }, {}],
    [undefined, { block: {} }],
    [{ allow: {} }, { allow: { header: "x" } }],
  ],
);
compares(
  "members of a set differ by what is there",
  { ...action, type: "set<object>" },
  [
    [
      [{ allow: {} }, { block: {} }],
      [{ block: {} }, { allow: {} }],
    ],
  ],
  [[[{ allow: {} }], [{ block: {} }]]],
);

test("an asset is the same when its content is", (t) => {
  const asset = (more: object) => ({ [SIGNATURE]: ASSET, ...more });
  const source: Property = { type: "asset" };
  t.true(sameValue(source, asset({ hash: "1", path: "a" }), asset({ hash: "1", path: "b" })));
  t.false(sameValue(source, asset({ hash: "1", path: "a" }), asset({ hash: "2", path: "a" })));
  t.true(sameValue(source, asset({ path: "a" }), asset({ path: "a" })));
  t.false(sameValue(source, asset({ path: "a" }), asset({ path: "b" })));
});

test("names in DNS lose their case and their last dot", (t) => {
  t.is(dnsName("WWW.Example.COM."), "www.example.com");
  t.is(dnsName("\\052.example.com."), "*.example.com");
});

const document = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value));

test("a value equals itself, however it is compared, and comparing knows no direction", (t) => {
  for (const property of [json, { type: "string" }, { type: "string", compare: "dnsName" }] satisfies Property[])
    fc.assert(
      fc.property(document, document, (one, other) => {
        t.true(sameValue(property, one, one));
        t.is(sameValue(property, one, other), sameValue(property, other, one));
      }),
    );
});

test("a set is the same in any order", (t) => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.nat()), (items, keys) => {
      const mixed = items
        .map((item, index) => ({ item, key: keys[index] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item);
      t.true(sameValue({ type: "set<string>" }, items, mixed));
    }),
  );
});
