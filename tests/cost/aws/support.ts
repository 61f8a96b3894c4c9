import type { Estimate, Line } from "../../../cost/line.ts";
import { loadPricings, priceResource } from "../../../cost/price.ts";
import { bookOf, type PriceBook } from "../../../cost/prices/book.ts";
import type { Hours } from "../../../cost/pricing.ts";
import { graphOf, type Resource } from "../../../cost/resource.ts";
import type { Properties } from "../../../plan/values.ts";

/** Numbers as they were in us-east-1 in autumn 2026. They stay as they are here, whatever becomes of the price book. */
const PRICES: Readonly<Record<string, readonly [usd: number, unit: string]>> = {
  "cloudwatch/alarm": [0.1, "metric-month"],
  "cloudwatch/alarm/composite": [0.5, "month"],
  "cloudwatch/alarm/high-resolution": [0.3, "metric-month"],
  "cloudwatch/alarm/metrics-insights": [0.1, "metric-month"],
  "cloudwatch/dashboard": [3, "month"],
  "cloudwatch/logs/ingest": [0.5, "GB"],
  "cloudwatch/logs/insights": [0.005, "GB"],
  "cloudwatch/logs/storage": [0.03, "GB-month"],
  "cloudwatch/logs/vended": [0.5, "GB"],
  "cloudwatch/metric": [0.3, "metric-month"],
  "ebs/gp2": [0.1, "GB-month"],
  "ebs/gp3": [0.08, "GB-month"],
  "ebs/gp3/iops": [0.005, "IOPS-month"],
  "ebs/gp3/throughput": [0.04, "MiB/s-month"],
  "ebs/io2": [0.125, "GB-month"],
  "ec2/c6i.large": [0.085, "hour"],
  "ec2/cpu-credits/t3": [0.05, "vCPU-hour"],
  "ec2/m6i.large": [0.096, "hour"],
  "ec2/m6i.xlarge": [0.192, "hour"],
  "ec2/t3.small": [0.0208, "hour"],
  "elb/alb": [0.0225, "hour"],
  "elb/alb/lcu": [0.008, "LCU-hour"],
  "elb/nlb": [0.0225, "hour"],
  "elb/nlb/lcu": [0.006, "NLCU-hour"],
  "kms/key": [1, "month"],
  "kms/requests": [0.03, "10,000 requests"],
  "nat/gb": [0.045, "GB"],
  "nat/hour": [0.045, "hour"],
  "rds/backup": [0.095, "GB-month"],
  "rds/cpu-credits/t4g": [0.075, "vCPU-hour"],
  "rds/extended-support": [0.1, "vCPU-hour"],
  "rds/iops/gp3/multi": [0.04, "IOPS-month"],
  "rds/iops/gp3/single": [0.02, "IOPS-month"],
  "rds/iops/io1/single": [0.1, "IOPS-month"],
  "rds/mysql/db.m6g.large/single": [0.152, "hour"],
  "rds/performance-insights/m5": [3.8155, "vCPU-month"],
  "rds/postgres/db.m5.large/single": [0.178, "hour"],
  "rds/postgres/db.t4g.small/multi": [0.065, "hour"],
  "rds/postgres/db.t4g.small/single": [0.032, "hour"],
  "rds/proxy": [0.015, "vCPU-hour"],
  "rds/storage/gp2/single": [0.115, "GB-month"],
  "rds/storage/gp3/multi": [0.23, "GB-month"],
  "rds/storage/gp3/single": [0.115, "GB-month"],
  "rds/storage/io1/single": [0.125, "GB-month"],
  "s3/get": [0.0004, "1,000 requests"],
  "s3/put": [0.005, "1,000 requests"],
  "s3/standard": [0.023, "GB-month"],
  "s3/standard-ia": [0.0125, "GB-month"],
  "secrets/requests": [0.05, "10,000 requests"],
  "secrets/secret": [0.4, "month"],
  "sns/email": [2, "100,000 messages"],
  "sns/http": [0.06, "100,000 messages"],
  "sns/requests": [0.5, "1,000,000 requests"],
  "transfer/internet": [0.09, "GB"],
  "transfer/regions": [0.02, "GB"],
  "transfer/zones": [0.01, "GB"],
  "vpc/interface-endpoint": [0.01, "hour"],
  "vpc/interface-endpoint/gb": [0.01, "GB"],
  "vpc/public-ipv4": [0.005, "hour"],
  "waf/requests": [0.6, "1,000,000 requests"],
  "waf/rule": [1, "month"],
  "waf/web-acl": [5, "month"],
};

