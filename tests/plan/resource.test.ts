import test from "ava";
import type { Resource } from "../../plan/plan.ts";
import { SECRET, UNKNOWN } from "../../plan/values.ts";
import { preview, read, type StepOptions, step, UNKNOWN_TEXT, urn } from "./documents.ts";

const QUEUE = "aws:sqs/queue:Queue";
const PROVIDER = "pulumi:providers:aws";
const queue = { type: QUEUE, name: "jobs" };

function queueAfter(op: string, sides: StepOptions, ...others: readonly object[]): Resource | undefined {
  const { changes } = read(preview([...others, step(op, sides)]));
  return changes.find(({ type }) => type === QUEUE)?.after;
}

test("a resource has its name, its place in the stack, and what the program asks of the engine for it", (t) => {
  const site = urn("acme:web:Site", "site");
  const asked = { parent: site, dependencies: [site], protect: true, ignoreChanges: ["tags"], retainOnDelete: true };
  const after = queueAfter("create", { after: { ...queue, ...asked } });
  t.is(after?.name, "jobs");
  t.is(after?.parent, site);
  t.deepEqual(after?.dependencies, [site]);
  t.deepEqual(after?.options, {
    protect: true,
    ignoreChanges: ["tags"],
    deleteBeforeReplace: false,
    retainOnDelete: true,
  });
});

test("what stays the same is what the program says now and what the provider said before", (t) => {
  const before = { ...queue, id: "q-1", inputs: { size: 1 }, outputs: { size: 1, arn: "arn:q" } };
  const same = queueAfter("same", { before, after: { ...queue, inputs: { size: 1 }, protect: true } });
  t.true(same?.options.protect);
  t.deepEqual([same?.id, same?.outputs], ["q-1", { size: 1, arn: "arn:q" }]);
});

test("what the provider chose is no part of what the program gives, at any depth", (t) => {
  const inputs = {
    __defaults: ["name"],
    name: "jobs-1a2b3c4",
    rules: [{ __defaults: ["weight"], weight: 1, path: "/" }],
    password: "[secret]",
  };
  const after = queueAfter("create", { after: { ...queue, inputs } });
  t.deepEqual(after?.given, { rules: [{ path: "/" }], password: SECRET });
  t.deepEqual(after?.inputs, { name: "jobs-1a2b3c4", rules: [{ weight: 1, path: "/" }], password: SECRET });
});

test("a value that is not known has a placeholder for each type that it may be of", (t) => {
  const placeholders = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  ];
  const after = queueAfter("create", { after: { ...queue, inputs: { all: placeholders } } });
  t.deepEqual(
    after?.inputs.all,
    placeholders.map(() => UNKNOWN),
  );
});

const provided = (name: string, inputs: object) => {
  const provider = { type: PROVIDER, name, id: "p-1", inputs };
  const made = step("same", { before: provider, after: provider });
  return queueAfter("create", { after: { ...queue, provider: `${urn(PROVIDER, name)}::p-1` } }, made)?.provider;
};

test("a provider tells where it is and what tags it adds, as a group or as JSON", (t) => {
  const tags = { project: "shop" };
  const own = { urn: urn(PROVIDER, "own"), isDefault: false, region: "eu-west-1", defaultTags: tags };
  t.deepEqual(provided("own", { region: "eu-west-1", defaultTags: JSON.stringify({ tags }) }), own);
  t.deepEqual(provided("own", { region: "eu-west-1", defaultTags: { tags } }), own);
  const isDefault = { urn: urn(PROVIDER, "default_7_48_0"), isDefault: true };
  t.deepEqual(provided("default_7_48_0", { region: UNKNOWN_TEXT, defaultTags: "none" }), isDefault);
});

test("tags of a provider that are hidden are marked as that", (t) => {
  t.is(provided("own", { defaultTags: UNKNOWN_TEXT })?.defaultTags, UNKNOWN);
  t.is(provided("own", { defaultTags: { tags: "[secret]" } })?.defaultTags, SECRET);
  t.deepEqual(provided("own", { defaultTags: JSON.stringify({ tags: { a: UNKNOWN_TEXT } }) })?.defaultTags, {
    a: UNKNOWN,
  });
});
