import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { freeSource } from "./free.ts";
import type { Estimate, Line, PricedResource } from "./line.ts";
import { unknown } from "./lines.ts";
import type { PriceBook } from "./prices/book.ts";
import type { Hours, Pricing } from "./pricing.ts";
import type { Graph, Resource } from "./resource.ts";

/** How each type is priced that has a price at all. */
export type Pricings = ReadonlyMap<string, Pricing>;

export interface PriceOptions {
  readonly book: PriceBook;
  readonly hours: Hours;
  /** The resources that are there at the same time. */
  readonly graph: Graph;
  /** When the bill is for. */
  readonly date: Date;
  /** What the usage file says about this resource, by key. */
  readonly usage: (key: string) => Estimate | undefined;
}

const AWS = path.join(import.meta.dirname, "aws");

/** `<service>/<type>` of what there is a file for. */
const PRICED = new Set(
  readdirSync(AWS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(path.join(AWS, name)).map((file) => `${name}/${path.basename(file, ".ts")}`)),
);

/** Loads how types are priced: `aws/<service>/<type>.ts` for `aws:<service>/<type>:<Type>`. Types without a file are left out. */
export async function loadPricings(types: Iterable<string>): Promise<Pricings> {
  const loaded = [...new Set(types)].map(async (type) => {
    const [provider, module = ""] = type.split(":");
    if (provider !== "aws" || !PRICED.has(module)) return [];
    const { default: pricing } = await import(pathToFileURL(path.join(AWS, `${module}.ts`)).href);
    return [[type, pricing as Pricing] as const];
  });
  return new Map((await Promise.all(loaded)).flat());
}

/** What a usage file may say about a type, and what that counts. Undefined where nothing. */
export const usageKeys = (pricings: Pricings, type: string): Readonly<Record<string, string>> | undefined =>
  pricings.get(type)?.usage;

/** What a resource costs. What cannot be told is an unknown line; nothing fails. */
export function priceResource(pricings: Pricings, resource: Resource, options: PriceOptions): PricedResource {
  return { urn: resource.urn, type: resource.type, lines: linesOf(pricings, resource, options) };
}

function linesOf(pricings: Pricings, resource: Resource, { book, ...options }: PriceOptions): readonly Line[] {
  const { type, region } = resource;
  if (!resource.custom) return [];
  const pricing = pricings.get(type);
  if (pricing !== undefined) {
    const price = (key: string, where = region) => book.price(key, where);
    return pricing.lines(resource, { ...options, region, price });
  }
  const source = freeSource(type);
  if (source !== undefined) return [{ kind: "free", item: type, source }];
  return [unknown(type, `nobody has looked up what a ${type} costs`)];
}
