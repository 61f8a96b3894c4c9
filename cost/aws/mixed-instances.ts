import { type Hidden, type Properties, UNKNOWN, type Value } from "../../plan/values.ts";
import type { Sizes } from "../lines.ts";
import { asGroup, asList, asNumber, asText, type Read, within } from "../read.ts";

/** Which machines a scaling group takes, in what order, and how many of them are spot instances. */
export interface Mix {
  /** In the order of the policy. */
  readonly types: readonly Weighted[];
  /** What on-demand machines are: the first that the policy lists, which is the one AWS tries first. */
  readonly onDemandType: string;
  /** Capacity that is on-demand before any spot. */
  readonly base: number;
  /** Percent of the capacity above it that is on-demand. */
  readonly percentAbove: number;
}

interface Weighted {
  readonly instanceType: string;
  /** Capacity that one of it counts for. */
  readonly weight: number;
}

/** The mix of a policy; undefined where there is none, hidden where the plan does not show what it is. */
export function mixOf(policy: Read<Properties>, templateType: Read<string>): Mix | Hidden | undefined {
  if (policy === undefined || typeof policy === "symbol") return policy;
  const distribution = asGroup(within(policy, "instancesDistribution"));
  const overrides = asList(within(asGroup(within(policy, "launchTemplate")), "overrides"));
  if (typeof overrides === "symbol") return overrides;
  const types = typesOf(overrides ?? [], templateType);
  const base = asNumber(within(distribution, "onDemandBaseCapacity")) ?? 0;
  const percentAbove = asNumber(within(distribution, "onDemandPercentageAboveBaseCapacity")) ?? 100;
  if (typeof types === "symbol") return types;
  if (typeof base === "symbol") return base;
  if (typeof percentAbove === "symbol") return percentAbove;
  const [first] = types;
  return first === undefined ? UNKNOWN : { types, onDemandType: first.instanceType, base, percentAbove };
}

/** Overrides take the place of the type of the launch template. Requirements leave the type to AWS. */
function typesOf(overrides: readonly Value[], templateType: Read<string>): readonly Weighted[] | Hidden {
  const given = overrides.length === 0 ? [undefined] : overrides.map(asGroup);
  const types: Weighted[] = [];
  for (const override of given) {
    const instanceType = asText(within(override, "instanceType")) ?? templateType;
    const weight = asNumber(within(override, "weightedCapacity")) ?? 1;
    if (typeof instanceType === "symbol") return instanceType;
    if (typeof weight === "symbol") return weight;
    if (instanceType === undefined || within(override, "instanceRequirements") !== undefined) return UNKNOWN;
    types.push({ instanceType, weight: Math.max(weight, 1) });
  }
  return types;
}

/** Parts of a machine are rounded to on-demand. */
const onDemandCapacity = ({ base, percentAbove }: Mix, capacity: number): number =>
  Math.min(capacity, base) + Math.ceil((Math.max(0, capacity - base) * percentAbove) / 100);

/** How many on-demand machines there are at each size of the group. */
export function onDemandOf(mix: Mix, sizes: Sizes): Sizes {
  const weight = mix.types[0]?.weight ?? 1;
  return each(sizes, (capacity) => Math.ceil(onDemandCapacity(mix, capacity) / weight));
}

/** How many spot machines there are at most: of the type with the least weight. */
export function spotOf(mix: Mix, sizes: Sizes): Sizes {
  const weight = Math.min(...mix.types.map((type) => type.weight));
  return each(sizes, (capacity) => Math.ceil((capacity - onDemandCapacity(mix, capacity)) / weight));
}

const each = ({ low, now, high }: Sizes, count: (capacity: number) => number): Sizes => ({
  low: count(low),
  now: count(now),
  high: count(high),
});
