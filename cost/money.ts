import type { AccountLine } from "./allowances.ts";
import type { Estimate, Line, Range } from "./line.ts";

/** What lines come to: US dollars per month, and what is missing in that. */
export interface Money {
  readonly fixed: number;
  /** Of the lines whose usage somebody has estimated. */
  readonly usage: Estimate;
  /** Between which all of it lies that has a bound: sizes that change by themselves, estimates, and unknown lines with a range. */
  readonly range: Range;
  /** Lines without a price or a quantity that the plan shows. */
  readonly unknown: number;
  /** Lines whose usage nobody has estimated. */
  readonly notEstimated: number;
}

export const NOTHING: Money = {
  fixed: 0,
  usage: { low: 0, expected: 0, high: 0 },
  range: { low: 0, high: 0 },
  unknown: 0,
  notEstimated: 0,
};

/** The one number to compare: what is fixed, and what usage is expected to cost. */
export const expected = ({ fixed, usage }: Pick<Money, "fixed" | "usage">): number => fixed + usage.expected;

export function sumOf(lines: readonly Line[]): Money {
  let fixed = 0;
  let unknown = 0;
  let notEstimated = 0;
  const usage = { low: 0, expected: 0, high: 0 };
  const range = { low: 0, high: 0 };
  for (const line of lines) {
    if (line.kind === "fixed") fixed += line.amount;
    else if (line.kind === "unknown") unknown++;
    else if (line.kind === "usage" && !line.amount) notEstimated++;
    else if (line.kind === "usage" && line.amount) {
      usage.low += line.amount.low;
      usage.expected += line.amount.expected;
      usage.high += line.amount.high;
    }
    const bounds = boundsOf(line);
    range.low += bounds.low;
    range.high += bounds.high;
  }
  return { fixed, usage, range, unknown, notEstimated };
}

function boundsOf(line: Line): Range {
  if (line.kind === "fixed") return line.range ?? { low: line.amount, high: line.amount };
  return (line.kind === "usage" ? line.amount : line.kind === "unknown" ? line.range : undefined) ?? NOTHING.range;
}

export const accountMoney = (lines: readonly AccountLine[]): Money =>
  lines.map(({ amount }) => ({ ...NOTHING, usage: amount, range: amount })).reduce(plus, NOTHING);

export const plus = (a: Money, b: Money): Money => combined(a, b, (x, y) => x + y);

/** What changes from `before` to `after`. Each bound is the difference of the bounds. */
export const minus = (after: Money, before: Money): Money => combined(after, before, (x, y) => x - y);

function combined(a: Money, b: Money, f: (x: number, y: number) => number): Money {
  return {
    fixed: f(a.fixed, b.fixed),
    usage: {
      low: f(a.usage.low, b.usage.low),
      expected: f(a.usage.expected, b.usage.expected),
      high: f(a.usage.high, b.usage.high),
    },
    range: { low: f(a.range.low, b.range.low), high: f(a.range.high, b.range.high) },
    unknown: f(a.unknown, b.unknown),
    notEstimated: f(a.notEstimated, b.notEstimated),
  };
}
