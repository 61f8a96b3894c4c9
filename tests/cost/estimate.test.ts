import test from "ava";
import * as fc from "fast-check";
import { expected, type Money } from "../../cost/money.ts";
import type { SidedLine } from "../../cost/sides.ts";
import { parseUsage } from "../../cost/usage/usage.ts";
import { step } from "../plan/documents.ts";
import { creates, type Described, estimate, fleet, nat, TOPIC } from "./stack.ts";

const cents = (money: Money) => Math.round(expected(money) * 100) / 100;
const amounts = (lines: readonly SidedLine[]) =>
  lines.flatMap((line) =>
    line.kind === "fixed" ? [`${line.side} ${line.item} ${line.quantity} x ${line.price.usd}`] : [],
  );

test("before, after and difference, in total and for each resource", async (t) => {
  const steps = [
    step("same", { before: nat("a"), after: nat("a") }),
    step("create", { after: nat("b") }),
    step("delete", { before: nat("c") }),
    step("create", { after: nat("d") }),
  ];
  const { total, resources, stack } = await estimate(steps);
  t.is(stack, "shop");
  // 730 hours x 0.05.
  t.deepEqual([total.before, total.after, total.difference].map(cents), [73, 109.5, 36.5]);
  t.deepEqual(
    resources.map(({ before, after, difference }) => [before, after, difference].map(cents)),
    [
      [36.5, 36.5, 0],
      [0, 36.5, 36.5],
      [36.5, 0, -36.5],
      [0, 36.5, 36.5],
    ],
  );
});

test("a line is there once where it stays, and what goes stands before what comes in its place", async (t) => {
  const [oldTemplate, oldGroup] = fleet(2) as [Described, Described];
  const [newTemplate, newGroup] = fleet(2, "t4g.medium") as [Described, Described];
  const { resources } = await estimate([
    step("update", { before: oldTemplate, after: newTemplate, diffReasons: ["instanceType"] }),
    step("update", { before: oldGroup, after: newGroup, diffReasons: ["launchTemplate"] }),
  ]);
  const lines = resources.find(({ urn }) => urn.endsWith("::web"))?.lines ?? [];
  t.deepEqual(amounts(lines), ["before machine t4g.small 1460 x 0.02", "after machine t4g.medium 1460 x 0.04"]);
  t.true(lines.some(({ side }) => side === "both"));
});

test("totals say how many lines they lack, and why", async (t) => {
  const strange = { type: "aws:neverHeardOf/thing:Thing", name: "thing" };
  const { total, lines } = await estimate(creates(nat("a"), strange));
  // Data through the gateway, to the internet and between zones.
  t.is(total.after.notEstimated, 3);
  t.is(total.after.unknown, 1);
  t.is(lines, 5);
  t.is(total.difference.unknown, 1);
});

test("resources of other providers are unknown unless somebody has looked, never nothing", async (t) => {
  const { total, resources } = await estimate(
    creates(
      { type: "gcp:compute/instance:Instance", name: "machine" },
      { type: "random:index/randomId:RandomId", name: "id" },
    ),
  );
  t.is(total.after.unknown, 1);
  t.deepEqual(
    resources.map(({ lines }) => lines.map(({ kind }) => kind)),
    [["unknown"], ["free"]],
  );
});

test("a resource that the engine could not write down is unknown", async (t) => {
  const { urn, op } = step("create", { after: nat("a") });
  const { resources, total } = await estimate([{ urn, op }]);
  t.deepEqual(resources[0]?.lines, [
    {
      kind: "unknown",
      item: "aws:ec2/natGateway:NatGateway",
      reason: "the engine could not write down what this resource is",
      side: "after",
    },
  ]);
  t.is(total.after.unknown, 1);
});

test("tiers are those of the tag, for scaling groups too, and what has none comes last", async (t) => {
  const { tiers } = await estimate(creates(...fleet(1), nat("a"), { type: TOPIC, name: "alarms" }));
  t.deepEqual(
    tiers.map(({ tier, after }) => [tier, cents(after)]),
    [
      ["network", 36.5],
      ["web", 14.6],
      [undefined, 0],
    ],
  );
});

test("usage is estimated by the resource's own entry, else by its type's, and is not where nobody says it", async (t) => {
  const usage = await parseUsage(
    `version: 1
types:
  aws:ec2/natGateway:NatGateway: { processedGb: { low: 10, expected: 50, high: 100 } }
resources:
  b: { processedGb: 1000 }
`,
    "usage.yaml",
  );
  const { total } = await estimate(creates(nat("a"), nat("b")), { usage });
  // (50 + 1000) GB x 0.04, and 10 or 100 in place of 50.
  t.deepEqual(roundedUsage(total.after), { low: 40.4, expected: 42, high: 44 });
  t.is(total.after.notEstimated, 4);
});

