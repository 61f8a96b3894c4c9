/** `webstack-review`: what a change does, costs and risks, and what policies say of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readBudgets } from "../cost/budget/schema.ts";
import { NO_USAGE, readUsage } from "../cost/usage/usage.ts";
import { readYaml } from "../cost/yaml-file.ts";
import { argumentsGiven, dateOf, runCommand } from "../plan/command.ts";
import { input } from "../plan/input.ts";
import { readPlan } from "../plan/read.ts";
import { Refusal } from "../plan/refusal.ts";
import { ourWaivers } from "../policy/waivers-file.ts";
import { GATES, type Gate, type Review } from "./document.ts";
import { type Gates, GatesDocument, gated } from "./gates.ts";
import { jsonOf } from "./json.ts";
import { commentOf } from "./markdown/markdown.ts";
import { reviewOf } from "./review.ts";
import { sentenceOf } from "./verdict.ts";

const HELP = `webstack-review [FILE] [OPTION...]

Reviews the change in FILE: what it does, costs and risks, and what policies say of it. FILE is what one of these prints,
also where the preview failed, and standard input where it is missing or '-':

  pulumi preview --json --show-sames
  pulumi stack export

  --format FORMAT   markdown (default: a comment for a pull request), json, or text: the verdict in one line
  --out DIRECTORY   write STACK.md, STACK.html and STACK.json there, too
  --events FILE     the event log of the same preview, which has the new outputs of the stack
  --gates FILE      what makes a review refuse a change, as YAML (default: review/review.yaml of Webstack)
  --gate NAME=LEVEL the same for this run: policy=never, mandatory or undecidable; budget=never, deny or warn;
                    risk=never, loss or interruption
  --usage FILE      what a month is expected to bring, as YAML
  --budget FILE     what may be spent, as YAML
  --region REGION   where resources are of which the plan does not say it
  --date DATE       YYYY-MM-DD, the day of prices and waivers (default today)

Exit codes: 0 passed, 1 when nothing could be reviewed, 2 when the preview failed, else the sum of
4 refused by policy, 8 by budget, 16 by risk.
`;

const FORMATS = {
  markdown: (review: Review) => commentOf(review),
  json: jsonOf,
  text: ({ verdict }: Review) => `${sentenceOf(verdict)}\n`,
} as const;

const CODES: Readonly<Record<Gate, number>> = { policy: 4, budget: 8, risk: 16 };

const OPTIONS = {
  format: { type: "string", default: "markdown" },
  out: { type: "string" },
  events: { type: "string" },
  gates: { type: "string", default: path.join(import.meta.dirname, "review.yaml") },
  gate: { type: "string", multiple: true },
  usage: { type: "string" },
  budget: { type: "string" },
  region: { type: "string" },
  date: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

await runCommand(main);

async function main(): Promise<number> {
  const { values, file } = argumentsGiven(OPTIONS);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const write = writerOf(values.format);
  const review = await reviewOf(readPlan(await input(file), { failed: true }), {
    gates: gatesOf(values.gates, values.gate ?? []),
    budgets: values.budget === undefined ? [] : readBudgets(values.budget),
    usage: values.usage === undefined ? NO_USAGE : await readUsage(values.usage),
    waivers: ourWaivers(),
    events: values.events === undefined ? undefined : readPlan(await input(values.events), { failed: true }),
    region: values.region,
    date: dateOf(values.date),
  });
  if (values.out !== undefined) await writeReports(review, values.out);
  process.stdout.write(write(review));
  const { outcome, refusedBy } = review.verdict;
  if (outcome === "failed") console.error(`The preview failed:\n${review.plan.failure?.trim()}`);
  return outcome === "failed" ? 2 : refusedBy.reduce((code, gate) => code + CODES[gate], 0);
}

function writerOf(given: string): (review: Review) => string {
  if (Object.hasOwn(FORMATS, given)) return FORMATS[given as keyof typeof FORMATS];
  throw new Refusal(`--format is '${given}'. It must be ${Object.keys(FORMATS).join(", ")}.`);
}

function gatesOf(file: string, given: readonly string[]): Gates {
  return given.reduce((gates, assignment) => {
    const [name, level = ""] = assignment.split("=");
    const gate = GATES.find((known) => known === name);
    if (gate === undefined)
      throw new Refusal(`--gate is '${assignment}'. It must be ${GATES.join(", ")}, = and a level.`);
    return gated(gates, gate, level);
  }, readYaml(file, GatesDocument).gates);
}

async function writeReports(review: Review, directory: string): Promise<void> {
  // Whoever wants no page waits for no picture.
  const { pageOf } = await import("./html/page.ts");
  mkdirSync(directory, { recursive: true });
  // A stack may have a name with anything in it that a path would take for a folder.
  const name = path.join(directory, review.stack.replace(/[^\w.-]/g, "_") || "stack");
  writeFileSync(`${name}.md`, commentOf(review));
  writeFileSync(`${name}.html`, await pageOf(review));
  writeFileSync(`${name}.json`, jsonOf(review));
}
