import { readFileSync } from "node:fs";
import test from "ava";
import { parse } from "yaml";
import { readBudgets } from "../../cost/budget/schema.ts";
import { distributed } from "../../stacks/distributed.ts";
import { secured } from "../../stacks/secured.ts";
import type { ArchitectureName, ArchitectureSettings } from "../../stacks/settings/architectures.ts";
import { simple } from "../../stacks/simple.ts";
import { type Recording, record } from "../record.ts";
import { type Changes, settingsOf } from "./review/support.ts";
import { workplace } from "./support.ts";

const BUDGET = "aws:budgets/budget:Budget";
const WORKPLACE = workplace();

interface Outputs {
  readonly budget?: unknown;
}

function program(settings: ArchitectureSettings): Promise<Outputs> {
  if (settings.architecture === "simple") return simple(settings, WORKPLACE);
  if (settings.architecture === "distributed") return distributed(settings, WORKPLACE);
  return secured(settings, WORKPLACE);
}

const build = (architecture: ArchitectureName, changes: Changes = {}): Promise<Recording<Outputs>> =>
  record(() => program(settingsOf(architecture, changes)));

const EMAILS: Readonly<Record<ArchitectureName, string>> = {
  simple: "budget.emails",
  distributed: "budget.emails",
  secured: "monitoring.emails",
};
/** Whoever has alarms has to say whom to tell of them. */
const ALARMED: Readonly<Record<ArchitectureName, Changes>> = {
  simple: {},
  distributed: {},
  secured: { "monitoring.emails": ["operations@example.com"] },
};
const tag = (key: string, value: string) => ({ tags: { key, values: [value] } });

for (const [architecture, emails] of Object.entries(EMAILS) as [ArchitectureName, string][]) {
  test(`${architecture} has a budget when it is asked for, of what has the tags of the stack, and tells ${emails}`, async (t) => {
    const { one, built } = await build(architecture, { "budget.monthlyUsd": 900, [emails]: ["finance@example.com"] });
    const { name, parent, inputs } = one(BUDGET);
    t.is(`${parent} > ${name}`, "budget > budget-monthly");
    t.is(inputs.limitAmount, "900");
    t.deepEqual(inputs.filterExpression, { ands: [tag("project", "webstack"), tag("environment", "dev")] });
    t.deepEqual(
      (inputs.notifications as Record<string, unknown>[]).map(
        ({ notificationType, threshold, subscriberEmailAddresses }) =>
          `${notificationType} ${threshold} ${subscriberEmailAddresses}`,
      ),
      ["ACTUAL 80 finance@example.com", "ACTUAL 100 finance@example.com", "FORECASTED 100 finance@example.com"],
    );
    t.like(inputs.tags, {
      project: "webstack",
      environment: "dev",
      tier: "monitoring",
      Name: "webstack-dev-budget-monthly",
    });
    t.true("budget" in built);
  });

  test(`${architecture} has no budget unless it is asked for`, async (t) => {
    const { all, built } = await build(architecture, ALARMED[architecture]);
    t.is(all(BUDGET).length, 0);
    t.false("budget" in built);
  });
}

for (const stack of ["dev", "staging", "production"]) {
  test(`what the stack file of ${stack} gives AWS as its budget is what cost previews hold it to`, (t) => {
    const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8"));
    const { total } = readBudgets("cost/budget.yaml").find((budget) => budget.stack === stack) ?? {};
    t.is(config["webstack:budget"]?.monthlyUsd ?? total, total);
  });
}
