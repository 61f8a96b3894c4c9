/** Budgets as policies, on the real engine: the pack over what there will be, `make policy` over what changes. */
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { promisify, stripVTControlCharacters } from "node:util";
import test from "ava";
import { type OperationOptions, operation } from "../../../local/stack/operation.ts";
import { World } from "../world.ts";

const PACK = path.resolve(import.meta.dirname, "../../../policy");
const SETTINGS = { domain: "dev.example.com", architecture: "simple" };

type Choice = Pick<OperationOptions, "verb" | "plan" | "policyPack" | "parameters">;

async function run({ root, localDir }: World, choice: Choice) {
  let said = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  return { code: await operation({ environment: "dev", root, localDir, output, ...choice }), said };
}

/** A file of budgets for the stack, and one that has the pack read it. */
function budgetFiles({ localDir }: World, budgets: string) {
  mkdirSync(localDir, { recursive: true });
  const budgetFile = path.join(localDir, "budget.yaml");
  writeFileSync(budgetFile, `version: 1\nbudgets: [${budgets}]\n`);
  const packConfig = path.join(localDir, "pack.json");
  writeFileSync(packConfig, JSON.stringify({ thresholds: { budgetFile } }));
  return { budgetFile, packConfig };
}

/** The lines in which the engine tells of a policy of the pack, the first time. */
function told(said: string, policy: string): string[] {
  const lines = stripVTControlCharacters(said).split("\n");
  const start = lines.findIndex((line) => line.includes(` ${policy} `));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\s*(- \[|$)/.test(line));
  return [lines[start] ?? "", ...rest.slice(0, end)].map((line) =>
    line.trim().replace(/^- /, "").replaceAll(/ +/g, " "),
  );
}

/** What `make policy FORMAT=json` says of costs, and how it ends. */
async function judged(plan: string, budgetFile: string) {
  const main = path.join(PACK, "main.ts");
  const parameters = [main, plan, "--format", "json", "--budget", budgetFile];
  const { code, stdout } = await promisify(execFile)(process.execPath, parameters).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
  const findings: readonly { level: string; rule: string; message: string }[] = JSON.parse(stdout).findings;
  const costs = findings.filter(({ rule }) => /cost|unpriced/.test(rule));
  return { code, said: costs.map(({ level, rule, message }) => `${level} ${rule}: ${message}`) };
}

test("a stack over its budget is refused by the pack, and a change that raises it by make policy", async (t) => {
  const world = World.with(
    { teardown: (end) => t.teardown(end), fail: (message) => t.fail(message) as never },
    { dev: SETTINGS },
  );
  const first = budgetFiles(
    world,
    "{ name: small, stack: dev, action: deny, total: 5, unknownPercent: 50 }, { name: hint, action: warn, total: 4 }",
  );
  const parameters = ["--policy-pack-config", first.packConfig];
  const refused = await run(world, { verb: "preview", policyPack: PACK, parameters });
  t.not(refused.code, 0);
  t.deepEqual(told(refused.said, "monthly-cost"), [
    "[mandatory] [severity: medium] monthly-cost (pulumi:pulumi:Stack: webstack-dev)",
    "A month of the stack costs no more than its budget",
    "the budget small allows 5.00 a month, and this comes to 19.34 a month. " +
      "The bill comes when the month is over, and the money has been spent.",
    "Fix: Make what costs most smaller: make cost shows every line, and what could be saved. " +
      "Or raise total in cost/budget.yaml; where action is warn, it is only said.",
    "See: Well-Architected COST02, AWS documentation AWS Budgets",
  ]);
  t.deepEqual(told(refused.said, "warned").slice(0, 3), [
    "[advisory] warned (pulumi:pulumi:Stack: webstack-dev)",
    "A budget that only warns is exceeded",
    "monthly-cost: the budget hint allows 4.00 a month, and this comes to 19.34 a month. " +
      "The bill comes when the month is over, and the money has been spent.",
  ]);

  t.is((await run(world, { verb: "up" })).code, 0);
  world.configure("dev", { ...SETTINGS, server: { instanceType: "t4g.large" } });
  const plan = path.join(world.localDir, "dev", "plan.json");
  t.is((await run(world, { verb: "preview", plan })).code, 0);
  const { budgetFile } = budgetFiles(
    world,
    "{ name: small, stack: dev, action: deny, total: 50, increase: 10, unknownPercent: 50 }",
  );
  t.deepEqual(await judged(plan, budgetFile), {
    code: 1,
    said: [
      // What the pack has said before, and the increase.
      "mandatory monthly-cost: A month of the stack costs no more than its budget: " +
        "the budget small allows 50.00 a month, and this comes to 59.64 a month.",
      "mandatory cost-increase: A change raises what a month costs by no more than its budget allows: " +
        "the budget small allows 10.00 a month more, and this comes to 40.30 a month more.",
    ],
  });
});
