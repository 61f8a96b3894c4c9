import type { Verdict } from "../budget/check.ts";
import type { Limit } from "../budget/schema.ts";
import type { CostEstimate } from "../estimate.ts";
import type { Price } from "../line.ts";
import type { Money } from "../money.ts";
import { quantityText, sumText } from "./numbers.ts";
import { lacksOf } from "./rows.ts";

/** What has to be known before the numbers are believed. */
export function notesOf({
  total,
  hours,
  prices,
  outdated,
  notices,
  account,
  resources,
}: CostEstimate): readonly string[] {
  const free = resources.filter(({ lines }) => lines.every(({ kind }) => kind === "free")).length;
  return [
    ...(resources.length === 0 ? ["There is no resource in this plan."] : []),
    ...lacksOf(total.after),
    ...rangeOf(total.after),
    ...(free > 0 ? [`${free} of ${resources.length} resources cost nothing by themselves and are not shown.`] : []),
    ...(hours.running === hours.existing
      ? []
      : [`Machines and databases run ${hours.running} of ${hours.existing} hours.`]),
    ...(account
      ? ["What is free or cheaper for the account as a whole is taken off, as if nothing else ran in it."]
      : []),
    ...outdatedOf(outdated, prices),
    ...notices,
  ];
}

const rangeOf = ({ range, fixed, usage }: Money): string[] =>
  range.low === range.high && range.low === fixed + usage.expected
    ? []
    : [`By what may change by itself, the total after lies between ${sumText(range.low)} and ${sumText(range.high)}.`];

/** So many are named. A stack of many kinds of machines could have hundreds. */
const NAMED = 20;

function outdatedOf(outdated: readonly Price[], prices: readonly Price[]): string[] {
  if (outdated.length === 0) return [];
  const named = Map.groupBy(outdated.slice(0, NAMED), ({ region }) => region);
  const places = [...named].map(([region, those]) => `${those.map(({ key }) => key).join(", ")} in ${region}`);
  const more = outdated.length > NAMED ? [`${outdated.length - NAMED} more, which the JSON document names`] : [];
  return [
    `Prices older than a year, or without a date, are ${outdated.length} of ${prices.length}: ${[...places, ...more].join("; ")}.`,
  ];
}

const SAYS: Readonly<Record<Limit, (value: number) => string>> = {
  total: (value) => `${sumText(value)} a month`,
  increase: (value) => `${sumText(value)} a month more`,
  increasePercent: (value) => `${quantityText(Math.round(value * 10) / 10)} % more`,
  unknownLines: (value) => `${value} lines without a price`,
  unknownPercent: (value) => `${quantityText(Math.round(value * 10) / 10)} % of the lines without a price`,
};

/** `denied: production allows 900.00 a month, and this comes to 912.40 a month.` */
export function verdictText(verdict: Verdict): string {
  const { action, exceeded } = verdict;
  return `${exceeded ? (action === "deny" ? "denied" : "warning") : "ok"}: ${comparisonText(verdict)}.`;
}

/** `production allows 900.00 a month, and this comes to 912.40 a month` */
export const comparisonText = ({ budget, limit, allowed, actual }: Verdict): string =>
  `${budget} allows ${SAYS[limit](allowed)}, and this comes to ${SAYS[limit](actual)}`;
