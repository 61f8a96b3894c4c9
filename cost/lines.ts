import { type Hidden, SECRET } from "../plan/values.ts";
import type { Estimate, FixedLine, FreeLine, Line, Range, UnknownLine, UsageLine } from "./line.ts";
import type { Context } from "./pricing.ts";

/** How many there are now, and how few and many there may come to be without a further update. */
export interface Sizes {
  readonly low: number;
  readonly now: number;
  readonly high: number;
}

export const exactly = (count: number): Sizes => ({ low: count, now: count, high: count });

interface Fixed {
  readonly item: string;
  /** Of the price book. */
  readonly key: string;
  /** Where the price holds. @default where the resource is */
  readonly region?: string;
  /** Units per month of each. @default 1 */
  readonly each?: number;
  /** How many of them. @default one */
  readonly sizes?: Sizes;
  readonly note?: string;
}

/** What costs the same however much it is used; unknown where the book has no price. */
export function fixed(context: Context, { item, key, region, each = 1, sizes = exactly(1), note }: Fixed): Line {
  const price = context.price(key, region);
  if (price === undefined) return noPrice(context, item, key, region);
  const quantity = each * sizes.now;
  const range = { low: each * sizes.low * price.usd, high: each * sizes.high * price.usd };
  const line: FixedLine = { kind: "fixed", item, quantity, unit: price.unit, price, amount: quantity * price.usd };
  return { ...line, ...(sizes.low !== sizes.high && { range }), ...(note !== undefined && { note }) };
}

interface Used {
  readonly item: string;
  readonly key: string;
  readonly region?: string;
  /** The key of the usage file. */
  readonly usage: string;
  /** Units of the price for one that is counted in the usage file. @default 1 */
  readonly per?: number;
  readonly note?: string;
}

/** What costs by how much it is used; unknown where the book has no price. */
export function used(context: Context, { usage, per = 1, ...rest }: Used): Line {
  const counted = context.usage(usage);
  return usedQuantity(context, { ...rest, usage: [usage], quantity: counted && scale(counted, per) });
}

interface UsedQuantity extends Omit<Used, "usage" | "per"> {
  readonly usage: readonly string[];
  /** Undefined where nobody has estimated it. */
  readonly quantity: Estimate | undefined;
}

/** {@link used}, for a quantity that has to be worked out. */
export function usedQuantity(context: Context, { item, key, region, usage, quantity, note }: UsedQuantity): Line {
  const price = context.price(key, region);
  if (price === undefined) return noPrice(context, item, key, region);
  const line: UsageLine = { kind: "usage", item, usage, unit: price.unit, price };
  const estimated = quantity && { quantity, amount: scale(quantity, price.usd) };
  return { ...line, ...estimated, ...(note !== undefined && { note }) };
}

export const unknown = (item: string, reason: string, range?: Range): UnknownLine => ({
  kind: "unknown",
  item,
  reason,
  ...(range && { range }),
});

export const free = (item: string, source: string): FreeLine => ({ kind: "free", item, source });

/** What depends on a property that the plan does not show. */
export const hidden = (item: string, property: string, value: Hidden, range?: Range): UnknownLine =>
  unknown(item, `${property} ${value === SECRET ? "is a secret" : "is not known before the update"}`, range);

function noPrice({ region: own }: Context, item: string, key: string, region = own): UnknownLine {
  if (region === undefined) return unknown(item, "the plan does not say in which region it is");
  return unknown(item, `the price book has no ${key} for ${region}`);
}

export const scale = ({ low, expected, high }: Estimate, factor: number): Estimate => ({
  low: low * factor,
  expected: expected * factor,
  high: high * factor,
});
