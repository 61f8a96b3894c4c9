import test from "ava";
import { Budget, type BudgetArgs } from "../../components/budget.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf } from "./support.ts";

const ARGS: BudgetArgs = {
  monthlyUsd: 900,
  thresholdsPercent: [50, 100],
  emails: ["a@example.com", "b@example.com"],
  counts: { project: "webstack", environment: "dev" },
  tags: TAGS,
};
const budget = (changes: Partial<BudgetArgs> = {}) => record(() => new Budget("bg", { ...ARGS, ...changes }));

const notification = (notificationType: string, threshold: number) => ({
  notificationType,
  comparisonOperator: "GREATER_THAN",
  threshold,
  thresholdType: "PERCENTAGE",
  subscriberEmailAddresses: ["a@example.com", "b@example.com"],
});

test("a budget counts by the month what has all of the tags, and tells of each share and of the forecast", async (t) => {
  const { seen, one } = await budget();
  t.deepEqual(one("aws:budgets/budget:Budget").inputs, {
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: "900",
    limitUnit: "USD",
    filterExpression: {
      ands: [{ tags: { key: "project", values: ["webstack"] } }, { tags: { key: "environment", values: ["dev"] } }],
    },
    metrics: "UnblendedCost",
    notifications: [notification("ACTUAL", 50), notification("ACTUAL", 100), notification("FORECASTED", 100)],
    tags: tagsOf("bg-monthly"),
  });
  t.deepEqual(
    seen.map(({ name, parent }) => [name, parent]),
    [
      ["bg", undefined],
      ["bg-monthly", "bg"],
    ],
  );
});

test("without shares the forecast is told of", async (t) => {
  const { inputs } = (await budget({ thresholdsPercent: [] })).one("aws:budgets/budget:Budget");
  t.deepEqual(inputs.notifications, [notification("FORECASTED", 100)]);
});
