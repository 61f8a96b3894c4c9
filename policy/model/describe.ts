import type * as plan from "../../plan/plan.ts";
import type { Description } from "./resource.ts";
import { type Bag, isBag } from "./values.ts";

/** The resources that there will be, as rules look at them. Of one that the engine could not write down nothing can be said. */
export function describe({ changes }: Pick<plan.Plan, "changes">): Description[] {
  return changes.flatMap(({ after, unshown }) => (after && !unshown ? [descriptionOf(after)] : []));
}

function descriptionOf(resource: plan.Resource): Description {
  const { urn, type, name, given, parent, provider, options, dependencies, propertyDependencies } = resource;
  return {
    urn,
    type,
    name,
    inputs: set(given) as Bag,
    parent,
    options,
    dependencies,
    propertyDependencies,
    ...(provider?.defaultTags && { defaultTags: provider.defaultTags }),
  };
}

/** Null is nothing: AWS's default holds there. */
function set(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(set);
  if (!isBag(value)) return value ?? undefined;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, set(inner)]));
}
