/**
 * `make prices`: asks AWS for every number of the price book and writes those that it gives. Regions may be named; without, all that the book has. Needs
 * credentials that may `pricing:GetProducts`. Nothing is written where one number is in doubt.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PricingClient } from "@aws-sdk/client-pricing";
import type { Shelf } from "./book.ts";
import { globalQueries, type Query, queriesOf } from "./catalogue.ts";
import { priceListOf } from "./price-list.ts";
import { type Refreshed, refreshed } from "./refreshed.ts";
import { REGIONS } from "./regions.ts";

const DATA = path.join(import.meta.dirname, "data");

const serviceOf = ({ key }: Query): string => key.split("/")[0] ?? key;

const fileOf = (service: string): string => path.join(DATA, `${service}.json`);

async function main(regions: readonly string[]): Promise<void> {
  const types = typesIn(["ec2", "rds"].map((service) => read(service)));
  const asked = regions.length === 0 ? Object.keys(REGIONS) : regions;
  const queries = [...globalQueries(), ...asked.flatMap((region) => queriesOf(region, types))];
  const priceList = priceListOf(new PricingClient({ region: "us-east-1" }));
  const services = Map.groupBy(queries, serviceOf);
  const shelves = new Map<string, Refreshed>();
  for (const [service, ofService] of services) {
    shelves.set(service, await refreshed(read(service), ofService, priceList));
    console.log(`${service}: asked for ${ofService.length} numbers`);
  }
  const problems = [...shelves.values()].flatMap(({ problems }) => problems);
  if (problems.length > 0) throw new Error(`The price book stays as it is:\n${problems.join("\n")}`);
  for (const [service, { shelf, absent }] of shelves) {
    writeFileSync(fileOf(service), text(shelf));
    for (const message of absent) console.log(`not sold: ${message}`);
  }
}

const read = (service: string): Shelf => JSON.parse(readFileSync(fileOf(service), "utf8"));

/** The instance types and database classes that the book has a price for anywhere. */
function typesIn(shelves: readonly Shelf[]): readonly string[] {
  const names = shelves.flatMap((shelf) => Object.keys(shelf)).flatMap((key) => key.split("/"));
  return [...new Set(names)].filter((name) => /^(db\.)?[a-z]+\d[a-z]*\.\w+$/.test(name));
}

/** One number on a line, so that what changes is what a reviewer sees. */
function text(shelf: Shelf): string {
  const line = ([name, entry]: [string, unknown]) => `      ${JSON.stringify(name)}: ${JSON.stringify(entry)}`;
  const keys = Object.entries(shelf).map(([key, { unit, regions }]) => {
    const lines = Object.entries(regions).map(line).join(",\n");
    return `  ${JSON.stringify(key)}: {\n    "unit": ${JSON.stringify(unit)},\n    "regions": {\n${lines}\n    }\n  }`;
  });
  return `{\n${keys.join(",\n")}\n}\n`;
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
