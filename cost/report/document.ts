import { nameOf } from "../../plan/urn.ts";
import type { AccountLine } from "../allowances.ts";
import type { Verdict } from "../budget/check.ts";
import type { CostEstimate, Difference } from "../estimate.ts";
import type { Estimate, Price, Range } from "../line.ts";
import type { Money } from "../money.ts";
import type { SidedLine } from "../sides.ts";

/** Goes up when a reader of the document before could be misled. Keys may be added without that. */
const DOCUMENT_VERSION = 1;

/** An estimate and what budgets say to it, as JSON. docs/cost.md describes it. Money is in US dollars per month. */
export function documentOf(estimate: CostEstimate, verdicts: readonly Verdict[]) {
  const { stack, date, hours, total, lines, tiers, resources, account, decisions, prices, outdated } = estimate;
  return {
    version: DOCUMENT_VERSION,
    currency: "USD",
    stack,
    date: date.toISOString().slice(0, 10),
    hours,
    total: {
      ...difference(total),
      unknown: total.after.unknown,
      notEstimated: total.after.notEstimated,
      lines,
    },
    tiers: tiers.map(({ tier, ...sums }) => ({ tier: tier ?? null, ...difference(sums) })),
    resources: resources.map(({ urn, type, change, tier, lines: own, ...sums }) => ({
      urn,
      name: nameOf(urn),
      type,
      change,
      tier: tier ?? null,
      ...difference(sums),
      lines: own.map(line),
    })),
    account: account && { before: account.before.map(accountLine), after: account.after.map(accountLine) },
    decisions: decisions.map(({ decision, urn, instead, saved }) => ({
      decision,
      urn: urn ?? null,
      instead,
      saved: money(saved),
    })),
    budgets: verdicts.map(({ actual, ...rest }) => ({ ...rest, actual: number(actual) })),
    prices: prices.map(price),
    outdated: outdated.map(({ key, region }) => ({ key, region })),
    notices: estimate.notices,
  };
}

const difference = ({ before, after, difference: change }: Difference) => ({
  before: money(before),
  after: money(after),
  difference: money(change),
});

const money = ({ fixed, usage, range, unknown, notEstimated }: Money) => ({
  fixed: number(fixed),
  usage: estimated(usage),
  range: bounds(range),
  unknown,
  notEstimated,
});

function line(one: SidedLine) {
  const { kind, side, item } = one;
  if (one.kind === "free") return { kind, side, item, source: one.source };
  if (one.kind === "unknown")
    return { kind, side, item, reason: one.reason, ...(one.range && { range: bounds(one.range) }) };
  const { unit, price: paid, note } = one;
  const common = {
    kind,
    side,
    item,
    unit,
    unitPrice: paid.usd,
    price: { key: paid.key, region: paid.region },
    ...(note && { note }),
  };
  if (one.kind === "fixed") {
    const { quantity, amount, range } = one;
    return { ...common, quantity: number(quantity), amount: number(amount), ...(range && { range: bounds(range) }) };
  }
  const { usage, quantity, amount } = one;
  return {
    ...common,
    usage,
    quantity: quantity ? estimated(quantity) : null,
    amount: amount ? estimated(amount) : null,
  };
}

const accountLine = ({ item, key, region, quantity, unit, unitPrice, amount }: AccountLine) => ({
  item,
  price: { key, region },
  quantity: estimated(quantity),
  unit,
  unitPrice,
  amount: estimated(amount),
});

const price = ({ key, region, usd, unit, tiers, sources, date }: Price) => ({
  key,
  region,
  usd,
  unit,
  ...(tiers && { tiers }),
  sources,
  date: date ?? null,
});

const estimated = ({ low, expected, high }: Estimate): Estimate => ({
  low: number(low),
  expected: number(expected),
  high: number(high),
});

const bounds = ({ low, high }: Range): Range => ({ low: number(low), high: number(high) });

/** Without the noise of binary fractions. */
const number = (value: number): number => Math.round(value * 1e8) / 1e8 || 0;