const roundedUsage = ({ usage }: Money) =>
  Object.fromEntries(Object.entries(usage).map(([name, value]) => [name, Math.round(value * 1e6) / 1e6]));

test("hours are those that machines run; what cannot be stopped goes on costing", async (t) => {
  const { total } = await estimate(creates(nat("a"), ...fleet(2)), { runningHours: 200 });
  // 730 x 0.05 + 2 x 200 x 0.02.
  t.is(cents(total.after), 44.5);
});

test("what is free for the account is taken off once, when asked for", async (t) => {
  const usage = await parseUsage("version: 1\ntypes: { aws:sns/topic:Topic: { requests: 800000 } }", "usage.yaml");
  const topics = creates({ type: TOPIC, name: "a" }, { type: TOPIC, name: "b" });
  const without = await estimate(topics, { usage });
  t.is(without.account, undefined);
  // 1.6 million x 0.5.
  t.is(cents(without.total.after), 0.8);
  const taken = await estimate(topics, { usage, account: true });
  t.is(cents(taken.total.after), 0.3);
  t.deepEqual(taken.account?.before, []);
  t.deepEqual(
    taken.account?.after.map(({ item, amount }) => [item, amount.expected]),
    [["free every month: 1 1,000,000 requests of messages", -0.5]],
  );
});

test("what the preview does not show, and names that fit nothing, are told of", async (t) => {
  const usage = await parseUsage("version: 1\nresources: { nat-9: { processedGb: 1 } }", "usage.yaml");
  const { notices } = await estimate(creates(nat("a")), { usage }, { changeSummary: { create: 1, same: 4 } });
  t.deepEqual(notices, [
    "The preview does not show 4 resources that stay the same: before and after lack them, the difference is right. Make it with --show-sames.",
    "The usage file has 'nat-9', which is no resource of this stack.",
  ]);
});

test("prices older than a year are told of, once", async (t) => {
  const { outdated } = await estimate(creates(nat("a"), nat("b")), { date: new Date("2027-10-02T00:00:00Z") });
  t.deepEqual(outdated.map(({ key }) => key).sort(), ["nat/gb", "nat/hour", "transfer/internet", "transfer/zones"]);
});

const sizes = fc.array(fc.constantFrom("none", "small", "large"), { minLength: 1, maxLength: 8 });

/** One fleet for each pair of what it was and what it becomes. */
const steps = (before: readonly string[], after: readonly string[]) =>
  before.flatMap((was, index) => {
    const described = (size: string | undefined) =>
      size === "none" || size === undefined ? undefined : nat(`n${index}`, { size });
    const sides = { before: described(was), after: described(after[index]) };
    if (sides.before && sides.after) return [step("update", { before: sides.before, after: sides.after })];
    if (sides.after) return [step("create", { after: sides.after })];
    return sides.before ? [step("delete", { before: sides.before })] : [];
  });

test("before and difference make after, for the total, the tiers and each resource; nothing is below zero", async (t) => {
  await fc.assert(
    fc.asyncProperty(sizes, sizes, async (before, after) => {
      const { total, tiers, resources } = await estimate(steps(before, after));
      const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;
      const holds = [total, ...tiers, ...resources].every((sum) =>
        near(expected(sum.before) + expected(sum.difference), expected(sum.after)),
      );
      const summed = near(
        resources.reduce((sum, one) => sum + expected(one.after), 0),
        expected(total.after),
      );
      return holds && summed && expected(total.before) >= 0 && expected(total.after) >= 0;
    }),
    { numRuns: 60 },
  );
  t.pass();
});

test("another resource never makes the stack cheaper", async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), async (count) => {
      const all = Array.from({ length: count + 1 }, (_, index) => nat(`n${index}`));
      const [fewer, more] = await Promise.all([estimate(creates(...all.slice(1))), estimate(creates(...all))]);
      return expected(more.total.after) >= expected(fewer.total.after);
    }),
    { numRuns: 20 },
  );
  t.pass();
});

test("a fleet of k machines costs k times what one costs", async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 500 }), async (count) => {
      const [one, many] = await Promise.all([estimate(creates(...fleet(1))), estimate(creates(...fleet(count)))]);
      return Math.abs(expected(many.total.after) - count * expected(one.total.after)) < 1e-6;
    }),
    { numRuns: 20 },
  );
  t.pass();
});
