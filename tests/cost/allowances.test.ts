import test from "ava";
import { type AccountLine, accountLines } from "../../cost/allowances.ts";
import type { Line } from "../../cost/line.ts";
import { bookOf } from "../../cost/prices/book.ts";

const BOOK = bookOf(
  [
    {
      "transfer/internet": {
        unit: "GB",
        regions: {
          "us-east-1": {
            usd: 0.09,
            tiers: [
              { from: 0, usd: 0.09 },
              { from: 10_240, usd: 0.085 },
              { from: 51_200, usd: 0.07 },
            ],
            sources: [],
          },
          "eu-west-1": { usd: 0.09, sources: [] },
        },
      },
      "cloudwatch/alarm": { unit: "metric-month", regions: { "us-east-1": { usd: 0.1, sources: [] } } },
      "nat/hour": { unit: "hour", regions: { "us-east-1": { usd: 0.045, sources: [] } } },
    },
  ],
  [
    { item: "data to the internet", key: "transfer/internet", quantity: 100, unit: "GB", source: "x" },
    { item: "alarms", key: "cloudwatch/alarm", quantity: 10, unit: "metric-month", source: "x" },
  ],
);

function price(key: string, region = "us-east-1") {
  const found = BOOK.price(key, region);
  if (found === undefined) throw new Error(key);
  return found;
}

const traffic = (low: number, expected: number, high: number, region?: string): Line => ({
  kind: "usage",
  item: "data to the internet",
  usage: ["internetGb"],
  quantity: { low, expected, high },
  unit: "GB",
  price: price("transfer/internet", region),
  amount: { low: low * 0.09, expected: expected * 0.09, high: high * 0.09 },
});

const fixed = (key: string, quantity: number): Line => {
  const { usd, unit } = price(key);
  return { kind: "fixed", item: key, quantity, unit, price: price(key), amount: quantity * usd };
};

const alarms = (quantity: number): Line => fixed("cloudwatch/alarm", quantity);

const text = ({ item, quantity, unitPrice, amount }: AccountLine) => {
  const each = ({ low, expected, high }: typeof quantity) =>
    [low, expected, high].map((value) => Number(value.toFixed(6))).join("/");
  return `${item}: ${each(quantity)} x ${Number(unitPrice.toFixed(6))} = ${each(amount)}`;
};

const taken = (...lines: readonly Line[]) => accountLines(lines, BOOK).map(text);

test("what is free is free once for all resources together", (t) => {
  t.deepEqual(taken(alarms(6), alarms(7), traffic(20, 60, 500)), [
    "free every month: 10 metric-month of alarms: 10/10/10 x -0.1 = -1/-1/-1",
    // 100 of 500 at most
    "free every month: 100 GB of data to the internet: 20/60/100 x -0.09 = -1.8/-5.4/-9",
  ]);
});

test("what is free is not free again in another region", (t) => {
  t.deepEqual(taken(traffic(80, 80, 80), traffic(50, 50, 50, "eu-west-1")), [
    "free every month: 100 GB of data to the internet: 80/80/80 x -0.09 = -7.2/-7.2/-7.2",
    "free every month: 100 GB of data to the internet: 20/20/20 x -0.09 = -1.8/-1.8/-1.8",
  ]);
});

test("much of something is cheaper from where each tier starts, all resources together", (t) => {
  t.deepEqual(taken(traffic(0, 10_000, 50_000), traffic(0, 10_000, 20_000)), [
    "free every month: 100 GB of data to the internet: 0/100/100 x -0.09 = 0/-9/-9",
    // 20,000 - 100 - 10,240 and 70,000 - 100 - 10,240, each 0.09 - 0.085 cheaper
    "beyond 10240 GB: transfer/internet: 0/9660/59660 x -0.005 = 0/-48.3/-298.3",
    // 70,000 - 100 - 51,200, each another 0.085 - 0.07 cheaper
    "beyond 51200 GB: transfer/internet: 0/0/18700 x -0.015 = 0/0/-280.5",
  ]);
});

test("nothing is taken off what is not estimated, is never free, or is not there", (t) => {
  const { quantity: _, amount: __, ...unset } = traffic(1, 1, 1) as Extract<Line, { kind: "usage" }>;
  const gateway = fixed("nat/hour", 730);
  t.deepEqual(
    taken(unset, gateway, { kind: "unknown", item: "x", reason: "y" }, { kind: "free", item: "x", source: "y" }),
    [],
  );
  t.deepEqual(taken(), []);
});
