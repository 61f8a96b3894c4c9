import test from "ava";
import { DEFAULTS } from "../../../../local/provider/core/defaults.ts";
import {
  foreseen,
  foreseenAfterUpdate,
  guard,
  importedInputs,
  refreshedInputs,
  settle,
} from "../../../../local/provider/core/outputs.ts";
import type { TypeSchema } from "../../../../local/provider/core/schema.ts";
import { ASSET, SIGNATURE, secret, UNKNOWN } from "../../../../local/provider/core/values.ts";

const schema: TypeSchema = {
  properties: {
    name: { type: "string", required: true },
    path: { type: "string", default: "/" },
    kind: { type: "string", computed: true },
    password: { type: "string", sensitive: true, writeOnly: true },
    vpcs: {
      type: "set<object>",
      properties: { id: { type: "string" }, region: { type: "string", computed: true } },
    },
    policy: { type: "string", compare: "json" },
    records: { type: "set<string>" },
  },
  outputs: { arn: { type: "string" }, ready: { type: "boolean", default: false } },
  recomputed: { arn: ["path"] },
};

test("a preview of a creation shows inputs, and as unknown what AWS will fill in", (t) => {
  t.deepEqual(foreseen(schema, { name: "a", vpcs: [{ id: "v" }], password: "p" }), {
    name: "a",
    kind: UNKNOWN,
    vpcs: [{ id: "v", region: UNKNOWN }],
    arn: UNKNOWN,
    ready: false,
  });
});

test("a preview of a creation shows what the type can tell beforehand, and the rest of it as unknown", (t) => {
  const records: TypeSchema = {
    properties: { name: { type: "string" } },
    outputs: {
      records: {
        type: "set<object>",
        properties: { name: { type: "string" }, value: { type: "string", output: true } },
      },
    },
  };
  t.deepEqual(foreseen(records, { name: "a" }, { records: [{ name: "a" }] }), {
    name: "a",
    records: [{ name: "a", value: UNKNOWN }],
  });
});

test("a preview of an update shows what stays, what changes, and as unknown what the change will bring", (t) => {
  const state = {
    name: "a",
    path: "/",
    kind: "k",
    policy: '{"a":1}',
    vpcs: [{ id: "v", region: "r" }],
    arn: "x",
    records: ["1"],
  };
  const inputs = { name: "a", path: "/", policy: '{ "a": 1 }', vpcs: [{ id: "v" }], password: "p" };
  const { records: _, ...rest } = state;
  t.deepEqual(foreseenAfterUpdate(schema, state, inputs, ["records"]), rest);
  t.deepEqual(foreseenAfterUpdate(schema, state, { ...inputs, path: "/b/", vpcs: [{ id: "w" }] }, ["path", "vpcs"]), {
    ...rest,
    path: "/b/",
    vpcs: [{ id: "w", region: UNKNOWN }],
    arn: UNKNOWN,
  });
});

test("a preview of an update shows an asset as the program gives it, since a state keeps its hash alone", (t) => {
  const assets: TypeSchema = { properties: { source: { type: "asset" } }, outputs: {} };
  const mark = { [SIGNATURE]: ASSET, hash: "h" };
  const given = { source: { ...mark, path: "release.tar.gz" } };
  t.deepEqual(foreseenAfterUpdate(assets, { source: mark }, given, []), given);
});

test("any change can be named as the cause of an unknown output", (t) => {
  const any: TypeSchema = { ...schema, recomputed: { arn: ["*"] } };
  t.is(foreseenAfterUpdate(any, { arn: "x" }, { name: "b" }, ["name"]).arn, UNKNOWN);
  t.is(foreseenAfterUpdate(any, { arn: "x" }, {}, []).arn, "x");
});

test("what the account says wins, except for another spelling of what was known", (t) => {
  const known = { name: "a", policy: '{ "a": 1 }', records: ["1", "2"], path: "/" };
  const told = { name: "b", policy: '{"a":1}', records: ["2", "1"], arn: "x" };
  t.deepEqual(settle(schema, known, told), {
    name: "b",
    policy: '{ "a": 1 }',
    records: ["1", "2"],
    path: "/",
    arn: "x",
  });
});

test("a key with nothing means that it is not set there, a missing key that the API cannot tell", (t) => {
  t.deepEqual(settle(schema, { name: "a", path: "/", kind: "k" }, { path: undefined }), { name: "a", kind: "k" });
});

test("what is written only is never kept", (t) => {
  t.deepEqual(settle(schema, { name: "a", password: "p" }, { password: "p" }), { name: "a" });
});

test("members of a set keep their order, take in what AWS adds, and new ones follow", (t) => {
  const known = { vpcs: [{ id: "b" }, { id: "a" }, { id: "gone" }] };
  const told = {
    vpcs: [
      { id: "new", region: "r" },
      { id: "a", region: "r" },
      { id: "b", region: "r" },
    ],
  };
  t.deepEqual(settle(schema, known, told), {
    vpcs: [
      { id: "b", region: "r" },
      { id: "a", region: "r" },
      { id: "new", region: "r" },
    ],
  });
});

test("inputs after a refresh take over what changed, and stay as they were written otherwise", (t) => {
  const inputs = {
    name: "a",
    policy: '{ "a": 1 }',
    vpcs: [{ id: "v" }],
    records: ["1", "2"],
    path: "/",
    password: "p",
    [DEFAULTS]: ["path"],
  };
  const state = { name: "b", policy: '{"a":1}', vpcs: [{ id: "v", region: "r" }], records: ["2", "1"], kind: "k" };
  t.deepEqual(refreshedInputs(schema, inputs, state), {
    name: "b",
    policy: '{ "a": 1 }',
    vpcs: [{ id: "v" }],
    records: ["1", "2"],
    password: "p",
    [DEFAULTS]: ["path"],
  });
});

test("a refresh keeps inputs whose difference is to stay", (t) => {
  const stays = (property: string) => property === "kind";
  t.deepEqual(refreshedInputs(schema, { name: "a", kind: "k" }, { name: "b", kind: "other" }, stays), {
    name: "b",
    kind: "k",
  });
});

test("an import takes what the program would have to say", (t) => {
  const state = { name: "a", path: "/", kind: "k", vpcs: [{ id: "v", region: "r" }], policy: "", arn: "x" };
  t.deepEqual(importedInputs(schema, state), {
    name: "a",
    path: "/",
    vpcs: [{ id: "v", region: "r" }],
    [DEFAULTS]: [],
  });
});

test("secrets are marked at any depth", (t) => {
  const properties = {
    password: { type: "string", sensitive: true },
    user: { type: "object", properties: { key: { type: "string", sensitive: true }, name: { type: "string" } } },
    users: { type: "list<object>", properties: { key: { type: "string", sensitive: true } } },
  } as const;
  const values = { password: "p", user: { key: "k", name: "n" }, users: [{ key: "k" }, UNKNOWN], other: "o" };
  t.deepEqual(guard(properties, values), {
    password: secret("p"),
    user: { key: secret("k"), name: "n" },
    users: [{ key: secret("k") }, UNKNOWN],
    other: "o",
  });
});
