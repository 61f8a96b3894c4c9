import { GLOBAL } from "./book.ts";
import { REGIONS } from "./regions.ts";
import { EVERYWHERE, REGIONAL, type Row, transferRows, typeRows } from "./rows.ts";

/** What finds one number in AWS's price list: exactly one product has all of these attributes. */
export interface Query {
  readonly key: string;
  readonly region: string;
  readonly service: string;
  /** The unit of the price book. */
  readonly unit: string;
  /** How many of AWS's units are one of the book's. */
  readonly per: number;
  /** Whether AWS gives the first of them away. */
  readonly startsFree: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  /** Names that the usage type goes by; any where there are none. Price lists of different ages and regions do not agree. */
  readonly usageTypes: readonly string[];
}

/** What is asked for, for a region: the prices of these instance types (`t4g.small`) and database classes (`db.t4g.small`), and all others. */
export function queriesOf(region: string, types: readonly string[]): readonly Query[] {
  const place = REGIONS[region];
  if (place === undefined) {
    throw new Error(`Region ${region} is not one that prices are looked up for. Fix: add it to cost/prices/regions.ts`);
  }
  const regional = [...REGIONAL, ...types.flatMap(typeRows)].map((row) =>
    queryOf(row, region, place.prefixes, { regionCode: region }),
  );
  return [...regional, ...transferRows(place.location).map((row) => queryOf(row, region, [""], {}))];
}

export const globalQueries = (): readonly Query[] => EVERYWHERE.map((row) => queryOf(row, GLOBAL, [""], {}));

function queryOf(
  row: Row,
  region: string,
  prefixes: readonly string[],
  where: Readonly<Record<string, string>>,
): Query {
  const { key, unit, service, attributes = {}, usage = [], per = 1, startsFree = false } = row;
  const named = Object.entries(attributes).map(([name, value]) => [name, value.replace("{region}", region)]);
  const usageTypes = prefixes.flatMap((prefix) => usage.map((name) => `${prefix}${name}`));
  return {
    key,
    region,
    service,
    unit,
    per,
    startsFree,
    attributes: { ...Object.fromEntries(named), ...where },
    usageTypes,
  };
}
