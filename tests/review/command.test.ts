import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import test, { type ExecutionContext } from "ava";
import { events, preview, SUMMARY, step, urn } from "../plan/documents.ts";

const BUCKET = { type: "aws:s3/bucket:Bucket", name: "uploads" };
const QUEUE = { type: "aws:sns/topic:Topic", name: "orders" };
const json = (steps: readonly object[], rest: object = {}) => JSON.stringify(preview(steps, rest));
const NOTHING = json([step("same", { before: QUEUE, after: QUEUE })]);
const LOSS = json([step("delete", { before: BUCKET })]);
const DATABASE = json([step("create", { after: { type: "aws:rds/instance:Instance", name: "db" } })]);
const FAILED = json([step("create", { after: QUEUE })], {
  diagnostics: [{ severity: "error", message: "it does not compile" }],
});

async function command(input: string, ...parameters: string[]) {
  const all = ["review/main.ts", "--date", "2026-11-24", ...parameters];
  const child = spawn(process.execPath, all, { env: { PATH: process.env.PATH } });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, code: code as number };
}

function folder(t: ExecutionContext): string {
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-review-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  return directory;
}

function file(t: ExecutionContext, name: string, content: string): string {
  const made = path.join(folder(t), name);
  writeFileSync(made, content);
  return made;
}

test("each gate refuses by a code of its own, and their sum where there are several", async (t) => {
  const budget = file(
    t,
    "budget.yaml",
    "version: 1\nbudgets: [{ name: all, action: deny, total: 0, unknownLines: 0 }]",
  );
  const code = async (input: string, ...parameters: string[]) =>
    (await command(input, "--format", "text", ...parameters)).code;
  t.is(await code(LOSS), 16);
  t.is(await code(LOSS, "--gate", "risk=never"), 0);
  t.is(await code(DATABASE), 4);
  t.is(await code(DATABASE, "--budget", budget), 12);
  t.is(await code(DATABASE, "--budget", budget, "--gate", "budget=never", "--gate", "policy=never"), 0);
  const strict = file(t, "gates.yaml", "version: 1\ngates: { policy: never, budget: never, risk: interruption }");
  const machine = { type: "aws:lambda/function:Function", name: "f" };
  const replaced = json([step("replace", { before: machine, after: machine })]);
  t.is(await code(replaced, "--gate", "policy=never"), 0);
  t.is(await code(replaced, "--gates", strict), 16);
});

test("a budget that warns refuses where the gate says so", async (t) => {
  const budget = file(t, "budget.yaml", "version: 1\nbudgets: [{ name: all, action: warn, unknownLines: 0 }]");
  const parameters = ["--format", "text", "--budget", budget, "--gate", "policy=never"];
  t.is((await command(DATABASE, ...parameters)).code, 0);
  t.is((await command(DATABASE, ...parameters, "--gate", "budget=warn")).code, 8);
});

test("a preview that failed is reviewed as far as it came, and ends with 2", async (t) => {
  const { stdout, stderr, code } = await command(FAILED, "--format", "text");
  t.is(code, 2);
  t.is(stderr, "The preview failed:\nit does not compile\n");
  t.is(
    stdout,
    "Changes: as far as the preview came, 1 created. Cost: not priced. Policy: not judged. " +
      "At risk: as far as the preview came, nothing.\n",
  );
});

test("which policy of the engine stopped a preview is told by its events alone", async (t) => {
  const stopped = json([step("create", { after: QUEUE })], {
    diagnostics: [{ severity: "error", message: "error: preview failed\n" }],
  });
  const type = "pulumi:pulumi:Stack";
  const metadata = {
    op: "create",
    urn: urn(type, "other-shop"),
    type,
    old: null,
    new: { urn: urn(type, "other-shop"), type },
  };
  const policyEvent = { policyName: "private", message: "It is public.\n", enforcementLevel: "mandatory" };
  const log = file(t, "plan.events", events([{ resourcePreEvent: { metadata } }, { policyEvent }]));
  const { stdout, stderr, code } = await command(stopped, "--events", log);
  t.is(code, 2);
  t.is(stderr, "The preview failed:\nThe policy private is violated: It is public.\n");
  t.true(stdout.includes("\n> The policy private is violated: It is public.\n"), stdout);
});

