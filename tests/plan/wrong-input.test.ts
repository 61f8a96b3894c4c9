import test from "ava";
import { readPlan } from "../../plan/read.ts";
import { Refusal } from "../../plan/refusal.ts";
import { bytes, events, preview, read, SUMMARY, state, step } from "./documents.ts";

const queue = { type: "aws:sqs/queue:Queue", name: "jobs" };
const USE = "Use what `pulumi preview --json --show-sames` or `pulumi stack export` prints.";
const whole = JSON.stringify(preview([step("create", { after: queue })]));
const PRELUDE = { preludeEvent: { config: {} } };

const EMPTY = "The input is empty: there is no preview in it. Did `pulumi preview --json --show-sames` fail?";
const CUT = "The input ends in the middle of a JSON document: it was cut off. Make it again.";
const PLAN = `This is an update plan (\`--save-plan\`), which has only what changes of each resource. ${USE}`;

const WRONG: readonly (readonly [what: string, input: unknown, message: string])[] = [
  ["nothing", "", EMPTY],
  ["white space", " \n\t\n", EMPTY],
  [
    "a preview for people",
    "Previewing update (shop):\n  + queue",
    "The input is not JSON. It starts with 'Previewing update (shop):'. Use the standard output of `pulumi preview --json --show-sames`, or of `pulumi stack export`.",
  ],
  ["a preview that was cut off", whole.slice(0, -20), CUT],
  ["half a brace", "{", CUT],
  [
    "events that were cut off within a line",
    events([PRELUDE, SUMMARY]).slice(0, -5),
    "Line 2 of the input ends in the middle of a JSON document: it was cut off. Make it again.",
  ],
  [
    "events that were cut off between lines",
    events([PRELUDE]),
    "The events end before the engine's summary: the preview was cut off. Make it again.",
  ],
  [
    "a failed preview",
    preview([], {
      diagnostics: [
        { severity: "warning", message: "hm" },
        { severity: "error", message: "error: no\n" },
      ],
    }),
    "The preview failed, so what it shows is not the whole change:\nerror: no",
  ],
  [
    "failed events",
    events([PRELUDE, { diagnosticEvent: { severity: "error", message: "no" } }, SUMMARY]),
    "The preview failed, so what it shows is not the whole change:\nno",
  ],
  [
    "events that fail without a word",
    events([PRELUDE, { summaryEvent: { result: "failed" } }]),
    "The preview failed, so what it shows is not the whole change:\nThe engine does not say why.",
  ],
  [
    "a failed resource",
    events([PRELUDE, { resOpFailedEvent: { metadata: { op: "create", urn: "urn:x" } } }, SUMMARY]),
    "The preview failed, so what it shows is not the whole change:\nurn:x failed.",
  ],
  [
    "a preview with more errors than one",
    preview([], {
      diagnostics: [
        { severity: "error", message: "error: no\n" },
        { severity: "error", message: "error: preview failed\n" },
      ],
    }),
    "The preview failed, so what it shows is not the whole change:\nerror: no\nerror: preview failed",
  ],
  [
    "events that a mandatory policy stops",
    events([
      PRELUDE,
      { policyEvent: { policyName: "tags", message: "It has none.\n", enforcementLevel: "advisory" } },
      { policyEvent: { policyName: "private", message: "It is public.\n", enforcementLevel: "mandatory" } },
      { summaryEvent: { result: "failed" } },
    ]),
    "The preview failed, so what it shows is not the whole change:\nThe policy private is violated: It is public.",
  ],
  ["a Terraform plan", { format_version: "1.2", planned_values: {} }, `This is a Terraform plan. ${USE}`],
  ["an update plan", { resourcePlans: {} }, PLAN],
  ["an update plan with its version", { version: 1, plan: {} }, PLAN],
  [
    "another document",
    { Resources: {}, Outputs: {} },
    `This is JSON, but neither a preview nor a state of Pulumi. Its keys: Resources, Outputs. ${USE}`,
  ],
  ["an empty document", {}, `This is JSON, but neither a preview nor a state of Pulumi. Its keys: none. ${USE}`],
  ["an empty list", [], "The events end before the engine's summary: the preview was cut off. Make it again."],
  [
    "steps that are no list",
    { steps: 3 },
    "This is not a preview as Pulumi writes it: steps: Invalid input: expected array, received number.",
  ],
  [
    "a step without an operation",
    { steps: [{ urn: "u" }] },
    "This is not a preview as Pulumi writes it: steps.0.op: Invalid input: expected string, received undefined.",
  ],
  [
    "inputs that are no table",
    preview([step("create", { after: { ...queue, inputs: [1] } })]),
    "This is not a preview as Pulumi writes it: steps.0.newState.inputs: Invalid input: expected record, received array.",
  ],
  [
    "an event of another shape",
    [{ resourcePreEvent: {} }],
    "This is not the engine's event 1 as Pulumi writes it: resourcePreEvent.metadata: Invalid input: expected object, received undefined.",
  ],
  [
    "a list of numbers",
    [1, 2],
    "This is not the engine's event 1 as Pulumi writes it: the document: Invalid input: expected object, received number.",
  ],
  [
    "a state without resources",
    { version: 3, deployment: {} },
    "This state has no resources: there is nothing to look at.",
  ],
  [
    "a checkpoint without resources",
    { checkpoint: { latest: null } },
    "This state has no resources: there is nothing to look at.",
  ],
  [
    "a state of another shape",
    { deployment: { resources: [{ ...state(queue), urn: 1 }] } },
    "This is not an exported state as Pulumi writes it: deployment.resources.0.urn: Invalid input: expected string, received number.",
  ],
];

for (const [what, input, message] of WRONG) {
  test(`refused, with what is there and what to do: ${what}`, (t) => {
    t.is(t.throws(() => read(input), { instanceOf: Refusal })?.message, message);
  });
}

test("JSON that is broken in the middle was not cut off", (t) => {
  const input = '{"steps": [}, "x": 1, "y": 2}';
  t.throws(() => read(input), { instanceOf: Refusal, message: /^The input is not JSON: .+/ });
});

test("bytes that are no text are refused", (t) => {
  t.throws(() => readPlan(new Uint8Array([0x1f, 0x8b, 0, 255])), {
    instanceOf: Refusal,
    message: /^The input is not JSON\./,
  });
});

test("wherever a preview is cut off, that is what is said", (t) => {
  const all = bytes(whole);
  for (let length = 1; length < all.length; length++) {
    t.throws(() => readPlan(all.subarray(0, length)), { instanceOf: Refusal, message: CUT }, `after ${length} bytes`);
  }
});
