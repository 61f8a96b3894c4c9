import test from "ava";
import { readPlan } from "../../plan/read.ts";
import { bytes, events, outline, preview, read, SUMMARY, state, step, urn } from "./documents.ts";

const QUEUE = "aws:sqs/queue:Queue";
const small = { type: QUEUE, name: "jobs", inputs: { size: 1 } };
const large = { type: QUEUE, name: "jobs", inputs: { size: 2 } };
const size = ({ inputs }: { readonly inputs: { readonly size?: unknown } }) => inputs.size;

const PRELUDE = { preludeEvent: { config: { "aws:region": "eu-west-1" } } };

const event = (name: string, op: string, old: object | null, next: object | null, rest: object = {}) => ({
  [name]: {
    metadata: {
      op,
      urn: urn(QUEUE, "jobs"),
      type: QUEUE,
      old,
      new: next,
      detailedDiff: null,
      logical: true,
      provider: "",
      ...rest,
    },
    planning: true,
  },
});

test("the events of the engine say the same as a preview", (t) => {
  const stream = events([
    PRELUDE,
    event("resourcePreEvent", "update", state(small), state(large), { diffs: ["size"] }),
    event(
      "resOutputsEvent",
      "update",
      state(small),
      { ...state(large), outputs: { url: "https://x" } },
      { diffs: ["size"] },
    ),
    SUMMARY,
    { cancelEvent: {} },
  ]);
  t.deepEqual(outline(stream, size), ["update jobs: 1 -> 2"]);
  const [change] = read(stream).changes;
  t.deepEqual(change?.after?.outputs, { url: "https://x" });
  t.is(read(stream).config["aws:region"], "eu-west-1");
});

test("both halves of a replacement are one resource, and a component, of which events do not say so, is one", (t) => {
  const component = { type: "acme:web:Site", urn: urn("acme:web:Site", "site"), inputs: {}, outputs: {} };
  const site = { resourcePreEvent: { metadata: { op: "create", urn: component.urn, old: null, new: component } } };
  const stream = events([
    PRELUDE,
    site,
    event("resourcePreEvent", "create-replacement", state(small), state(large), { logical: false }),
    event("resourcePreEvent", "replace", state(small), state(large)),
    event("resourcePreEvent", "delete-replaced", state(small), null, { logical: false }),
    SUMMARY,
  ]);
  t.deepEqual(outline(stream, size), ["create site: none -> undefined", "replace jobs: 1 -> 2"]);
  t.deepEqual(
    read(stream).changes.map(({ after, steps }) => [after?.custom, ...steps]),
    [
      [false, "create"],
      [true, "create-replacement", "replace", "delete-replaced"],
    ],
  );
});

test("events are also taken as a list, and with the line ends of Windows", (t) => {
  const all = [PRELUDE, event("resourcePreEvent", "create", null, state(small)), SUMMARY];
  const listed = all.map((one, sequence) => ({ sequence, ...one }));
  t.deepEqual(outline(listed, size), ["create jobs: none -> 1"]);
  t.deepEqual(outline(events(all).replaceAll("\n", "\r\n"), size), ["create jobs: none -> 1"]);
});

test("an exported state and a checkpoint are stacks that stay as they are", (t) => {
  const resources = [state(small), { ...state({ type: "acme:web:Site", name: "site" }), custom: false }];
  const stands = ["same site: undefined -> undefined", "same jobs: 1 -> 1"];
  t.deepEqual(outline({ version: 3, deployment: { manifest: {}, resources } }, size), stands);
  t.deepEqual(outline({ version: 3, checkpoint: { stack: "shop", latest: { resources } } }, size), stands);
});

test("a file with a byte order mark is read, and one in UTF-16 too", (t) => {
  const json = JSON.stringify(preview([step("create", { after: small })]));
  t.is(readPlan(bytes(`\uFEFF${json}`)).changes.length, 1);
  const utf16 = Buffer.from(`\uFEFF${json}`, "utf16le");
  t.is(readPlan(utf16).changes.length, 1);
});

test("events do not say which input comes from which resource, all else does", (t) => {
  t.false(read(events([PRELUDE, event("resourcePreEvent", "create", null, state(small)), SUMMARY])).linked);
  t.true(read(preview([step("create", { after: small })])).linked);
  t.true(read({ version: 3, deployment: { resources: [state(small)] } }).linked);
});

test("a preview that failed is read as far as it came by who asks for that, with why", (t) => {
  const failed = preview([step("create", { after: small })], {
    diagnostics: [
      { severity: "warning", message: "a setting is old" },
      { severity: "error", message: "<{%fg 1%}>no such\u001b[31m image\u001b[0m<{%reset%}>" },
    ],
  });
  const plan = readPlan(bytes(failed), { failed: true });
  t.deepEqual([plan.changes.length, plan.failure, plan.warnings], [1, "no such image", ["a setting is old"]]);
  const stream = events([
    event("resourcePreEvent", "create", null, state(small)),
    { diagnosticEvent: { severity: "warning", message: "a setting is old" } },
    { diagnosticEvent: { severity: "error", message: "no such image" } },
  ]);
  const { changes, failure, warnings } = readPlan(bytes(stream), { failed: true });
  t.deepEqual([changes.length, failure, warnings], [1, "no such image", ["a setting is old"]]);
});

test("what changes, and what of it forces a replacement, is the same in a preview and in events", (t) => {
  const reasons = { diffReasons: ["size", "tags"], replaceReasons: ["size"] };
  const [previewed] = read(preview([step("replace", { before: small, after: large, ...reasons })])).changes;
  t.deepEqual([previewed?.changed, previewed?.replacing, previewed?.steps], [["size", "tags"], ["size"], ["replace"]]);
  const replaced = event("resourcePreEvent", "replace", state(small), state(large), {
    keys: ["size"],
    diffs: ["tags"],
  });
  const [streamed] = read(events([replaced, SUMMARY])).changes;
  t.deepEqual([streamed?.changed, streamed?.replacing], [["size", "tags"], ["size"]]);
});
