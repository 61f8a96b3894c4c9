import { readPlan } from "../plan/read.ts";
import { checkBudgets, type Verdict } from "./budget/check.ts";
import { readBudgets } from "./budget/schema.ts";
import { type CostEstimate, costOf } from "./estimate.ts";
import { documentOf } from "./report/document.ts";
import { markdownOf } from "./report/markdown.ts";
import { tableOf } from "./report/table.ts";
import { readUsage } from "./usage/usage.ts";

export const FORMATS = ["table", "json", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

export interface PreviewCostOptions {
  /** @default "table" */
  readonly format?: Format | undefined;
  /** @default no usage is estimated */
  readonly usageFile?: string | undefined;
  /** @default everything is allowed */
  readonly budgetFile?: string | undefined;
  /** Where resources are of which the plan does not say it. @default they are not priced */
  readonly region?: string | undefined;
  /** Hours per month in which machines and databases run. @default 730 */
  readonly runningHours?: number | undefined;
  /** Whether what an account gets for nothing or cheaper is taken off. @default false */
  readonly account?: boolean | undefined;
  /** When the bill is for. @default today */
  readonly date?: Date | undefined;
}

export interface PreviewCost {
  readonly estimate: CostEstimate;
  readonly verdicts: readonly Verdict[];
  /** In the format asked for. */
  readonly text: string;
}

const WRITERS = {
  table: tableOf,
  markdown: markdownOf,
  json: (estimate: CostEstimate, verdicts: readonly Verdict[]) =>
    `${JSON.stringify(documentOf(estimate, verdicts), undefined, 2)}\n`,
} as const;

/**
 * What the change in a preview costs per month: all that the command `webstack-cost` does. Takes what `pulumi preview --json --show-sames` or
 * `pulumi stack export` prints. Throws a Refusal where that, the usage file or the budget file is not what it should be.
 */
export async function previewCost(input: Uint8Array, options: PreviewCostOptions = {}): Promise<PreviewCost> {
  const { format = "table", usageFile, budgetFile, region, runningHours, account, date } = options;
  const plan = readPlan(input);
  const budgets = budgetFile === undefined ? [] : readBudgets(budgetFile);
  const estimate = await costOf(plan, {
    region,
    ...(usageFile !== undefined && { usage: await readUsage(usageFile) }),
    ...(runningHours !== undefined && { runningHours }),
    ...(account !== undefined && { account }),
    ...(date !== undefined && { date }),
  });
  const verdicts = checkBudgets(budgets, estimate);
  return { estimate, verdicts, text: WRITERS[format](estimate, verdicts) };
}
