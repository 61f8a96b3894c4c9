import { tierOf } from "../cost/tier.ts";
import type { Change } from "../plan/plan.ts";

/** As a request meets them; what serves all of them comes after. */
const KNOWN = ["dns", "network", "web", "server", "application", "data", "release", "monitoring"];

interface Tiers {
  /** All that there are, what has none last. */
  readonly order: readonly (string | undefined)[];
  readonly of: (change: Change) => string | undefined;
}

/** Tiers by the tag. What cannot have tags belongs to the tier of its component, where the rest of that is of one tier. */
export function tiersOf(changes: readonly Change[]): Tiers {
  const families = new Map<string, Set<string>>();
  for (const change of changes) {
    const { parent } = change.after ?? change.before ?? {};
    const tier = tagged(change);
    if (parent === undefined || tier === undefined) continue;
    families.set(parent, (families.get(parent) ?? new Set()).add(tier));
  }
  const of = (change: Change): string | undefined => {
    const family = families.get((change.after ?? change.before)?.parent ?? "");
    return tagged(change) ?? (family?.size === 1 ? [...family][0] : undefined);
  };
  return { order: [...new Set(changes.map(of))].sort(byRequest), of };
}

function tagged({ after, before }: Change): string | undefined {
  const resource = after ?? before;
  return resource && tierOf({ ...resource, region: undefined });
}

function byRequest(one: string | undefined, other: string | undefined): number {
  const rank = (tier: string | undefined) => {
    if (tier === undefined) return KNOWN.length + 1;
    const place = KNOWN.indexOf(tier);
    return place < 0 ? KNOWN.length : place;
  };
  return rank(one) - rank(other) || ((one ?? "") < (other ?? "") ? -1 : 1);
}
