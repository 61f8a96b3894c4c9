import test from "ava";
import { graphOf, propertyOf, type Resource } from "../../cost/resource.ts";
import { type Properties, SECRET, UNKNOWN, type Value } from "../../plan/values.ts";

const resource = (type: string, changes: Partial<Resource> = {}): Resource => ({
  urn: `urn:${type}`,
  type,
  custom: true,
  region: "us-east-1",
  inputs: {},
  outputs: {},
  propertyDependencies: {},
  ...changes,
});

type Sides = readonly [inputs: Value | undefined, outputs?: Value | undefined, previous?: Value | undefined];

const is = test.macro({
  title: (title) => title ?? "",
  exec: (t, [inputs, outputs, previous]: Sides, expected: Value | undefined) => {
    const side = (size: Value | undefined): Properties => (size === undefined ? {} : { size });
    const given = { inputs: side(inputs), outputs: side(outputs), previous: side(previous) };
    t.is(propertyOf(resource("t", given), "size"), expected);
  },
});

test("what the program says comes first", is, [1, 2, 3], 1);
test("what the program does not say the provider does", is, [undefined, 2, 3], 2);
test("what neither says is as it was", is, [undefined, undefined, 3], 3);
test("what the plan does not show of a program the provider may", is, [UNKNOWN, 2, 3], 2);
test("what the plan shows nowhere is as it was", is, [UNKNOWN, UNKNOWN, 3], 3);
test("what nobody shows is hidden", is, [SECRET, UNKNOWN, SECRET], SECRET);
test("what nobody sets is nothing, also where the provider will fill it in", is, [undefined, UNKNOWN], undefined);
test("null is nothing", is, [null, null, 3], 3);
test("nothing, zero and no are values", is, [0, 2], 0);

const address = resource("aws:Eip", { urn: "urn:address", id: "eipalloc-1", outputs: { arn: "arn:address" } });

const user = (changes: Partial<Resource>) => resource("aws:Nat", { urn: "urn:nat", ...changes });

const finds = test.macro({
  title: (title) => title ?? "",
  exec: (t, nat: Resource, found: boolean) => {
    const graph = graphOf([address, nat]);
    t.deepEqual(graph.behind(nat, "allocationId", "aws:Eip"), found ? [address] : []);
    t.deepEqual(graph.users(address, "aws:Nat", "allocationId"), found ? [nat] : []);
  },
});

test("by what a property depends on", finds, user({ propertyDependencies: { allocationId: ["urn:address"] } }), true);
test("by its id", finds, user({ inputs: { allocationId: "eipalloc-1" } }), true);
test("by its ARN, deep in a value", finds, user({ inputs: { allocationId: [{ of: "arn:address" }] } }), true);
test(
  "by both, once",
  finds,
  user({ inputs: { allocationId: "eipalloc-1" }, propertyDependencies: { allocationId: ["urn:address"] } }),
  true,
);
test(
  "not by what another property depends on",
  finds,
  user({ propertyDependencies: { subnetId: ["urn:address"] } }),
  false,
);
test("not by another id", finds, user({ inputs: { allocationId: "eipalloc-2" } }), false);
test("not by what is hidden", finds, user({ inputs: { allocationId: UNKNOWN } }), false);

test("not by an id of another type", (t) => {
  const nat = user({ inputs: { allocationId: "eipalloc-1" } });
  t.deepEqual(graphOf([address, nat]).behind(nat, "allocationId", "aws:Other"), []);
});

test("resources are found by their URN and by a text that they hold", (t) => {
  const nat = user({ inputs: { allocationId: "eipalloc-1" } });
  const graph = graphOf([address, nat]);
  t.is(graph.get("urn:address"), address);
  t.is(graph.get("urn:none"), undefined);
  t.deepEqual(graph.having("aws:Nat", "allocationId", "eipalloc-1"), [nat]);
  t.deepEqual(graph.having("aws:Nat", "allocationId", "eipalloc-2"), []);
});
