/**
 * `make policy` and `make policy-state`: main.ts FILE [--format text|json|markdown] [--budget FILE] [--usage FILE]
 * Judges a plan (`pulumi preview --json --show-sames`) or a state (`pulumi stack export`), from standard input where FILE is `-`, and ends with 1
 * where something mandatory is violated.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { input } from "../plan/input.ts";
import { readPlan } from "../plan/read.ts";
import { environmentOf, thresholdsOf } from "./configuration.ts";
import { costsOf } from "./costs.ts";
import { describe } from "./model/describe.ts";
import { Model } from "./model/model.ts";
import { REPORTS } from "./report/report.ts";
import { RULES } from "./rules/index.ts";
import { countsOf, review } from "./verdict.ts";
import { dayOf } from "./waivers.ts";
import { ourWaivers } from "./waivers-file.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { format: { type: "string" }, budget: { type: "string" }, usage: { type: "string" } },
});
const report = REPORTS[values.format || "text"];
const [file] = positionals;

try {
  if (!report) throw new Error(`FORMAT=${values.format} is not known: use ${Object.keys(REPORTS).join(", ")}.`);
  if (!file)
    throw new Error("no file to judge: use make policy-state STATE=FILE, with what pulumi stack export wrote.");
  const plan = readPlan(await input(file));
  const thresholds = {
    ...(values.budget && { budgetFile: path.resolve(values.budget) }),
    ...(values.usage && { usageFile: path.resolve(values.usage) }),
  };
  const verdict = review({
    rules: RULES,
    model: new Model(describe(plan), plan),
    waivers: ourWaivers(),
    today: dayOf(new Date()),
    thresholds,
    costs: await costsOf(plan, thresholdsOf(environmentOf(plan.stack), thresholds), { past: true }),
  });
  process.stdout.write(report(verdict));
  if (plan.unlisted > 0)
    console.error(
      `${plan.unlisted} resources that stay the same are not in the preview, and not judged: make it with --show-sames.`,
    );
  if (countsOf(verdict).mandatory > 0) process.exitCode = 1;
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 1;
}
