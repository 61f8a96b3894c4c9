import type { Entry, Shelf } from "./book.ts";
import type { Query } from "./catalogue.ts";
import type { PriceList } from "./price-list.ts";
import { entryOf, PriceError } from "./products.ts";

export interface Refreshed {
  readonly shelf: Shelf;
  /** Why the shelf must not be used: numbers in doubt, and numbers that it had and AWS no longer gives. */
  readonly problems: readonly string[];
  /** What AWS does not sell, and the shelf never had. */
  readonly absent: readonly string[];
}

/** How many questions are asked at a time; AWS slows down who asks more. */
const AT_A_TIME = 5;

/** A shelf with the numbers that AWS gives now. What is not asked for stays as it is. */
export async function refreshed(shelf: Shelf, queries: readonly Query[], priceList: PriceList): Promise<Refreshed> {
  const answers = await inParts(queries, (query) => answer(query, priceList));
  const problems: string[] = [];
  const absent: string[] = [];
  const next: Record<string, { unit: string; regions: Record<string, Entry> }> = {};
  for (const [key, { unit, regions }] of Object.entries(shelf)) next[key] = { unit, regions: { ...regions } };
  for (const { query, entry } of answers) {
    const { key, region, unit } = query;
    if (entry instanceof PriceError) {
      const had = shelf[key]?.regions[region] !== undefined;
      (entry.missing && !had ? absent : problems).push(entry.message);
      continue;
    }
    next[key] ??= { unit, regions: {} };
    next[key].regions[region] = entry;
  }
  return { shelf: next, problems, absent };
}

async function answer(query: Query, priceList: PriceList): Promise<{ query: Query; entry: Entry | PriceError }> {
  const found = await priceList(query);
  try {
    return { query, entry: entryOf(query, found) };
  } catch (error) {
    if (error instanceof PriceError) return { query, entry: error };
    throw error;
  }
}

async function inParts<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<readonly U[]> {
  const done: U[] = [];
  for (let start = 0; start < items.length; start += AT_A_TIME) {
    done.push(...(await Promise.all(items.slice(start, start + AT_A_TIME).map(work))));
  }
  return done;
}
