import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Price, Tier } from "../line.ts";

/** Where a price holds that is the same everywhere. */
export const GLOBAL = "global";

/** What the prices of a file are, by their keys: `data/<service>.json`, whose keys start with the name of the service. */
export type Shelf = Readonly<
  Record<string, { readonly unit: string; readonly regions: Readonly<Record<string, Entry>> }>
>;

export interface Entry {
  /** Dollars for one unit, in the first tier that costs something. */
  readonly usd: number;
  readonly tiers?: readonly Tier[];
  /** When the last of the sources said so, YYYY-MM-DD. */
  readonly date?: string;
  /** Keys of `sources.json`, or the product of AWS's price list. */
  readonly sources: readonly string[];
}

export interface Source {
  readonly what: string;
  readonly where: string;
  readonly date: string | null;
}

/** What an account gets for nothing, every month and once. */
export interface Allowance {
  readonly item: string;
  /** The price that is not asked for it. */
  readonly key: string;
  /** In units of the price. */
  readonly quantity: number;
  readonly unit: string;
  /** A key of `sources.json`. */
  readonly source: string;
}

export interface PriceBook {
  /** A price in a region, or everywhere. Undefined where nobody has told: never the price of another region. */
  readonly price: (key: string, region: string | undefined) => Price | undefined;
  readonly prices: readonly Price[];
  readonly allowances: readonly Allowance[];
  readonly sources: Readonly<Record<string, Source>>;
}

/** A book of given shelves. Throws where a number is not one. */
export function bookOf(
  shelves: readonly Shelf[],
  allowances: readonly Allowance[] = [],
  sources: Readonly<Record<string, Source>> = {},
): PriceBook {
  const prices = shelves.flatMap((shelf) =>
    Object.entries(shelf).flatMap(([key, { unit, regions }]) =>
      Object.entries(regions).map(([region, entry]) => priceOf(key, unit, region, entry)),
    ),
  );
  const byPlace = new Map(prices.map((price) => [`${price.key} ${price.region}`, price]));
  return {
    price: (key, region) => byPlace.get(`${key} ${region}`) ?? byPlace.get(`${key} ${GLOBAL}`),
    prices,
    allowances,
    sources,
  };
}

function priceOf(key: string, unit: string, region: string, { usd, tiers, date, sources }: Entry): Price {
  if (!(usd > 0)) {
    throw new Error(`The price ${key} of ${region} is ${usd}, which is no price. Fix: take it out, or run make prices`);
  }
  return { key, region, usd, unit, ...(tiers && { tiers }), sources, date };
}

/** The book that comes with the project. */
export function loadBook(directory = import.meta.dirname): PriceBook {
  const read = (file: string) => JSON.parse(readFileSync(path.join(directory, file), "utf8"));
  const shelves = readdirSync(path.join(directory, "data")).map((file): Shelf => read(`data/${file}`));
  return bookOf(shelves, read("allowances.json"), read("sources.json"));
}

/** The prices that nobody has confirmed for a year, or of which nobody knows when they were. */
export function outdated(prices: Iterable<Price>, today: Date): readonly Price[] {
  const aYearAgo = new Date(today);
  aYearAgo.setUTCFullYear(today.getUTCFullYear() - 1);
  const limit = aYearAgo.toISOString().slice(0, "YYYY-MM-DD".length);
  return [...new Set(prices)].filter(({ date }) => date === undefined || date < limit);
}
