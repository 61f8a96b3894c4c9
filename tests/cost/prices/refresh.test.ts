import { GetProductsCommand, type PricingClient } from "@aws-sdk/client-pricing";
import test from "ava";
import type { Shelf } from "../../../cost/prices/book.ts";
import { globalQueries, type Query, queriesOf } from "../../../cost/prices/catalogue.ts";
import { priceListOf } from "../../../cost/prices/price-list.ts";
import { entryOf } from "../../../cost/prices/products.ts";
import { refreshed } from "../../../cost/prices/refreshed.ts";

const all = [...globalQueries(), ...queriesOf("eu-west-1", ["t4g.small", "db.t4g.small"])];

function query(key: string, region = "eu-west-1"): Query {
  const found = [...all, ...queriesOf("us-east-1", ["t4g.small"])].filter(
    (each) => each.key === key && each.region === region,
  );
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} queries for ${key}`);
  return found[0];
}

type Step = readonly [begin: string, end: string, usd: string];

/** A product as AWS sends it, with all that is not looked at. */
function product(sku: string, ...steps: readonly Step[]): string {
  const priceDimensions = Object.fromEntries(
    steps.map(([beginRange, endRange, usd], index) => [
      `${sku}.JRTCKXETXF.${index}`,
      {
        rateCode: `${sku}.JRTCKXETXF.${index}`,
        unit: "GB",
        beginRange,
        endRange,
        description: "",
        appliesTo: [],
        pricePerUnit: { USD: usd },
      },
    ]),
  );
  return JSON.stringify({
    product: { productFamily: "NAT Gateway", sku, attributes: { regionCode: "eu-west-1", operation: "NatGateway" } },
    serviceCode: "AmazonEC2",
    version: "20261101000000",
    publicationDate: "2026-11-01T09:30:00Z",
    terms: {
      OnDemand: {
        [`${sku}.JRTCKXETXF`]: {
          sku,
          offerTermCode: "JRTCKXETXF",
          effectiveDate: "2026-11-01T00:00:00Z",
          priceDimensions,
          termAttributes: {},
        },
      },
      Reserved: {},
    },
  });
}

test("a product is a number with its day, its tiers and where it is from", (t) => {
  t.deepEqual(entryOf(query("nat/hour"), [product("ABC", ["0", "Inf", "0.0480000000"])]), {
    usd: 0.048,
    date: "2026-11-01",
    sources: ["AWS price list AmazonEC2 20261101000000 ABC"],
  });
  const tiered = product(
    "ABC",
    ["10240", "51200", "0.0850000000"],
    ["0", "10240", "0.0900000000"],
    ["51200", "Inf", "0.07"],
  );
  t.deepEqual(entryOf(query("transfer/internet"), [tiered]).tiers, [
    { from: 0, usd: 0.09 },
    { from: 10_240, usd: 0.085 },
    { from: 51_200, usd: 0.07 },
  ]);
});

test("numbers are for the units of the book", (t) => {
  // 40.96 for a GiB/s
  t.is(entryOf(query("ebs/gp3/throughput"), [product("A", ["0", "Inf", "40.9600000000"])]).usd, 0.04);
  // 0.0000004 for a request
  t.is(entryOf(query("s3/get"), [product("A", ["0", "Inf", "0.0000004000"])]).usd, 0.0004);
  const topics = entryOf(query("sns/requests"), [
    product("A", ["0", "1000000", "0.0000000000"], ["1000000", "Inf", "0.0000005000"]),
  ]);
  t.is(topics.usd, 0.5);
  t.deepEqual(topics.tiers, [
    { from: 0, usd: 0 },
    { from: 1, usd: 0.5 },
  ]);
});

const refuses = test.macro({
  title: (_, what: string) => `refused: ${what}`,
  exec: (t, _what: string, key: string, found: readonly string[], problem: string) => {
    t.throws(() => entryOf(query(key), found), {
      message: (message) => message.startsWith(`${key} of eu-west-1: ${problem} (`),
    });
  },
});

const HOUR: Step = ["0", "Inf", "0.048"];
test(refuses, "no product", "nat/hour", [], "0 products fit, not one");
test(
  refuses,
  "two products",
  "nat/hour",
  [product("ABC", HOUR), product("DEF", HOUR)],
  "2 products fit, not one: ABC, DEF",
);
test(
  refuses,
  "a product for nothing",
  "nat/hour",
  [product("ABC", ["0", "Inf", "0.0000000000"])],
  "product ABC costs nothing from 0 on, and is not known to be free",
);
test(
  refuses,
  "a free start that nobody knows of",
  "nat/gb",
  [product("ABC", ["0", "10", "0"], ["10", "Inf", "0.048"])],
  "product ABC costs nothing from 0 on, and is not known to be free",
);
test(
  refuses,
  "a free end",
  "transfer/internet",
  [product("ABC", ["0", "10", "0.09"], ["10", "Inf", "0"])],
  "product ABC costs nothing from 10 on, and is not known to be free",
);
test(
  refuses,
  "what is free for ever",
  "transfer/internet",
  [product("ABC", ["0", "Inf", "0"])],
  "product ABC costs nothing",
);
test(refuses, "no price at all", "nat/hour", [product("ABC")], "product ABC has no one price from the first unit on");
test(
  refuses,
  "no start",
  "transfer/internet",
  [product("ABC", ["10", "Inf", "0.09"])],
  "product ABC has no one price from the first unit on",
);
test(
  refuses,
  "two prices for the same unit",
  "nat/hour",
  [product("ABC", HOUR, HOUR)],
  "product ABC has two prices from 0 on",
);
test(
  refuses,
  "another currency",
  "nat/hour",
  [product("ABC", HOUR).replace("USD", "CNY")],
  "product ABC has no price in dollars",
);

test("an error says what was asked", (t) => {
  t.throws(() => entryOf(query("nat/hour"), []), {
    message:
      "nat/hour of eu-west-1: 0 products fit, not one (AmazonEC2: productFamily=NAT Gateway, operation=NatGateway, regionCode=eu-west-1, " +
      "usagetype=EU-NatGateway-Hours|EUW1-NatGateway-Hours)",
  });
});

test("a machine is asked for as Linux on shared hardware, a database by what it is", (t) => {
  t.deepEqual(query("ec2/t4g.small").attributes, {
    instanceType: "t4g.small",
    operatingSystem: "Linux",
    tenancy: "Shared",
    preInstalledSw: "NA",
    capacitystatus: "Used",
    licenseModel: "No License required",
    operation: "RunInstances",
    regionCode: "eu-west-1",
  });
  t.deepEqual(query("rds/postgres/db.t4g.small/multi").attributes, {
    productFamily: "Database Instance",
    instanceType: "db.t4g.small",
    licenseModel: "No license required",
    deploymentOption: "Multi-AZ",
    databaseEngine: "PostgreSQL",
    regionCode: "eu-west-1",
  });
  t.deepEqual(query("rds/postgres/db.t4g.small/multi").usageTypes, []);
});

test("what has no region is asked for without one", (t) => {
  t.deepEqual(query("cloudwatch/dashboard", "global").attributes, {
    productFamily: "Dashboard",
    usagetype: "DashboardsUsageHour",
  });
  t.deepEqual(query("transfer/internet").attributes, {
    fromLocation: "EU (Ireland)",
    toLocation: "External",
    transferType: "AWS Outbound",
  });
  t.is(query("kms/key").attributes.usagetype, "eu-west-1-KMS-Keys");
});

test("every key is asked for once, and no region that has no names", (t) => {
  t.is(new Set(all.map(({ key, region }) => `${key} ${region}`)).size, all.length);
  t.throws(() => queriesOf("mars-1", []), {
    message: "Region mars-1 is not one that prices are looked up for. Fix: add it to cost/prices/regions.ts",
  });
});

test("AWS is asked page by page, and by each name that the usage type may have", async (t) => {
  const asked: unknown[] = [];
  const client = {
    send: async (command: unknown) => {
      if (!(command instanceof GetProductsCommand)) throw new Error("only GetProducts");
      const { ServiceCode, Filters = [], FormatVersion, NextToken } = command.input;
      const usagetype = Filters.find(({ Field }) => Field === "usagetype")?.Value;
      asked.push([ServiceCode, FormatVersion, Filters.length, usagetype, NextToken]);
      if (usagetype === "EUW1-NatGateway-Hours") return { FormatVersion, PriceList: [] };
      return NextToken === undefined ? { PriceList: ["first"], NextToken: "more" } : { PriceList: ["second"] };
    },
  } as unknown as Pick<PricingClient, "send">;
  t.deepEqual(await priceListOf(client)(query("nat/hour")), ["first", "second"]);
  t.deepEqual(asked, [
    ["AmazonEC2", "aws_v1", 4, "EU-NatGateway-Hours", undefined],
    ["AmazonEC2", "aws_v1", 4, "EU-NatGateway-Hours", "more"],
    ["AmazonEC2", "aws_v1", 4, "EUW1-NatGateway-Hours", undefined],
  ]);
});

const SHELF: Shelf = {
  "nat/hour": {
    unit: "hour",
    regions: {
      "eu-west-1": { usd: 0.04, date: "2025-01-01", sources: ["x"] },
      "eu-central-1": { usd: 0.052, sources: ["y"] },
    },
  },
};

test("a shelf gets the new numbers, keeps those that were not asked for, and says what is not sold", async (t) => {
  const found: Readonly<Record<string, readonly string[]>> = {
    "nat/hour": [product("H", HOUR)],
    "nat/gb": [product("G", HOUR)],
  };
  const queries = ["nat/hour", "nat/gb", "ebs/st1"].map((key) => query(key));
  const { shelf, problems, absent } = await refreshed(SHELF, queries, async ({ key }) => found[key] ?? []);
  const number = (sku: string) => ({
    usd: 0.048,
    date: "2026-11-01",
    sources: [`AWS price list AmazonEC2 20261101000000 ${sku}`],
  });
  t.deepEqual(shelf, {
    "nat/hour": { unit: "hour", regions: { "eu-west-1": number("H"), "eu-central-1": { usd: 0.052, sources: ["y"] } } },
    "nat/gb": { unit: "GB", regions: { "eu-west-1": number("G") } },
  });
  t.deepEqual(problems, []);
  t.deepEqual(absent, [
    "ebs/st1 of eu-west-1: 0 products fit, not one (AmazonEC2: productFamily=Storage, volumeApiName=st1, regionCode=eu-west-1)",
  ]);
});

test("a number that AWS no longer gives, or gives twice, is a problem", async (t) => {
  const gone = await refreshed(SHELF, [query("nat/hour")], async () => []);
  t.regex(gone.problems.join(), /^nat\/hour of eu-west-1: 0 products fit/);
  t.deepEqual(gone.shelf, SHELF);
  const twice = await refreshed({}, [query("nat/gb")], async () => [product("A", HOUR), product("B", HOUR)]);
  t.regex(twice.problems.join(), /^nat\/gb of eu-west-1: 2 products fit, not one: A, B/);
});

test("an answer that is no price list, and a call that fails, end the refresh", async (t) => {
  await t.throwsAsync(
    refreshed(SHELF, [query("nat/hour")], async () => Promise.reject(new Error("denied"))),
    { message: "denied" },
  );
  await t.throwsAsync(
    refreshed(SHELF, [query("nat/hour")], async () => ["{"]),
    { instanceOf: SyntaxError },
  );
});
