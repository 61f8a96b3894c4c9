import { nameOf } from "../../plan/urn.ts";
import type { AccountLine } from "../allowances.ts";
import type { CostEstimate, ResourceCost } from "../estimate.ts";
import type { Line } from "../line.ts";
import { expected, type Money, NOTHING } from "../money.ts";
import type { Side, SidedLine } from "../sides.ts";
import { amountText, changeText, estimateText, priceText, quantityText, sumText } from "./numbers.ts";

/** One line of a bill, as texts. */
export interface Row {
  /** `+` for what comes, `-` for what goes, nothing for what stays. */
  readonly mark: string;
  readonly item: string;
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly note: string;
}

const MARKS: Readonly<Record<Side, string>> = { before: "-", after: "+", both: "" };

export function rowOf(line: SidedLine): Row {
  const base = { mark: MARKS[line.side], item: line.item, quantity: "", unit: "", unitPrice: "", note: "" };
  if (line.kind === "free") return { ...base, amount: "free", note: line.source };
  if (line.kind === "unknown") {
    const { reason, range } = line;
    const bound = range ? `; between ${sumText(range.low)} and ${sumText(range.high)}` : "";
    return { ...base, amount: "unknown", note: `${reason}${bound}` };
  }
  const priced = { ...base, unit: line.unit, unitPrice: priceText(line.price.usd) };
  const notes = [line.note ?? ""];
  if (line.kind === "fixed") {
    const { quantity, amount, range } = line;
    if (range) notes.push(`between ${sumText(range.low)} and ${sumText(range.high)}`);
    return { ...priced, quantity: quantityText(quantity), amount: amountText(amount), note: joined(notes) };
  }
  const { quantity, amount, usage } = line;
  if (!quantity || !amount) {
    return { ...priced, amount: "not estimated", note: joined([...notes, `usage file: ${usage.join(", ")}`]) };
  }
  return {
    ...priced,
    quantity: estimateText(quantity, quantityText),
    amount: estimateText(amount, amountText),
    note: joined(notes),
  };
}

export const accountRow = ({ item, quantity, unit, unitPrice, amount }: AccountLine, mark: string): Row => ({
  mark,
  item,
  quantity: estimateText(quantity, quantityText),
  unit,
  unitPrice: priceText(unitPrice),
  amount: estimateText(amount, amountText),
  note: "",
});

const joined = (notes: readonly string[]): string => notes.filter((note) => note !== "").join("; ");

/** Of a resource: all that it is billed for, and may be. */
export const billed = (resource: ResourceCost): readonly SidedLine[] =>
  resource.lines.filter(({ kind }: Line) => kind !== "free");

/** Resources that are billed for something, by tier, and those that change most first. */
export function sections({ resources }: CostEstimate): ReadonlyMap<string, readonly ResourceCost[]> {
  const tiers = new Map<string, ResourceCost[]>();
  for (const resource of resources.filter((one) => billed(one).length > 0)) {
    const name = tierName(resource.tier);
    const list = tiers.get(name) ?? [];
    list.push(resource);
    tiers.set(name, list);
  }
  const weight = ({ difference, after }: ResourceCost) => [Math.abs(expected(difference)), expected(after)] as const;
  for (const list of tiers.values()) {
    list.sort((a, b) => weight(b)[0] - weight(a)[0] || weight(b)[1] - weight(a)[1]);
  }
  return new Map([...tiers].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const tierName = (tier: string | undefined): string => tier ?? "(no tier tag)";

/** `aws:rds/instance:Instance` as `rds.Instance`. */
export function typeTitle(type: string): string {
  const [provider = "", module = "", name = ""] = type.split(":");
  const package_ = provider === "aws" ? (module.split("/")[0] ?? "") : provider;
  return `${package_}.${name}`;
}

export const titleOf = ({ urn, type }: { readonly urn: string; readonly type: string }): string =>
  `${nameOf(urn)} (${typeTitle(type)})`;

/** What the lines of a resource come to. Where none of them has an amount there is no sum, and no zero. */
export function afterText({ lines, after }: ResourceCost): string {
  const priced = lines.some((line) => "amount" in line && line.amount !== undefined && line.side !== "before");
  if (priced || (after.unknown === 0 && after.notEstimated === 0)) return moneyText(after);
  return after.unknown > 0 ? "unknown" : "not estimated";
}

/** What a resource that changes came to before. */
export const beforeText = ({ before, difference }: ResourceCost): string =>
  expected(difference) === 0 ? "" : `was ${moneyText(before)}`;

/** Tiers with something to pay, with what is missing in their sums. */
export const tierCells = ({ tiers }: CostEstimate): readonly (readonly string[])[] =>
  tiers
    .filter(({ before, after }) => [before, after].some((side) => JSON.stringify(side) !== JSON.stringify(NOTHING)))
    .map(({ tier, before, after }) => [
      tierName(tier),
      sumText(expected(before)),
      sumText(expected(after)),
      changeText(expected(before), expected(after)),
      String(after.unknown),
      String(after.notEstimated),
    ]);

export const TIER_HEADER = ["tier", "before", "after", "difference", "without a price", "not estimated"];

export const countText = (count: number, of: string): string => `${count} ${of}${count === 1 ? "" : "s"}`;

/** What a side comes to, with what usage may make of it. */
export const moneyText = ({ fixed, usage }: Money): string =>
  usage.low === usage.high
    ? sumText(fixed + usage.expected)
    : `${sumText(fixed + usage.expected)} (${sumText(fixed + usage.low)} to ${sumText(fixed + usage.high)})`;

/** What the totals do not tell. */
export function lacksOf({ unknown, notEstimated }: Money): readonly string[] {
  const lacks = [
    ...(unknown > 0 ? [`${countText(unknown, "line")} without a price`] : []),
    ...(notEstimated > 0 ? [`${countText(notEstimated, "line")} whose usage nobody has estimated`] : []),
  ];
  return lacks.length > 0 ? [`The total lacks ${lacks.join(" and ")}.`] : [];
}

/** The three sums and their parts, as texts. */
export function totals({ total: { before, after } }: CostEstimate): readonly (readonly string[])[] {
  const row = (name: string, of: (money: Money) => number) => [
    name,
    sumText(of(before)),
    sumText(of(after)),
    changeText(of(before), of(after)),
  ];
  const usage: readonly (readonly string[])[] = [
    row("usage, low", ({ usage }) => usage.low),
    row("usage, expected", ({ usage }) => usage.expected),
    row("usage, high", ({ usage }) => usage.high),
  ];
  const none = [before, after].every(({ usage }) => usage.low === 0 && usage.high === 0);
  return [
    row("fixed", ({ fixed }) => fixed),
    ...(none ? [] : usage),
    [
      none ? "total" : "total, expected",
      sumText(expected(before)),
      sumText(expected(after)),
      changeText(expected(before), expected(after)),
    ],
  ];
}
