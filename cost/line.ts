/** What a month may bring. low <= expected <= high. */
export interface Estimate {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** Dollars per month between which the truth lies. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A number of the price book, in US dollars. */
export interface Price {
  /** Where it is in the price book, such as `nat/hour`. */
  readonly key: string;
  /** Where it holds: a region, or `global`. */
  readonly region: string;
  /** For one unit, in the first tier that costs something. */
  readonly usd: number;
  /** What one of it is, such as `hour`, `GB-month` or `1,000 requests`. */
  readonly unit: string;
  /** By how much an account takes in a month; in order, the first from 0. Missing where every unit costs the same. */
  readonly tiers?: readonly Tier[];
  /** Who said so. The last time is {@link date}. */
  readonly sources: readonly string[];
  /** YYYY-MM-DD, or undefined where the source has none. */
  readonly date: string | undefined;
}

export interface Tier {
  /** In units. */
  readonly from: number;
  /** For one unit. */
  readonly usd: number;
}

/** One thing that a resource is billed for. Amounts are US dollars per month, and quantity x unit price, always. */
export type Line = FixedLine | UsageLine | UnknownLine | FreeLine;

/** What costs the same however much it is used: hours, gigabytes that are allocated, things that are kept. */
export interface FixedLine {
  readonly kind: "fixed";
  /** What is billed, such as `NAT gateway`. */
  readonly item: string;
  /** Units per month. */
  readonly quantity: number;
  readonly unit: string;
  readonly price: Price;
  readonly amount: number;
  /** Where the quantity may change by itself: at the smallest and the largest size of a scaling group. */
  readonly range?: Range;
  readonly note?: string;
}

/** What costs by how much it is used. */
export interface UsageLine {
  readonly kind: "usage";
  readonly item: string;
  /** Keys of the usage file that the quantity comes from. */
  readonly usage: readonly string[];
  /** Units per month. Missing where nobody has estimated the usage: the unit price is all that is known. */
  readonly quantity?: Estimate;
  readonly unit: string;
  readonly price: Price;
  /** Missing together with the quantity. */
  readonly amount?: Estimate;
  readonly note?: string;
}

/** What costs something that nobody can tell. */
export interface UnknownLine {
  readonly kind: "unknown";
  readonly item: string;
  /** Why. */
  readonly reason: string;
  /** Where there is a bound. */
  readonly range?: Range;
}

/** What costs nothing, and who says so. */
export interface FreeLine {
  readonly kind: "free";
  readonly item: string;
  readonly source: string;
}

export interface PricedResource {
  readonly urn: string;
  readonly type: string;
  readonly lines: readonly Line[];
}
