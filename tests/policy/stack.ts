import type { Options } from "../../plan/plan.ts";
import type { Costs } from "../../policy/budgets.ts";
import { type Judgement, judge } from "../../policy/judge.ts";
import { Model } from "../../policy/model/model.ts";
import type { Description } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import type { Bag } from "../../policy/model/values.ts";
import type { Environment, Rule } from "../../policy/rule.ts";
import { THRESHOLDS, type Thresholds } from "../../policy/thresholds.ts";

/** A resource as tests write it. */
export interface Part {
  readonly type: string;
  readonly name: string;
  readonly inputs?: Bag;
  /** For each property the names of the resources that its value comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly options?: Partial<Options>;
  readonly defaultTags?: Description["defaultTags"];
}

export const urnOf = (type: string, name: string): string => `urn:pulumi:production::webstack::${type}::${name}`;

/** A model of these resources, below a stack. Two resources of a stack that refer to each other have different names. */
export function modelOf(parts: readonly Part[]): Model {
  const root = urnOf(TYPES.stack, "webstack-production");
  const urns = new Map(parts.map(({ type, name }) => [name, urnOf(type, name)]));
  const find = (name: string) => {
    const urn = urns.get(name);
    if (urn === undefined) throw new Error(`no resource is called ${name}`);
    return urn;
  };
  return new Model([
    { urn: root, type: TYPES.stack, name: "webstack-production", inputs: {} },
    ...parts.map(({ type, name, inputs = {}, from = {}, ...rest }) => ({
      ...rest,
      urn: urnOf(type, name),
      type,
      name,
      inputs,
      parent: root,
      propertyDependencies: Object.fromEntries(
        Object.entries(from).map(([property, names]) => [property, names.map(find)]),
      ),
      dependencies: [...new Set(Object.values(from).flat().map(find))],
    })),
  ]);
}

export interface Surroundings {
  readonly environment?: Environment;
  readonly thresholds?: Partial<Thresholds>;
  readonly costs?: Costs;
}

/** What a rule says of each resource that it looks at, as "name: outcome". A violation is told in its own words. */
export function said(
  rule: Rule,
  parts: readonly Part[],
  { environment = "production", thresholds, costs }: Surroundings = {},
) {
  const context = { model: modelOf(parts), environment, thresholds: { ...THRESHOLDS, ...thresholds }, costs };
  return judge([rule], context).map(({ resource, outcome }) => `${resource.name}: ${tell(outcome)}`);
}

function tell(outcome: Judgement["outcome"]): string {
  if (outcome.kind === "violation") return outcome.seen;
  if (outcome.kind === "undecidable") return `undecidable by ${outcome.property}`;
  return outcome.kind;
}
