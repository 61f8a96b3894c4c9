import type { Estimate, Line, Price } from "./line.ts";
import type { Allowance, PriceBook } from "./prices/book.ts";

/** What AWS takes off the bill of an account: what is free every month, and what is cheaper because there is much of it. */
export interface AccountLine {
  readonly item: string;
  readonly key: string;
  readonly region: string;
  readonly quantity: Estimate;
  readonly unit: string;
  /** Dollars for one unit, below zero. */
  readonly unitPrice: number;
  /** Quantity times unit price. Low is of the low usage, so it may be the one nearest to zero. */
  readonly amount: Estimate;
}

/**
 * Lines are priced as if each were the first of its account and nothing were free. These take off what the lines of one account get together, once:
 * allowances and volume tiers. They are right only where nothing else runs in the account.
 */
export function accountLines(lines: readonly Line[], book: Pick<PriceBook, "allowances">): readonly AccountLine[] {
  const left = new Map(book.allowances.map((allowance) => [allowance, same(allowance.quantity)]));
  return [...volumes(lines)].flatMap(([price, volume]) => {
    const taken: AccountLine[] = [];
    let paid = volume;
    for (const [allowance, rest] of left) {
      if (allowance.key !== price.key) continue;
      const free = map2(paid, rest, Math.min);
      left.set(allowance, map2(rest, free, minus));
      paid = map2(paid, free, minus);
      taken.push(accountLine(`free every month: ${allowanceText(allowance)}`, price, free, -price.usd));
    }
    return [...taken, ...tierLines(price, paid)].filter(({ quantity }) => quantity.high > 0);
  });
}

/** How much there is of each price. */
function volumes(lines: readonly Line[]): ReadonlyMap<Price, Estimate> {
  const sums = new Map<Price, Estimate>();
  for (const line of lines) {
    if (line.kind !== "fixed" && line.kind !== "usage") continue;
    const { price, quantity = 0 } = line;
    const volume = typeof quantity === "number" ? same(quantity) : quantity;
    sums.set(
      price,
      map2(sums.get(price) ?? same(0), volume, (a, b) => a + b),
    );
  }
  return sums;
}

/** What is beyond the start of each cheaper tier costs less by the step down to it. */
function tierLines(price: Price, volume: Estimate): AccountLine[] {
  const paid = (price.tiers ?? []).filter(({ usd }) => usd > 0);
  return paid.slice(1).map(({ from, usd }, index) => {
    const before = paid[index]?.usd ?? price.usd;
    const beyond = map2(volume, same(from), (all, start) => Math.max(0, all - start));
    return accountLine(`beyond ${from} ${price.unit}: ${price.key}`, price, beyond, usd - before);
  });
}

function accountLine(item: string, price: Price, quantity: Estimate, unitPrice: number): AccountLine {
  const amount = map2(quantity, same(unitPrice), (units, usd) => units * usd);
  return { item, key: price.key, region: price.region, quantity, unit: price.unit, unitPrice, amount };
}

const allowanceText = ({ item, quantity, unit }: Allowance) => `${quantity} ${unit} of ${item}`;

const same = (value: number): Estimate => ({ low: value, expected: value, high: value });

const minus = (a: number, b: number): number => a - b;

const map2 = (a: Estimate, b: Estimate, f: (a: number, b: number) => number): Estimate => ({
  low: f(a.low, b.low),
  expected: f(a.expected, b.expected),
  high: f(a.high, b.high),
});
