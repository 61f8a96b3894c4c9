import test from "ava";
import { SECRET, UNKNOWN } from "../../plan/values.ts";
import { outline, preview, read, step, UNKNOWN_TEXT, urn } from "./documents.ts";

const QUEUE = "aws:sqs/queue:Queue";
const small = { type: QUEUE, name: "jobs", inputs: { size: 1 } };
const large = { type: QUEUE, name: "jobs", inputs: { size: 2 } };
const sizes = (...steps: object[]) => outline(preview(steps), ({ inputs }) => inputs.size);

test("each operation counts a resource before, after, on both sides or not at all", (t) => {
  t.deepEqual(sizes(step("create", { after: small })), ["create jobs: none -> 1"]);
  t.deepEqual(sizes(step("update", { before: small, after: large })), ["update jobs: 1 -> 2"]);
  t.deepEqual(sizes(step("replace", { before: small, after: large })), ["replace jobs: 1 -> 2"]);
  t.deepEqual(sizes(step("delete", { before: small })), ["delete jobs: 1 -> none"]);
  t.deepEqual(sizes(step("same", { before: small, after: small })), ["same jobs: 1 -> 1"]);
  t.deepEqual(sizes(step("import", { after: small })), ["import jobs: none -> 1"]);
  for (const op of ["read", "read-replacement", "discard", "discard-replaced", "remove-pending-replace"]) {
    t.deepEqual(sizes(step(op, { before: small, after: small })), [], op);
  }
});

test("a replacement that is shown step by step counts once, in whichever order", (t) => {
  const steps = [
    step("create-replacement", { before: small, after: large }),
    step("replace", { before: small, after: large }),
    step("delete-replaced", { before: small }),
  ];
  t.deepEqual(sizes(...steps), ["replace jobs: 1 -> 2"]);
  t.deepEqual(sizes(...steps.toReversed()), ["replace jobs: 1 -> 2"]);
  t.deepEqual(sizes(step("import-replacement", { before: small, after: large })), ["replace jobs: 1 -> 2"]);
});

test("what a refresh finds counts as before when something follows, and as the change when nothing does", (t) => {
  const found = step("refresh", { before: small, after: large });
  t.deepEqual(sizes(found, step("same", { before: large, after: large })), ["same jobs: 2 -> 2"]);
  t.deepEqual(sizes(found), ["update jobs: 1 -> 2"]);
  t.deepEqual(sizes(step("refresh", { before: small })), ["delete jobs: 1 -> none"]);
});

test("what an earlier replacement left to be deleted is there before, beside what took its place", (t) => {
  const left = { ...small, id: "q-1", delete: true };
  t.deepEqual(sizes(step("same", { before: large, after: large }), step("delete-replaced", { before: left })), [
    "same jobs: 2 -> 2",
    "delete jobs: 1 -> none",
  ]);
});

test("what this plan replaces is marked to be deleted too, and is no such leftover", (t) => {
  const old = { ...small, id: "q-1", delete: true };
  const steps = [
    step("create-replacement", { before: old, after: large }),
    step("replace", { before: old, after: large }),
    step("delete-replaced", { before: old }),
  ];
  t.deepEqual(sizes(...steps), ["replace jobs: 1 -> 2"]);
  t.deepEqual(sizes(step("replace", { before: old, after: large })), ["replace jobs: 1 -> 2"]);
  const left = step("delete-replaced", { before: { ...old, id: "q-0" } });
  t.deepEqual(sizes(...steps, left), ["replace jobs: 1 -> 2", "delete jobs: 1 -> none"]);
});

test("resources are in the order of their names, whatever the order of the steps is", (t) => {
  const [a, b] = [
    step("create", { after: { ...small, name: "a" } }),
    step("create", { after: { ...small, name: "b" } }),
  ];
  t.deepEqual(sizes(b, a), sizes(a, b));
});

test("what an interrupted replacement has deleted already is not there before", (t) => {
  const gone = { ...small, pendingReplacement: true };
  t.deepEqual(sizes(step("replace", { before: gone, after: large })), ["replace jobs: none -> 2"]);
});

test("what is only read is no part of the stack", (t) => {
  t.deepEqual(sizes(step("same", { before: { ...small, external: true }, after: { ...small, external: true } })), []);
});

test("resources that stay the same and are not shown are counted", (t) => {
  const sames = { changeSummary: { same: 12, create: 1 } };
  const stack = { type: "pulumi:pulumi:Stack", name: "other-shop", custom: false };
  const steps = [step("same", { before: stack, after: stack }), step("create", { after: small })];
  t.is(read(preview(steps, sames)).unlisted, 11);
  t.is(read(preview(steps, { changeSummary: { same: 1, create: 1 } })).unlisted, 0);
});

test("what is not known and what is secret is marked at any depth, and never shown", (t) => {
  const inputs = {
    __defaults: ["name"],
    name: UNKNOWN_TEXT,
    all: "[secret]",
    list: [1, UNKNOWN_TEXT, { deep: "[secret]" }],
    wrapped: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" },
    nothing: null,
  };
  const [change] = read(
    preview([step("create", { after: { ...small, inputs, outputs: { arn: UNKNOWN_TEXT } } })]),
  ).changes;
  t.deepEqual(change?.after?.inputs, {
    name: UNKNOWN,
    all: SECRET,
    list: [1, UNKNOWN, { deep: SECRET }],
    wrapped: SECRET,
    nothing: null,
  });
  t.deepEqual(change?.after?.outputs, { arn: UNKNOWN });
});

test("an update knows what the resource was, without what changes", (t) => {
  const before = { ...small, id: "q-1", inputs: { size: 1, name: "a" }, outputs: { size: 1, class: "fast", tags: {} } };
  const after = { ...large, outputs: {} };
  const diffReasons = ["size", 'tags["Name"]'];
  const [updated] = read(preview([step("update", { before, after, diffReasons })])).changes;
  t.deepEqual(updated?.after?.previous, { name: "a", class: "fast" });
  t.is(updated?.after?.id, "q-1");
  const [replaced] = read(preview([step("replace", { before, after, replaceReasons: ["class"] })])).changes;
  t.deepEqual(replaced?.after?.previous, { size: 1, name: "a", tags: {} });
  t.is(replaced?.after?.id, undefined);
  const [created] = read(preview([step("create", { after })])).changes;
  t.is(created?.after?.previous, undefined);
});

test("what an input comes from is kept", (t) => {
  const propertyDependencies = { vpcId: [urn("aws:ec2/vpc:Vpc", "net")], name: null };
  const [change] = read(preview([step("create", { after: { ...small, propertyDependencies } })])).changes;
  t.deepEqual(change?.after?.propertyDependencies, { vpcId: [urn("aws:ec2/vpc:Vpc", "net")], name: [] });
});

test("a resource whose state the engine could not write down is counted as one that nobody can price", (t) => {
  const { urn: id, op } = step("create", { after: small });
  const [created] = read(preview([{ op, urn: id }])).changes;
  t.true(created?.unshown);
  const [updated] = read(preview([step("update", { before: small })])).changes;
  t.true(updated?.unshown);
  const [same] = read(preview([step("same", { before: small })])).changes;
  t.false(same?.unshown);
});

test("an operation that is not known is refused, since it may cost something", (t) => {
  t.throws(() => read(preview([step("teleport", { after: small })])), {
    message: `The plan has the operation 'teleport' (${urn(QUEUE, "jobs")}), which is not known here.`,
  });
});

test("the stack is the one of the resources", (t) => {
  t.is(read(preview([step("create", { after: small })])).stack, "shop");
});
