import type { Tier } from "../line.ts";
import type { Entry } from "./book.ts";
import type { Query } from "./catalogue.ts";

/** A product as AWS's price list has it, as far as it is read: an element of `PriceList` of GetProducts, or of a bulk file. */
interface Product {
  readonly product: { readonly sku: string; readonly attributes?: Readonly<Record<string, string>> };
  readonly serviceCode: string;
  readonly version?: string;
  readonly publicationDate: string;
  readonly terms: {
    readonly OnDemand?: Readonly<Record<string, { readonly priceDimensions: Readonly<Record<string, Dimension>> }>>;
  };
}

interface Dimension {
  readonly beginRange: string;
  readonly pricePerUnit: { readonly USD?: string };
}

/** More digits are noise of the arithmetic. */
const DIGITS = 10;

/**
 * The number that a query asked for. Throws where not exactly one product fits, and where its price is nothing that a bill can have: none, not dollars,
 * or zero without being the free start of something that costs.
 */
export function entryOf(query: Query, found: readonly string[]): Entry {
  const products = found.map((text): Product => JSON.parse(text));
  const [product] = products;
  if (product === undefined || products.length > 1) {
    const skus = products.map(({ product: { sku } }) => sku).join(", ");
    throw new PriceError(
      query,
      `${products.length} products fit, not one${skus && `: ${skus}`}`,
      products.length === 0,
    );
  }
  const tiers = tiersOf(query, product);
  const usd = tiers.find((tier) => tier.usd > 0)?.usd;
  if (usd === undefined) throw new PriceError(query, `product ${product.product.sku} costs nothing`);
  const source = [product.serviceCode, product.version, product.product.sku]
    .filter((part) => part !== undefined)
    .join(" ");
  const date = product.publicationDate.slice(0, "YYYY-MM-DD".length);
  return { usd, ...(tiers.length > 1 && { tiers }), date, sources: [`AWS price list ${source}`] };
}

function tiersOf(query: Query, { product: { sku }, terms }: Product): readonly Tier[] {
  const offers = Object.values(terms.OnDemand ?? {});
  const dimensions = offers.flatMap(({ priceDimensions }) => Object.values(priceDimensions));
  const tiers = dimensions
    .map(({ beginRange, pricePerUnit }) => ({
      from: rounded(Number(beginRange) / query.per),
      usd: rounded(Number(pricePerUnit.USD) * query.per),
    }))
    .toSorted((a, b) => a.from - b.from);
  for (const [index, { from, usd }] of tiers.entries()) {
    if (!Number.isFinite(usd)) throw new PriceError(query, `product ${sku} has no price in dollars`);
    if (usd === 0 && !(query.startsFree && from === 0 && index === 0)) {
      throw new PriceError(query, `product ${sku} costs nothing from ${from} on, and is not known to be free`);
    }
    if (index > 0 && from === tiers[index - 1]?.from)
      throw new PriceError(query, `product ${sku} has two prices from ${from} on`);
  }
  if (offers.length !== 1 || tiers[0]?.from !== 0)
    throw new PriceError(query, `product ${sku} has no one price from the first unit on`);
  return tiers;
}

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** A number that the price list does not give. */
export class PriceError extends Error {
  /** Whether AWS sells no such thing there, as far as the query can tell. */
  readonly missing: boolean;

  constructor({ key, region, service, attributes, usageTypes }: Query, problem: string, missing = false) {
    const filters = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
    const usage = usageTypes.length === 0 ? [] : [`usagetype=${usageTypes.join("|")}`];
    super(`${key} of ${region}: ${problem} (${service}: ${[...filters, ...usage].join(", ")})`);
    this.missing = missing;
  }
}
