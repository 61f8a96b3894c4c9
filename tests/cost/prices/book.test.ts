import test from "ava";
import { bookOf, loadBook, outdated } from "../../../cost/prices/book.ts";

const BOOK = loadBook();

test("the book has a number of every price list entry, with a unit, and a source that it names", (t) => {
  t.true(BOOK.prices.length > 1000);
  for (const { key, region, usd, unit, sources, date } of BOOK.prices) {
    const where = `${key} of ${region}`;
    t.true(usd > 0 && usd < 100, where);
    t.truthy(unit, where);
    t.true(sources.length > 0, where);
    for (const source of sources)
      t.true(source in BOOK.sources || source.startsWith("AWS price list "), `${where}: ${source}`);
    if (date !== undefined) t.regex(date, /^20\d\d-[01]\d-[0-3]\d$/, where);
  }
});

test("tiers start at nothing, rise in quantity and fall in price", (t) => {
  const tiered = BOOK.prices.flatMap(({ key, tiers }) => (tiers === undefined ? [] : [{ key, tiers }]));
  t.true(tiered.length > 5);
  for (const { key, tiers } of tiered) {
    t.is(tiers[0]?.from, 0, key);
    const paid = tiers.filter(({ usd }) => usd > 0);
    for (const [index, { from, usd }] of paid.slice(1).entries()) {
      t.true(from > (paid[index]?.from ?? 0) && usd < (paid[index]?.usd ?? 0), key);
    }
  }
});

test("what an account gets free has a price that it is taken off, in the same unit, and a source", (t) => {
  for (const { key, unit, source } of BOOK.allowances) {
    t.is(BOOK.price(key, "us-east-1")?.unit, unit, key);
    t.true(source in BOOK.sources, key);
  }
});

test("every region has a price for the same things in the same unit", (t) => {
  const units = Map.groupBy(BOOK.prices, ({ key }) => key);
  for (const [key, prices] of units) t.is(new Set(prices.map(({ unit }) => unit)).size, 1, key);
});

test("numbers that were copied by hand are those that AWS has", (t) => {
  const usd = (key: string, region = "us-east-1") => BOOK.price(key, region)?.usd;
  t.is(usd("nat/hour"), 0.045);
  t.is(usd("nat/hour", "eu-central-1"), 0.052);
  t.is(usd("elb/alb", "eu-west-1"), 0.0252);
  t.is(usd("rds/postgres/db.t4g.small/single"), 0.032);
  t.is(usd("rds/postgres/db.t4g.small/multi"), 0.065);
  t.is(usd("cloudwatch/dashboard", "ap-southeast-1"), 3);
});

test("a price of another region is none", (t) => {
  t.is(BOOK.price("ebs/gp3", "us-west-2"), undefined);
  t.is(BOOK.price("ebs/gp3", undefined), undefined);
  t.is(BOOK.price("no/such", "us-east-1"), undefined);
  t.is(BOOK.price("route53/zone", "us-west-2")?.region, "global");
});

const entry = (usd: number, date?: string) => ({ usd, ...(date !== undefined && { date }), sources: ["x"] });

test("numbers that are older than a year, or of no known day, are reported", (t) => {
  const regions = { a: entry(1, "2025-11-23"), b: entry(1, "2025-11-24"), c: entry(1), d: entry(1, "2026-11-01") };
  const { prices } = bookOf([{ "nat/hour": { unit: "hour", regions } }]);
  const old = outdated([...prices, ...prices], new Date("2026-11-24T12:00:00Z"));
  t.deepEqual(
    old.map(({ region }) => region),
    ["a", "c"],
  );
});

test("a book in which a number is none is refused", (t) => {
  for (const usd of [0, -1, Number.NaN]) {
    t.throws(() => bookOf([{ "nat/hour": { unit: "hour", regions: { "eu-west-1": entry(usd) } } }]), {
      message: `The price nat/hour of eu-west-1 is ${usd}, which is no price. Fix: take it out, or run make prices`,
    });
  }
});
