import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import test, { type ExecutionContext } from "ava";
import { TYPES } from "../../policy/model/types.ts";
import { bytes, events, preview, SUMMARY, state, step } from "../plan/documents.ts";

/** A key that is gone after a week: mandatory, and told by the properties of the resource alone. */
const KEY = { type: TYPES.kmsKey, name: "key", inputs: { deletionWindowInDays: 7 } };
const BALANCER = { type: TYPES.loadBalancer, name: "front", inputs: { loadBalancerType: "application" } };
const CREATED = preview([step("create", { after: KEY }), step("create", { after: BALANCER })]);

async function command(given: unknown, ...parameters: string[]) {
  const child = spawn(process.execPath, ["policy/main.ts", "-", ...parameters], { env: { PATH: process.env.PATH } });
  child.stdin.on("error", () => undefined);
  child.stdin.end(given instanceof Uint8Array ? given : bytes(given));
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, code: code as number };
}

interface Told {
  readonly level: string;
  readonly rule: string;
  readonly message: string;
}

/** What is said of a rule. */
async function judged(given: unknown, rule: string, ...parameters: string[]) {
  const { stdout, code } = await command(given, "--format", "json", ...parameters);
  const findings: readonly Told[] = JSON.parse(stdout).findings;
  return {
    code,
    told: findings.filter((each) => each.rule === rule).map(({ level, message }) => `${level} ${message}`),
  };
}

const PRE = (described: typeof KEY | typeof BALANCER) => ({
  resourcePreEvent: { metadata: { op: "create", urn: state(described).urn, old: null, new: state(described) } },
});
const STREAM = events([PRE(KEY), PRE(BALANCER), SUMMARY]);
const RESOURCES = [state(KEY), state(BALANCER)];

const FORMS: Readonly<Record<string, unknown>> = {
  "a preview": CREATED,
  "a preview in UTF-16": new Uint8Array(Buffer.from(`\uFEFF${JSON.stringify(CREATED)}`, "utf16le")),
  "the events of the engine": STREAM,
  "an exported state": { version: 3, deployment: { resources: RESOURCES } },
  "a checkpoint": { version: 3, checkpoint: { latest: { resources: RESOURCES } } },
};

for (const [what, given] of Object.entries(FORMS)) {
  test(`judged, and refused with code 1: ${what}`, async (t) => {
    const { code, told } = await judged(given, "key-deletion-delay");
    t.is(code, 1);
    t.deepEqual(told, [
      "mandatory A key that is deleted can be brought back for two weeks: its deletionWindowInDays is 7.",
    ]);
  });
}

test("events do not say what comes from what, so rules that follow the graph cannot be decided", async (t) => {
  t.deepEqual((await judged(CREATED, "balancer-has-firewall")).told.length, 1);
  const { told } = await judged(STREAM, "balancer-has-firewall");
  t.deepEqual(told, [
    "undecidable A web application firewall is in front of each public load balancer: " +
      "the plan does not say which resource resourceArn comes from.",
  ]);
});

const EMPTY = "error: The input is empty: there is no preview in it. Did `pulumi preview --json --show-sames` fail?\n";
const CUT = "error: The input ends in the middle of a JSON document: it was cut off. Make it again.\n";
const USE = "Use what `pulumi preview --json --show-sames` or `pulumi stack export` prints.\n";
const failed = preview([], { diagnostics: [{ severity: "error", message: "error: no" }] });

const REFUSED: readonly (readonly [what: string, given: unknown, message: string])[] = [
  ["nothing", "", EMPTY],
  ["half a preview", JSON.stringify(CREATED).slice(0, 100), CUT],
  ["a failed preview", failed, "error: The preview failed, so what it shows is not the whole change:\nerror: no\n"],
  ["a Terraform plan", { planned_values: {} }, `error: This is a Terraform plan. ${USE}`],
  [
    "another document",
    { a: 1 },
    `error: This is JSON, but neither a preview nor a state of Pulumi. Its keys: a. ${USE}`,
  ],
  [
    "a state without resources",
    { deployment: {} },
    "error: This state has no resources: there is nothing to look at.\n",
  ],
];

for (const [what, given, message] of REFUSED) {
  test(`refused with code 1, with what is there and nothing on standard output: ${what}`, async (t) => {
    t.deepEqual(await command(given), { stdout: "", stderr: message, code: 1 });
  });
}

test("what a preview leaves out is told of", async (t) => {
  const { stderr } = await command({ ...CREATED, changeSummary: { create: 2, same: 12 } });
  t.is(stderr, "12 resources that stay the same are not in the preview, and not judged: make it with --show-sames.\n");
});

test("a format that is not known is refused", async (t) => {
  const { stderr, code } = await command("", "--format", "html");
  t.deepEqual([stderr, code], ["error: FORMAT=html is not known: use text, json, markdown.\n", 1]);
});

const STACK = { type: TYPES.stack, name: "other-shop", custom: false };
const GATEWAY = { type: "aws:ec2/natGateway:NatGateway", name: "way-out" };

function budget(t: ExecutionContext, action: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-policy-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  writeFileSync(
    path.join(directory, "budget.yaml"),
    `version: 1\nbudgets: [{ name: all, action: ${action}, increase: 1 }]`,
  );
  return path.join(directory, "budget.yaml");
}

test("a budget that denies is mandatory, and one that warns is told of", async (t) => {
  const grows = preview([step("same", { before: STACK, after: STACK }), step("create", { after: GATEWAY })]);
  const told = (level: string) => [
    `${level} A change raises what a month costs by no more than its budget allows: ` +
      "the budget all allows 1.00 a month more, and this comes to 35.04 a month more.",
  ];
  t.deepEqual((await judged(grows, "cost-increase", "--budget", budget(t, "deny"))).told, told("mandatory"));
  t.deepEqual((await judged(grows, "cost-increase", "--budget", budget(t, "warn"))).told, told("advisory"));
});
