import test from "ava";
import { checkBudgets, isDenied } from "../../../cost/budget/check.ts";
import { BudgetDocument, readBudgets } from "../../../cost/budget/schema.ts";
import { type Money, minus, NOTHING } from "../../../cost/money.ts";
import { parseYaml } from "../../../cost/yaml-file.ts";
import { Refusal } from "../../../plan/refusal.ts";

const budgets = (text: string) => parseYaml(`version: 1\nbudgets:\n${text}`, "budget.yaml", BudgetDocument).budgets;

const money = (fixed: number, rest: Partial<Money> = {}): Money => ({ ...NOTHING, fixed, ...rest });

const estimated = (before: Money, after: Money, stack = "shop", lines = 10) => ({
  stack,
  lines,
  total: { before, after, difference: minus(after, before) },
});

const verdicts = (text: string, ...sides: Parameters<typeof estimated>) =>
  checkBudgets(budgets(text), estimated(...sides)).map(
    ({ limit, allowed, actual, exceeded }) => `${limit} ${allowed} ${actual} ${exceeded ? "exceeded" : "kept"}`,
  );

test("a total, an increase in money and in percent are kept up to the limit itself", (t) => {
  const limits = "  - { name: all, action: warn, total: 120, increase: 20, increasePercent: 20 }";
  t.deepEqual(verdicts(limits, money(100), money(120)), [
    "total 120 120 kept",
    "increase 20 20 kept",
    "increasePercent 20 20 kept",
  ]);
  t.deepEqual(verdicts(limits, money(100), money(121)), [
    "total 120 121 exceeded",
    "increase 20 21 exceeded",
    "increasePercent 20 21 exceeded",
  ]);
  t.deepEqual(verdicts(limits, money(100), money(50)), [
    "total 120 50 kept",
    "increase 20 -50 kept",
    "increasePercent 20 -50 kept",
  ]);
});

test("where there was nothing before, no percentage holds", (t) => {
  t.deepEqual(verdicts("  - { name: all, action: deny, increasePercent: 5 }", money(0), money(1000)), []);
});

test("usage counts as it is expected, or as the budget says", (t) => {
  const usage = { low: 1, expected: 10, high: 100 };
  const after = money(50, { usage });
  t.deepEqual(verdicts("  - { name: all, action: deny, total: 70 }", money(0), after), ["total 70 60 kept"]);
  t.deepEqual(verdicts("  - { name: all, action: deny, total: 70, usage: high }", money(0), after), [
    "total 70 150 exceeded",
  ]);
});

test("what has no price can exceed a budget too, as lines or as their share", (t) => {
  const limits = "  - { name: known, action: deny, unknownLines: 1, unknownPercent: 10 }";
  t.deepEqual(verdicts(limits, money(0), money(0, { unknown: 1 })), [
    "unknownLines 1 1 kept",
    "unknownPercent 10 10 kept",
  ]);
  t.deepEqual(verdicts(limits, money(0), money(0, { unknown: 2 })), [
    "unknownLines 1 2 exceeded",
    "unknownPercent 10 20 exceeded",
  ]);
  t.deepEqual(verdicts(limits, money(0), money(0), "shop", 0), ["unknownLines 1 0 kept", "unknownPercent 10 0 kept"]);
});

test("a budget with a stack holds for that one", (t) => {
  const limits = "  - { name: dev, stack: dev, action: deny, total: 1 }";
  t.deepEqual(verdicts(limits, money(0), money(5)), []);
  t.deepEqual(verdicts(limits, money(0), money(5), "dev"), ["total 1 5 exceeded"]);
});

test("only an exceeded budget that denies denies", (t) => {
  const check = (action: string, after: number) =>
    isDenied(
      checkBudgets(budgets(`  - { name: all, action: ${action}, total: 100 }`), estimated(money(0), money(after))),
    );
  t.true(check("deny", 101));
  t.false(check("deny", 100));
  t.false(check("warn", 101));
});

const WRONG: readonly (readonly [text: string, problem: string])[] = [
  [
    "  - { name: a, action: warn }",
    "budgets.0: must have a limit: total, increase, increasePercent, unknownLines or unknownPercent",
  ],
  ["  - { name: a, action: stop, total: 1 }", "budgets.0.action: must be warn or deny"],
  ["  - { name: a, action: warn, total: -1 }", "budgets.0.total: must be US dollars per month, 0 or more"],
  ["  - { name: a, action: warn, increasePercent: 5% }", "budgets.0.increasePercent: must be a percentage, 0 or more"],
  ["  - { name: a, action: warn, unknownLines: 1.5 }", "budgets.0.unknownLines: must be a whole number"],
  ["  - { action: warn, total: 1 }", "budgets.0.name: must be a text"],
  [
    "  - { name: a, action: warn, total: 1, totl: 1 }",
    "budgets.0: has the unknown key totl: its keys are name, stack, action, usage, total, increase, increasePercent, unknownLines, unknownPercent",
  ],
  ["  everything: 5", "budgets: must be a list of budgets"],
];

for (const [text, problem] of WRONG) {
  test(`refused: ${text.trim()}`, (t) => {
    t.is(t.throws(() => budgets(text), { instanceOf: Refusal })?.message, `budget.yaml has 1 problem:\n  ${problem}`);
  });
}

test("the file that comes with the project is right, and names environments that there are", (t) => {
  const stacks = readBudgets("cost/budget.yaml").map(({ stack }) => stack);
  t.deepEqual(stacks, ["dev", "staging", "production", undefined]);
});