const GLOBAL: typeof PRICES = {
  "route53/health-check/aws": [0.5, "month"],
  "route53/health-check/option/aws": [1, "month"],
  "route53/health-check/option/other": [2, "month"],
  "route53/health-check/other": [0.75, "month"],
  "route53/queries": [0.4, "1,000,000 queries"],
  "route53/queries/latency": [0.6, "1,000,000 queries"],
  "route53/zone": [0.5, "month"],
};

const shelf = (prices: typeof PRICES, region: string) =>
  Object.fromEntries(
    Object.entries(prices).map(([key, [usd, unit]]) => [
      key,
      { unit, regions: { [region]: { usd, date: "2026-10-07", sources: ["a price list"] } } },
    ]),
  );

export const BOOK: PriceBook = bookOf([shelf(PRICES, "us-east-1"), shelf(GLOBAL, "global")]);

export const DAY = new Date("2026-11-24");

type Changes = Partial<Resource> & { readonly name?: string };

/** A resource of `aws:<type>`, with what depends on others as `{ property: [name] }`. */
export function aws(type: string, inputs: Properties = {}, changes: Changes = {}): Resource {
  const { name = "it", propertyDependencies = {}, ...rest } = changes;
  const dependencies = Object.entries(propertyDependencies).map(([property, names]) => [property, names.map(urn)]);
  return {
    urn: urn(name),
    type: `aws:${type}`,
    custom: true,
    region: "us-east-1",
    inputs,
    outputs: {},
    propertyDependencies: Object.fromEntries(dependencies),
    ...rest,
  };
}

const urn = (name: string): string => `urn:pulumi:dev::stack::type::${name}`;

export interface Given {
  /** What else there is. */
  readonly beside?: readonly Resource[];
  readonly usage?: Readonly<Record<string, number | Estimate>>;
  readonly hours?: Hours;
  readonly book?: PriceBook;
  readonly date?: Date;
}

export async function linesOf(resource: Resource, given: Given = {}): Promise<readonly Line[]> {
  const { beside = [], usage = {}, hours = { existing: 730, running: 730 }, book = BOOK, date = DAY } = given;
  const pricings = await loadPricings([resource.type]);
  const graph = graphOf([resource, ...beside]);
  const estimate = (key: string) => {
    const value = usage[key];
    return typeof value === "number" ? { low: value, expected: value, high: value } : value;
  };
  return priceResource(pricings, resource, { book, hours, graph, date, usage: estimate }).lines;
}

/** Lines as a person would check them: quantity x unit price = amount. */
export async function bill(resource: Resource, given: Given = {}): Promise<readonly string[]> {
  return (await linesOf(resource, given)).map(text);
}

/** {@link bill} without what depends on use. */
export async function fixedBill(resource: Resource, given: Given = {}): Promise<readonly string[]> {
  return (await linesOf(resource, given)).filter(({ kind }) => kind !== "usage").map(text);
}

function text(line: Line): string {
  if (line.kind === "free") return `free: ${line.item}`;
  const range = "range" in line && line.range ? ` [${money(line.range.low)} .. ${money(line.range.high)}]` : "";
  if (line.kind === "unknown") return `${line.item}: ? ${line.reason}${range}`;
  const { item, unit, price, quantity, amount } = line;
  if (quantity === undefined || amount === undefined) return `${item}: not estimated, ${price.usd} per ${unit}`;
  return `${item}: ${each(quantity)} ${unit} x ${price.usd} = ${each(amount)}${range}`;
}

const each = (value: number | Estimate): string =>
  typeof value === "number" ? money(value) : [...new Set([value.low, value.expected, value.high].map(money))].join("/");

const money = (value: number): string => String(Number(value.toFixed(6)));
