import type { ChangeKind, Plan } from "../plan/plan.ts";
import { type AccountLine, accountLines } from "./allowances.ts";
import { billable, billNotices, type Change } from "./billable.ts";
import { breakdownOf, type Decision } from "./breakdown/breakdown.ts";
import type { Estimate, Line, Price } from "./line.ts";
import { accountMoney, type Money, minus, NOTHING, plus, sumOf } from "./money.ts";
import { loadPricings, type Pricings, priceResource } from "./price.ts";
import { loadBook, outdated, type PriceBook } from "./prices/book.ts";
import type { Hours } from "./pricing.ts";
import { graphOf, type Resource } from "./resource.ts";
import { type Side, type SidedLine, sided } from "./sides.ts";
import { tierOf } from "./tier.ts";
import { NO_USAGE, type Usage } from "./usage/usage.ts";

/** A month that is never switched off: 365 days of 24 hours, by 12. */
const HOURS_PER_MONTH = 730;

export interface EstimateOptions {
  /** @default nothing is estimated */
  readonly usage?: Usage;
  /** Hours per month in which machines and databases run. @default 730 */
  readonly runningHours?: number;
  /** Takes off what an account gets for nothing or cheaper, as if nothing else ran in it. @default false */
  readonly account?: boolean;
  /** Where resources are of which the plan does not say it. @default - they cannot be priced */
  readonly region?: string | undefined;
  /** When the bill is for. @default now */
  readonly date?: Date;
  /** @default the one in `prices/data` */
  readonly book?: PriceBook;
}

/** What costs what, before and after. */
export interface Difference {
  readonly before: Money;
  readonly after: Money;
  /** After minus before. */
  readonly difference: Money;
}

export interface ResourceCost extends Difference {
  readonly urn: string;
  readonly type: string;
  readonly change: ChangeKind;
  /** By the tag `tier`. */
  readonly tier: string | undefined;
  readonly lines: readonly SidedLine[];
}

export interface TierCost extends Difference {
  readonly tier: string | undefined;
}

/** What a change costs per month. */
export interface CostEstimate {
  readonly stack: string;
  readonly date: Date;
  readonly hours: Hours;
  readonly total: Difference;
  /** Lines after the change that cost something or may: all but those that are free. */
  readonly lines: number;
  readonly tiers: readonly TierCost[];
  /** In the order of the plan. */
  readonly resources: readonly ResourceCost[];
  /** What the account as a whole gets for nothing or cheaper; undefined where that is not asked for. */
  readonly account: { readonly before: readonly AccountLine[]; readonly after: readonly AccountLine[] } | undefined;
  /** What would be saved after the change without what makes the stack stand failures and attacks. */
  readonly decisions: readonly Decision[];
  /** Prices that lines have. */
  readonly prices: readonly Price[];
  /** Of these, those that are older than a year or have no date. */
  readonly outdated: readonly Price[];
  readonly notices: readonly string[];
}

/** Prices a plan. Throws a Refusal where the usage does not fit it; what has no price is an unknown line. */
export async function costOf(plan: Plan, options: EstimateOptions = {}): Promise<CostEstimate> {
  const { usage = NO_USAGE, runningHours = HOURS_PER_MONTH, account = false, date = new Date() } = options;
  const { book = loadBook(), region } = options;
  const changes = billable(plan, region);
  const pricings = await loadPricings(new Set(changes.map(({ type }) => type)));
  const unused = usage.check(changes, pricings);
  const hours = { existing: HOURS_PER_MONTH, running: runningHours };
  const pricer = (resources: readonly Resource[]) => pricerOf(resources, { pricings, book, hours, date, usage });

  const before = pricer(changes.flatMap((change) => change.before ?? []));
  const after = pricer(changes.flatMap((change) => change.after ?? []));
  const resources = changes.map((change) => resourceCost(change, before, after));
  const linesOn = (side: Side) =>
    resources.flatMap(({ lines }) => lines.filter((line) => line.side === side || line.side === "both"));
  const all = { before: linesOn("before"), after: linesOn("after") };
  const taken = account ? { before: accountLines(all.before, book), after: accountLines(all.after, book) } : undefined;
  const prices = pricesOf([...all.before, ...all.after]);
  return {
    stack: plan.stack,
    date,
    hours,
    total: difference(
      plus(sumOf(all.before), accountMoney(taken?.before ?? [])),
      plus(sumOf(all.after), accountMoney(taken?.after ?? [])),
    ),
    lines: all.after.filter(({ kind }) => kind !== "free").length,
    tiers: tiersOf(resources),
    resources,
    account: taken,
    decisions: breakdownOf(
      changes.flatMap((change) => change.after ?? []),
      after,
    ),
    prices,
    outdated: outdated(prices, date),
    notices: [...billNotices(plan), ...unlisted(plan), ...unused.map(unusedName)],
  };
}

const difference = (before: Money, after: Money): Difference => ({ before, after, difference: minus(after, before) });

const unlisted = ({ unlisted: count }: Plan): string[] =>
  count === 0
    ? []
    : [
        `The preview does not show ${count} resources that stay the same: before and after lack them, the difference is right. ` +
          "Make it with --show-sames.",
      ];

const unusedName = (name: string) => `The usage file has '${name}', which is no resource of this stack.`;

interface PricerOptions {
  readonly pricings: Pricings;
  readonly book: PriceBook;
  readonly hours: Hours;
  readonly date: Date;
  readonly usage: Usage;
}

/** Prices resources that are there at the same time as those given. */
export interface Pricer {
  readonly graph: ReturnType<typeof graphOf>;
  readonly linesOf: (resource: Resource) => readonly Line[];
}

function pricerOf(resources: readonly Resource[], { pricings, usage, ...options }: PricerOptions): Pricer {
  const graph = graphOf(resources);
  const volumes =
    (resource: Resource) =>
    (key: string): Estimate | undefined =>
      usage.of(resource, key);
  return {
    graph,
    linesOf: (resource) => priceResource(pricings, resource, { ...options, graph, usage: volumes(resource) }).lines,
  };
}

function resourceCost(change: Change, before: Pricer, after: Pricer): ResourceCost {
  const { urn, type, kind } = change;
  const was = change.before ? linesOf(change, change.before, before) : [];
  const willBe = change.after ? linesOf(change, change.after, after) : [];
  return {
    urn,
    type,
    change: kind,
    tier: tierOf(change.after ?? change.before),
    lines: sided(was, willBe),
    ...difference(sumOf(was), sumOf(willBe)),
  };
}

const UNSHOWN = "the engine could not write down what this resource is";

const linesOf = ({ type, unshown }: Change, resource: Resource, pricer: Pricer): readonly Line[] =>
  unshown ? [{ kind: "unknown", item: type, reason: UNSHOWN }] : pricer.linesOf(resource);

function tiersOf(resources: readonly ResourceCost[]): TierCost[] {
  const tiers = new Map<string | undefined, Difference>();
  for (const { tier, before, after } of resources) {
    const sum = tiers.get(tier) ?? difference(NOTHING, NOTHING);
    tiers.set(tier, difference(plus(sum.before, before), plus(sum.after, after)));
  }
  const named = (tier: string | undefined) => tier ?? "\uffff";
  return [...tiers].map(([tier, sums]) => ({ tier, ...sums })).sort((a, b) => (named(a.tier) < named(b.tier) ? -1 : 1));
}

const pricesOf = (lines: readonly Line[]): Price[] => [
  ...new Set(lines.flatMap((line) => ("price" in line ? line.price : []))),
];
