import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { record } from "./record.ts";

class Thing extends pulumi.CustomResource {
  declare readonly size: pulumi.Output<number>;
  constructor(name: string, inputs: pulumi.Inputs = {}, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, { size: undefined, ...inputs }, opts);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Group", name);
    new Thing(`${name}-child`, {}, { parent: this });
  }
}

test("parents, dependencies and options are recorded", async (t) => {
  const { one } = await record(() => {
    new Group("group");
    const first = new Thing("first", { size: 1 });
    new Thing(
      "second",
      { size: first.size },
      {
        protect: true,
        deleteBeforeReplace: true,
        retainOnDelete: true,
        ignoreChanges: ["size"],
        replaceOnChanges: ["size"],
        replacementTrigger: first.size,
        customTimeouts: { delete: "3m" },
      },
    );
  });
  t.like(one("test:index:Group"), { custom: false, parent: undefined });
  t.like(one("test:index:Thing", "group-child"), { custom: true, parent: "group" });
  t.deepEqual(one("test:index:Thing", "second"), {
    type: "test:index:Thing",
    name: "second",
    inputs: { size: 1 },
    custom: true,
    parent: undefined,
    dependencies: ["first"],
    dependencyPlaces: ["test:index:Thing::first"],
    propertyDependencies: { size: ["test:index:Thing::first"] },
    protect: true,
    deleteBeforeReplace: true,
    retainOnDelete: true,
    ignoreChanges: ["size"],
    replaceOnChanges: ["size"],
    replacementTrigger: 1,
    timeouts: { delete: "3m" },
  });
});

test("a resource that is made late, after an output is known, is recorded as well", async (t) => {
  const { seen } = await record(() => {
    const first = new Thing("first", { size: 1 });
    first.size.apply((size) => size !== undefined && new Thing("late"));
  });
  t.deepEqual(
    seen.map(({ name }) => name),
    ["first", "late"],
  );
});

test("programs take turns, so recordings do not mix", async (t) => {
  const recordings = await Promise.all(["a", "b", "c"].map((name) => record(() => new Thing(name))));
  t.deepEqual(
    recordings.map(({ seen }) => seen.map(({ name }) => name)),
    [["a"], ["b"], ["c"]],
  );
});

test("a program that fails does not stand in the way of the next", async (t) => {
  await t.throwsAsync(
    record(() => Promise.reject(new Error("no"))),
    { message: "no" },
  );
  t.is((await record(() => new Thing("next"))).seen.length, 1);
});

test("a lookup without a fixture fails the program", async (t) => {
  await t.throwsAsync(
    record(() => pulumi.runtime.invoke("test:index:lookup", {})),
    {
      message: "tests/fixtures.ts has no answer to test:index:lookup",
    },
  );
});

test("one resource is meant by one name; none or several are an error", async (t) => {
  const { one } = await record(() => [new Thing("a"), new Thing("b")]);
  t.is(one("test:index:Thing", "b").name, "b");
  t.throws(() => one("test:index:Thing"), { message: "expected one test:index:Thing , found 2 among: a, b" });
  t.throws(() => one("test:index:Thing", "c"), { message: "expected one test:index:Thing c, found 0 among: a, b" });
});

test("a preview knows what the program and the provider choose, and not what AWS answers", async (t) => {
  class Bucket extends pulumi.CustomResource {
    declare readonly bucket: pulumi.Output<string>;
    declare readonly arn: pulumi.Output<string>;
    constructor(name: string) {
      super("aws:s3/bucket:Bucket", name, { bucket: undefined, arn: undefined });
    }
  }
  const program = () => {
    const { id, bucket, arn } = new Bucket("data");
    new Thing("thing", { of: id, bucket, arn, size: 1 });
  };
  const seen = async (preview: boolean) => (await record(program, { preview })).one("test:index:Thing").inputs;
  t.deepEqual(await seen(false), {
    of: "data-id",
    bucket: "data-1234567",
    arn: "arn:aws:s3:::data-1234567",
    size: 1,
  });
  const { of, arn, ...known } = await seen(true);
  t.deepEqual(known, { bucket: "data-1234567", size: 1 });
  t.true(pulumi.isUnknown(of));
  t.true(pulumi.isUnknown(arn));
});
