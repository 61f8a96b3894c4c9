import test from "ava";
import { readPlan } from "../../../cost/plan/read.ts";
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
  t.is(change?.after?.region, "eu-west-1");
});

test("both halves of a replacement are one resource, and a component, of which events do not say so, is none", (t) => {
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
  t.deepEqual(outline(stream, size), ["replace jobs: 1 -> 2"]);
});

test("events are also taken as a list, and with the line ends of Windows", (t) => {
  const all = [PRELUDE, event("resourcePreEvent", "create", null, state(small)), SUMMARY];
  const listed = all.map((one, sequence) => ({ sequence, ...one }));
  t.deepEqual(outline(listed, size), ["create jobs: none -> 1"]);
  t.deepEqual(outline(events(all).replaceAll("\n", "\r\n"), size), ["create jobs: none -> 1"]);
});

test("an exported state and a checkpoint are stacks that stay as they are", (t) => {
  const resources = [state(small), { ...state({ type: "acme:web:Site", name: "site" }), custom: false }];
  t.deepEqual(outline({ version: 3, deployment: { manifest: {}, resources } }, size), ["same jobs: 1 -> 1"]);
  t.deepEqual(outline({ version: 3, checkpoint: { stack: "shop", latest: { resources } } }, size), [
    "same jobs: 1 -> 1",
  ]);
});

test("a file with a byte order mark is read, and one in UTF-16 too", (t) => {
  const json = JSON.stringify(preview([step("create", { after: small })]));
  t.is(readPlan(bytes(`\uFEFF${json}`)).changes.length, 1);
  const utf16 = Buffer.from(`\uFEFF${json}`, "utf16le");
  t.is(readPlan(utf16).changes.length, 1);
});
