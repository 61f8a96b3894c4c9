import { z } from "zod";
import { group, readYaml } from "../yaml-file.ts";

const MONEY = "must be US dollars per month, 0 or more";
const money = z.number(MONEY).nonnegative(MONEY).optional();

const PERCENT = "must be a percentage, 0 or more";
const percent = z.number(PERCENT).nonnegative(PERCENT).optional();

const NAME = "must be a text";

/** At least one limit, and what happens to a change that exceeds one. */
const Budget = group({
  /** What it is called in reports. */
  name: z.string(NAME).min(1, NAME),
  /** The stack it holds for. @default every stack */
  stack: z.string(NAME).optional(),
  action: z.enum(["warn", "deny"], "must be warn or deny"),
  /** Which of the usage estimates counts. @default "expected" */
  usage: z.enum(["low", "expected", "high"], "must be low, expected or high").default("expected"),
  /** What a month may cost after the change. */
  total: money,
  /** By how much a change may raise that. */
  increase: money,
  /** The same as a share of what a month cost before. Holds nothing where there was nothing before. */
  increasePercent: percent,
  /** How many lines may be without a price. */
  unknownLines: z.int("must be a whole number").nonnegative("must be 0 or more").optional(),
  /** How many of the lines that cost something, in percent, may be without a price. */
  unknownPercent: percent,
}).refine(
  (budget) => LIMITS.some((limit) => budget[limit] !== undefined),
  "must have a limit: total, increase, increasePercent, unknownLines or unknownPercent",
);
export type Budget = z.infer<typeof Budget>;

export const LIMITS = ["total", "increase", "increasePercent", "unknownLines", "unknownPercent"] as const;
export type Limit = (typeof LIMITS)[number];

export const BudgetDocument = group({
  version: z.literal(1, "must be 1"),
  budgets: z.array(Budget, "must be a list of budgets"),
});

/** Reads a file of budgets. Throws a Refusal that names everything that is wrong with it. */
export const readBudgets = (file: string): readonly Budget[] => readYaml(file, BudgetDocument).budgets;
