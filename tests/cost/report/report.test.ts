import test from "ava";
import { checkBudgets } from "../../../cost/budget/check.ts";
import type { Budget } from "../../../cost/budget/schema.ts";
import type { CostEstimate } from "../../../cost/estimate.ts";
import type { Price } from "../../../cost/line.ts";
import { documentOf } from "../../../cost/report/document.ts";
import { markdownOf } from "../../../cost/report/markdown.ts";
import { notesOf } from "../../../cost/report/notes.ts";
import { tableOf } from "../../../cost/report/table.ts";
import { parseUsage } from "../../../cost/usage/usage.ts";
import { step } from "../../plan/documents.ts";
import { golden } from "../golden.ts";
import { ADDRESS, creates, type Described, estimate, fleet, nat, TOPIC } from "../stack.ts";

const BUDGETS: readonly Budget[] = [
  { name: "shop", action: "deny", usage: "expected", total: 100, increase: 200 },
  { name: "known", action: "warn", usage: "expected", unknownLines: 0 },
];

const address: Described = { type: ADDRESS, name: "address" };

/** Everything that a report may have to show. */
async function everything(): Promise<CostEstimate> {
  const usage = await parseUsage(
    `version: 1
types:
  aws:ec2/natGateway:NatGateway: { processedGb: { low: 10, expected: 50, high: 100 } }
  aws:sns/topic:Topic: { requests: 1500000 }
`,
    "usage.yaml",
  );
  const [template, group] = fleet(2) as [Described, Described];
  const [larger, grown] = fleet(3, "t4g.medium") as [Described, Described];
  return await estimate(
    [
      step("same", { before: nat("nat-a"), after: nat("nat-a") }),
      step("create", { after: nat("nat-b") }),
      step("delete", { before: address }),
      step("update", { before: template, after: larger, diffReasons: ["instanceType"] }),
      step("update", { before: group, after: grown, diffReasons: ["desiredCapacity", "minSize", "maxSize"] }),
      ...creates(
        { type: TOPIC, name: "alarms" },
        { type: "aws:neverHeardOf/thing:Thing", name: "a|thing" },
        { type: "random:index/randomId:RandomId", name: "id" },
      ),
    ],
    { usage, account: true, runningHours: 500 },
    { changeSummary: { same: 4 } },
  );
}

test("the table for a terminal", async (t) => {
  const estimated = await everything();
  golden(t, "everything.txt", tableOf(estimated, checkBudgets(BUDGETS, estimated)));
});

test("the Markdown for a pull request", async (t) => {
  const estimated = await everything();
  golden(t, "everything.md", markdownOf(estimated, checkBudgets(BUDGETS, estimated)));
});

test("the JSON document", async (t) => {
  const estimated = await everything();
  golden(
    t,
    "everything.json",
    `${JSON.stringify(documentOf(estimated, checkBudgets(BUDGETS, estimated)), undefined, 2)}\n`,
  );
});

test("the lines of the document add up to its totals", async (t) => {
  const { resources, total, account } = documentOf(await everything(), []);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  for (const side of ["before", "after"] as const) {
    const lines = resources.flatMap(({ lines: all }) =>
      all.filter((line) => line.side === side || line.side === "both"),
    );
    const fixed = lines.flatMap((line) =>
      line.kind === "fixed" && "quantity" in line ? Number(line.quantity) * line.unitPrice : [],
    );
    t.true(Math.abs(sum(fixed) - total[side].fixed) < 1e-6);
    const used = lines.flatMap((line) =>
      "quantity" in line && typeof line.quantity === "object" && line.quantity
        ? line.quantity.expected * line.unitPrice
        : [],
    );
    const taken = (account?.[side] ?? []).map(({ quantity, unitPrice }) => quantity.expected * unitPrice);
    t.true(Math.abs(sum([...used, ...taken]) - total[side].usage.expected) < 1e-6);
  }
});

test("prices that are old are counted, and named as far as anybody reads", async (t) => {
  const price = (key: string, region: string) => ({
    key,
    region,
    usd: 1,
    unit: "hour",
    sources: [],
    date: "2025-05-28",
  });
  const machines = Array.from({ length: 20 }, (_, index) => price(`ec2/${index + 1}`, "eu-west-1"));
  const noted = async (outdated: readonly Price[]) =>
    notesOf({ ...(await estimate([])), prices: [...machines, price("kms/key", "global")], outdated }).filter((note) =>
      note.startsWith("Prices older"),
    );
  t.deepEqual(await noted([]), []);
  t.deepEqual(await noted([price("ec2/1", "eu-west-1"), price("kms/key", "global"), price("ec2/2", "eu-west-1")]), [
    "Prices older than a year, or without a date, are 3 of 21: ec2/1, ec2/2 in eu-west-1; kms/key in global.",
  ]);
  t.regex(
    (await noted([...machines, price("kms/key", "global")]))[0] ?? "",
    / are 21 of 21: ec2\/1, .*, ec2\/20 in eu-west-1; 1 more, which the JSON document names\.$/,
  );
});

test("a resource without any price has no sum, least of all zero", async (t) => {
  const estimated = await estimate(creates({ type: TOPIC, name: "alarms" }));
  t.regex(tableOf(estimated, []), /alarms \(sns\.Topic\) +not estimated\n/);
});

test("a name cannot bring Markdown or HTML into a pull request", async (t) => {
  const estimated = await estimate(creates({ ...nat("x"), name: "<img src=x>|`[a](b)" }));
  t.true(markdownOf(estimated, []).includes("\\<img src=x\\>\\|\\`\\[a\\](b)"));
});

test("an empty change is a report too", async (t) => {
  const estimated = await estimate([]);
  t.is(
    tableOf(estimated, []),
    "Cost of the stack per month in US dollars, by the prices known on 2026-11-24\n\n" +
      "       before  after  difference\nfixed    0.00   0.00        0.00\ntotal    0.00   0.00        0.00\n\n" +
      "There is no resource in this plan.\n",
  );
});
