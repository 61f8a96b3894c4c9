import { z } from "zod";
import { emails } from "./emails.ts";
import { integer, list } from "./scalars.ts";

/** AWS Budgets tells ten addresses at most. Source: AWS Budgets API, NotificationWithSubscribers. */
export const MOST_ADDRESSES = 10;

/** A budget has five notifications, and one of them is for the forecast. Source: AWS Budgets API, CreateBudget. */
const MOST_THRESHOLDS = 4;

const sums = {
  monthlyUsd: integer(1, 100_000_000, {
    description:
      "What a month may cost, in US dollars. There is an AWS Budget then; without it there is none. Keep `cost/budget.yaml` at the same figure.",
    example: "900",
  }).optional(),
  thresholdsPercent: list(integer(1, 1000, { description: "A share of it.", example: "80" }), MOST_THRESHOLDS, {
    description:
      "Shares of `budget.monthlyUsd` that are told of when a month has cost as much. That a month is on its way to more than all of it is told of in any case.",
  }).default([80, 100]),
};

/** A budget that has to be told whom to tell. */
export const plainBudget = z
  .strictObject({
    ...sums,
    emails: emails(MOST_ADDRESSES, "Addresses that are told of the budget.").default([]),
  })
  .prefault({});

/** A budget that tells those who are told of alarms. */
export const watchedBudget = z.strictObject(sums).prefault({});
