import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import { Refusal } from "../../plan/refusal.ts";
import { costsOf } from "../../policy/costs.ts";
import { THRESHOLDS } from "../../policy/thresholds.ts";
import { nat } from "../cost/stack.ts";
import { preview, read, step } from "../plan/documents.ts";

/** A gateway by the hour, and three lines that depend on how much goes through it. */
const small = [step("create", { after: nat("small") })];
const CONFIG = { "aws:region": "us-east-1" };

function file(t: ExecutionContext, name: string, content: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-costs-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  writeFileSync(path.join(directory, name), content);
  return path.join(directory, name);
}

interface Given {
  readonly config?: object;
  readonly past?: boolean;
  readonly usage?: string;
  readonly same?: number;
}

/** What each limit of the budgets says of some steps. */
async function held(t: ExecutionContext, budgets: string, steps: readonly object[], given: Given = {}) {
  const { config = CONFIG, past = true, usage, same } = given;
  const thresholds = {
    budgetFile: file(t, "budget.yaml", `version: 1\nbudgets: [${budgets}]`),
    usageFile: usage === undefined ? THRESHOLDS.usageFile : file(t, "usage.yaml", usage),
  };
  const plan = read(preview(steps, { config, changeSummary: { same } }));
  return (await costsOf(plan, thresholds, { past })).map(({ outcome, said }) => `${outcome}: ${said}`);
}

test("a limit is kept or exceeded by what make cost would say", async (t) => {
  t.deepEqual(await held(t, "{ name: small, action: deny, total: 10, increase: 40 }", small), [
    "exceeded: the budget small allows 10.00 a month, and this comes to 32.85 a month",
    "kept: the budget small allows 40.00 a month more, and this comes to 32.85 a month more",
  ]);
});

test("usage counts as the usage file expects it, and the budget wants it", async (t) => {
  const usage = "version: 1\nresources: { small: { processedGb: { low: 0, expected: 100, high: 1000 } } }";
  const budgets = "{ name: small, action: deny, total: 40 }, { name: much, action: warn, usage: high, total: 40 }";
  t.deepEqual(await held(t, budgets, small, { usage }), [
    "kept: the budget small allows 40.00 a month, and this comes to 37.35 a month",
    "exceeded: the budget much allows 40.00 a month, and this comes to 77.85 a month",
  ]);
});

test("where the region has no prices nobody knows whether a total is kept, and it is not nothing", async (t) => {
  const nowhere = { config: { "aws:region": "eu-nowhere-1" } };
  const why =
    "4 of 4 lines have no price, which is more than a budget accepts: " +
    "small: NAT gateway: the price book has no nat/hour for eu-nowhere-1, and 3 more";
  t.deepEqual(await held(t, "{ name: small, action: deny, total: 10, unknownPercent: 50 }", small, nowhere), [
    `unknown: ${why}`,
    "exceeded: the budget small allows 50 % of the lines without a price, and this comes to 100 % of the lines without a price",
  ]);
  t.deepEqual(await held(t, "{ name: small, action: deny, total: 10 }", small, nowhere), [`unknown: ${why}`]);
  const elsewhere = [step("create", { after: nat("elsewhere", { region: "eu-nowhere-1" }) })];
  t.deepEqual(await held(t, "{ name: small, action: deny, total: 10 }", [...small, ...elsewhere]), [
    "exceeded: the budget small allows 10.00 a month, and this comes to 32.85 a month",
  ]);
});

test("a total without some lines is kept where a budget accepts as many", async (t) => {
  const elsewhere = [step("create", { after: nat("elsewhere", { region: "eu-nowhere-1" }) })];
  t.deepEqual(await held(t, "{ name: small, action: deny, total: 40, unknownLines: 4 }", [...small, ...elsewhere]), [
    "kept: the budget small allows 40.00 a month, and this comes to 32.85 a month",
    "kept: the budget small allows 4 lines without a price, and this comes to 4 lines without a price",
  ]);
});

test("a preview that leaves out what stays the same has no total, and an increase all the same", async (t) => {
  const why = "unknown: the preview does not show 7 resources that stay the same: make it with --show-sames";
  t.deepEqual(await held(t, "{ name: small, action: deny, total: 40, increase: 40 }", small, { same: 7 }), [
    why,
    "kept: the budget small allows 40.00 a month more, and this comes to 32.85 a month more",
  ]);
});

test("who does not know what there was before cannot say what a change adds", async (t) => {
  t.deepEqual(
    await held(t, "{ name: small, action: deny, increase: 1, increasePercent: 1 }", small, { past: false }),
    [],
  );
});

test("where no budget holds for the stack nothing is worked out: not even what it needs is read", async (t) => {
  const usage = "no usage";
  t.deepEqual(await held(t, "{ name: other, stack: other, action: deny, total: 1 }", small, { usage }), []);
  await t.throwsAsync(held(t, "{ name: own, stack: shop, action: deny, total: 1 }", small, { usage }));
});

test("a file that is not as it must be is refused", async (t) => {
  await t.throwsAsync(held(t, "{ name: small, action: stop, total: 1 }", small), {
    instanceOf: Refusal,
    message: /budget\.yaml has 1 problem:\n {2}budgets\.0\.action: must be warn or deny$/,
  });
});
