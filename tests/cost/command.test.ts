import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import test, { type ExecutionContext } from "ava";
import { previewCost } from "../../cost/preview-cost.ts";
import { bytes, preview, step } from "../plan/documents.ts";
import { nat } from "./stack.ts";

const PREVIEW = JSON.stringify(preview([step("create", { after: nat("a") })]));

async function command(input: string, ...parameters: string[]) {
  const child = spawn(process.execPath, ["cost/main.ts", ...parameters], { env: { PATH: process.env.PATH } });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, code: code as number };
}

function file(t: ExecutionContext, name: string, content: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-cost-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  writeFileSync(path.join(directory, name), content);
  return path.join(directory, name);
}

test("a preview comes from standard input or from a file, without any credentials", async (t) => {
  const piped = await command(PREVIEW, "--date", "2026-11-24");
  t.deepEqual([piped.code, piped.stderr], [0, ""]);
  t.regex(piped.stdout, /^Cost of shop per month in US dollars, by the prices known on 2026-11-24\n/);
  const read = await command("", file(t, "preview.json", PREVIEW), "--date", "2026-11-24");
  t.is(read.stdout, piped.stdout);
});

test("JSON is one document and nothing else, the same that the function makes", async (t) => {
  const { stdout, stderr, code } = await command(PREVIEW, "--format", "json", "--date", "2026-11-24");
  t.deepEqual([code, stderr], [0, ""]);
  const date = new Date("2026-11-24T00:00:00Z");
  t.is(stdout, (await previewCost(bytes(PREVIEW), { format: "json", date })).text);
  const document = JSON.parse(stdout);
  t.deepEqual([document.version, document.currency, document.resources.length], [1, "USD", 1]);
});

test("a budget that is exceeded warns, or denies with a code of its own", async (t) => {
  const budget = (action: string) =>
    file(t, "budget.yaml", `version: 1\nbudgets: [{ name: all, action: ${action}, total: 1 }]`);
  const warned = await command(PREVIEW, "--budget", budget("warn"));
  t.is(warned.code, 0);
  t.regex(warned.stdout, /\nwarning: all allows 1\.00 a month, and this comes to \d+\.\d\d a month\.\n$/);
  const denied = await command(PREVIEW, "--budget", budget("deny"));
  t.is(denied.code, 3);
  t.regex(denied.stdout, /\ndenied: all allows 1\.00 a month/);
});

test("usage, hours, region and account come from options", async (t) => {
  const usage = file(t, "usage.yaml", "version: 1\nresources: { a: { processedGb: 100 } }");
  const { stdout } = await command(PREVIEW, "--usage", usage, "--hours", "200", "--account", "--format", "json");
  const { total, hours, account } = JSON.parse(stdout);
  t.true(total.after.usage.expected > 0);
  t.deepEqual(hours, { existing: 730, running: 200 });
  t.deepEqual(Object.keys(account), ["before", "after"]);
  const nowhere = JSON.stringify({ ...preview([step("create", { after: nat("a") })]), config: {} });
  const without = JSON.parse((await command(nowhere, "--format", "json")).stdout);
  t.true(without.total.unknown > 0);
  const placed = JSON.parse((await command(nowhere, "--format", "json", "--region", "eu-west-1")).stdout);
  t.is(placed.total.unknown, 0);
});

const REFUSED: readonly (readonly [string, readonly string[], string | RegExp])[] = [
  ["", [], "error: The input is empty: there is no preview in it. Did `pulumi preview --json --show-sames` fail?\n"],
  [PREVIEW, ["--format", "html"], "error: --format is 'html'. It must be table, json, markdown.\n"],
  [PREVIEW, ["--hours", "800"], "error: --hours is '800'. It must be a number of hours in a month, 0 to 744.\n"],
  [PREVIEW, ["--date", "tomorrow"], "error: --date is 'tomorrow'. It must be a day as YYYY-MM-DD.\n"],
  [PREVIEW, ["a.json", "b.json"], "error: there is one file too many: b.json. See --help.\n"],
  [PREVIEW, ["--frmat", "json"], /^error: Unknown option '--frmat'.* See --help\.\n$/s],
  [PREVIEW, ["no/such.json"], /^error: no\/such\.json cannot be read: /],
  [PREVIEW, ["--budget", "no/such.yaml"], /^error: no\/such\.yaml cannot be read: /],
];

for (const [input, parameters, message] of REFUSED) {
  test(`refused with code 1 and nothing on standard output: webstack-cost ${parameters.join(" ")}`, async (t) => {
    const { stdout, stderr, code } = await command(input, ...parameters);
    t.deepEqual([code, stdout], [1, ""]);
    if (typeof message === "string") t.is(stderr, message);
    else t.regex(stderr, message);
  });
}

test("help names every option", async (t) => {
  const { stdout, code } = await command("", "--help");
  t.is(code, 0);
  for (const option of ["format", "usage", "budget", "region", "hours", "account", "date"])
    t.true(stdout.includes(`--${option} `));
});
