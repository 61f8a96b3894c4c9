import { isDeepStrictEqual } from "node:util";
import type { Change, Resource } from "../plan/plan.ts";
import { isHidden, type Properties, type Value } from "../plan/values.ts";
import type { PropertyChange, ResourceChange, TierChanges } from "./document.ts";
import { propertyText } from "./property-text.ts";
import { tiersOf } from "./tiers.ts";

/** What the cloud has, so neither components nor what is the engine's own. */
export const isReal = ({ type, before, after }: Change): boolean =>
  (after ?? before)?.custom === true && !type.startsWith("pulumi:");

/** All that changes, by tier. */
export function changesOf(changes: readonly Change[]): readonly TierChanges[] {
  const real = changes.filter(isReal);
  const { order, of } = tiersOf(changes);
  return order.flatMap((tier) => {
    const own = real.filter((change) => change.kind !== "same" && of(change) === tier).map(resourceChange);
    return own.length === 0 ? [] : [{ tier, changes: own }];
  });
}

function resourceChange(change: Change): ResourceChange {
  const { urn, type, name } = change;
  const kind = change.kind as ResourceChange["kind"];
  return { urn, type, name, kind, properties: kind === "update" || kind === "replace" ? propertiesOf(change) : [] };
}

/** Only what differs of a group, so that a new tag is one line. */
function propertiesOf({ changed, replacing, before, after }: Change): readonly PropertyChange[] {
  return changed
    .flatMap((path) => {
      const sides = [at(before, path), at(after, path)] as const;
      const replaces = replacing.some((other) => other === path || rootOf(other) === path);
      const parts = differences(path, ...sides);
      const told: readonly Difference[] = parts.length > 0 ? parts : [{ path, before: sides[0], after: sides[1] }];
      return told.map((part) => ({
        path: part.path,
        before: propertyText(part.path, part.before),
        after: propertyText(part.path, part.after),
        replaces,
      }));
    })
    .sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}

interface Difference {
  readonly path: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

function differences(path: string, before: Value | undefined, after: Value | undefined): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isGroup(before) || !isGroup(after)) return [{ path, before, after }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => differences(`${path}.${name}`, before[name], after[name]));
}

/** What the program says, else what the provider says. */
function at(resource: Resource | undefined, path: string): Value | undefined {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  return [resource?.inputs, resource?.outputs]
    .map((side) => keys.reduce<Value | undefined>((value, key) => inside(value, key), side))
    .find((value) => value !== undefined);
}

function inside(value: Value | undefined, key: string): Value | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

const rootOf = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

const isGroup = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isHidden(value);