test("reports are files that are named after the stack", async (t) => {
  const directory = path.join(folder(t), "reports");
  const { stdout } = await command(NOTHING, "--out", directory);
  t.is(readFileSync(path.join(directory, "shop.md"), "utf8"), stdout);
  t.is(JSON.parse(readFileSync(path.join(directory, "shop.json"), "utf8")).version, 2);
  t.true(readFileSync(path.join(directory, "shop.html"), "utf8").startsWith("<!doctype html>"));
});

test("JSON is one document with the documents of policy and cost in it", async (t) => {
  const document = JSON.parse((await command(LOSS, "--format", "json")).stdout);
  t.deepEqual(
    [
      document.version,
      document.stack,
      document.project,
      document.date,
      document.cost.currency,
      document.policy.version,
    ],
    [2, "shop", "other", "2026-11-24", "USD", 1],
  );
  t.deepEqual(document.verdict.refusedBy, ["risk"]);
  t.deepEqual(
    document.risks.map(({ level, name }: { level: string; name: string }) => `${level} ${name}`),
    ["loss uploads"],
  );
  t.deepEqual(document.tiers, [
    { tier: null, changes: [{ urn: urn(BUCKET.type, "uploads"), ...BUCKET, kind: "delete", properties: [] }] },
  ]);
  t.deepEqual(document.lacks, [
    "The plan does not tell pitfalls, the encryption of hops and the coverage by alarms: the stack has no such output in it.",
  ]);
});

test("what a program says of itself is that of the change where the events are there, and else that of the last update", async (t) => {
  const type = "pulumi:pulumi:Stack";
  const root = { urn: urn(type, "other-shop"), type, custom: false };
  const hops = (by: string) => ({ review: { hops: [{ from: "client", to: "server", encrypted: true, by }] } });
  const old = { ...root, outputs: hops("old") };
  const document = json([{ op: "same", urn: root.urn, oldState: old, newState: old }]);
  const { hops: before, lacks } = JSON.parse((await command(document, "--format", "json")).stdout);
  t.is(before[0].by, "old");
  t.deepEqual(lacks, [
    "The plan does not tell pitfalls and the coverage by alarms: the stack has no such output in it.",
    "Pitfalls, hops and alarms are those of the last update: this form of a preview has no new outputs.",
  ]);
  const metadata = { op: "same", urn: root.urn, type, old, new: { ...root, outputs: hops("new") } };
  const log = file(t, "plan.events", events([{ resOutputsEvent: { metadata } }, SUMMARY]));
  const after = JSON.parse((await command(document, "--format", "json", "--events", log)).stdout);
  t.is(after.hops[0].by, "new");
  t.is(after.lacks.length, 1);
});

const REFUSED: readonly (readonly [string, readonly string[], string])[] = [
  ["", [], "error: The input is empty: there is no preview in it. Did `pulumi preview --json --show-sames` fail?\n"],
  [NOTHING, ["--format", "html"], "error: --format is 'html'. It must be markdown, json, text.\n"],
  [NOTHING, ["--gate", "risk"], "error: --gate risk is ''. It must be never, loss, interruption.\n"],
  [NOTHING, ["--gate", "cost=deny"], "error: --gate is 'cost=deny'. It must be policy, budget, risk, = and a level.\n"],
  [NOTHING, ["--date", "tomorrow"], "error: --date is 'tomorrow'. It must be a day as YYYY-MM-DD.\n"],
  [NOTHING, ["a.json", "b.json"], "error: there is one file too many: b.json. See --help.\n"],
];

for (const [input, parameters, message] of REFUSED) {
  test(`refused with code 1 and nothing on standard output: webstack-review ${parameters.join(" ")}`, async (t) => {
    const { stdout, stderr, code } = await command(input, ...parameters);
    t.deepEqual([code, stdout, stderr], [1, "", message]);
  });
}

test("a file of gates that is wrong is refused with everything that is wrong", async (t) => {
  const gates = file(
    t,
    "gates.yaml",
    "version: 1\ngates: { policy: sometimes, budget: deny, risk: loss, speed: high }",
  );
  const { stderr, code } = await command(NOTHING, "--gates", gates);
  t.is(code, 1);
  t.regex(stderr, /gates\.policy: must be never, mandatory or undecidable/);
  t.regex(stderr, /gates: has the unknown key speed: its keys are policy, budget, risk/);
});

test("help names every option", async (t) => {
  const { stdout, code } = await command("", "--help");
  t.is(code, 0);
  for (const option of ["format", "out", "events", "gates", "gate", "usage", "budget", "region", "date"])
    t.true(stdout.includes(`--${option} `));
});
