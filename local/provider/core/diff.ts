/** What differs between the account and the program, and whether a resource can be changed or has to be replaced. */
import { DEFAULTS } from "./defaults.ts";
import { sameElement, sameProperty, saysNothing } from "./equality.ts";
import type { AnyResource } from "./resource.ts";
import { type Property, shapeOf, type TypeSchema } from "./schema.ts";
import { holdsUnknown, isObject, SIGNATURE, UNKNOWN, type Value, type Values, withoutUnknown } from "./values.ts";

export type Kind = "add" | "delete" | "update";

export interface Difference {
  /** A path as the engine writes it, such as `rootBlockDevice.volumeSize`, `tags.Name`, `records[1]`. */
  readonly path: string;
  readonly kind: Kind;
  readonly replace: boolean;
}

type Properties = Readonly<Record<string, Property>>;
type Replaces = (property: string, before: Value, after: Value) => boolean;

/** Differences by path. `state` is what the account says, `inputs` what the program asks for. */
export function differences(
  schema: TypeSchema,
  state: Values,
  inputs: Values,
  ignored: readonly string[] = [],
  decide: AnyResource<never>["replaces"] = () => true,
): Difference[] {
  const found: Difference[] = [];
  const known = withoutUnknown(inputs);
  const replaces: Replaces = (property, before, after) => decide(property, before, after, known);
  diffObject(schema.properties, state, inputs, "", false, replaces, found);
  return found.filter(({ path }) => !ignored.some((one) => covers(one, path)));
}

/** The property at the root of a differing path. */
export const rootOf = ({ path }: Difference): string => /^[^.[]+/.exec(path)?.[0] ?? path;

/** The properties at the root of the differing paths, each once. */
export function roots(found: readonly Difference[]): string[] {
  return [...new Set(found.map(rootOf))];
}

/** True when a replacement takes a name that is taken until the old one is gone: a name the program has fixed and kept. */
export function nameIsTaken({ autoName }: TypeSchema, state: Values, inputs: Values): boolean {
  if (!autoName) return false;
  const filled = inputs[DEFAULTS];
  const made = Array.isArray(filled) && filled.includes(autoName.property);
  return !made && inputs[autoName.property] !== undefined && inputs[autoName.property] === state[autoName.property];
}

/** `ignored` is a path, or one with `*` for any name or index; it covers all below it. */
function covers(ignored: string, path: string): boolean {
  const [pattern, steps] = [stepsOf(ignored), stepsOf(path)];
  return pattern.length <= steps.length && pattern.every((step, index) => step === "*" || step === steps[index]);
}

/** `tags["a.b"]`, `rules[0].port` and `records[*]` taken apart. */
export const stepsOf = (path: string): string[] =>
  [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[([^\]]+)\]|([^.[]+)/g)].map(
    ([, quoted, index, name]) => quoted?.replaceAll(/\\(.)/g, "$1") ?? index ?? name ?? "",
  );

const isAbsent = (value: Value): boolean => value === undefined || value === null;

function diffObject(
  properties: Properties,
  before: Values,
  after: Values,
  at: string,
  replace: boolean,
  replaces: Replaces,
  found: Difference[],
): void {
  for (const [name, property] of Object.entries(properties)) {
    diffProperty(property, before[name], after[name], at + name, replace, replaces, found);
  }
}

function diffProperty(
  property: Property,
  before: Value,
  after: Value,
  at: string,
  inherited: boolean,
  replaces: Replaces,
  found: Difference[],
): void {
  if (
    property.output ||
    property.writeOnly ||
    (after !== UNKNOWN && !holdsUnknown(after) && sameProperty(property, before, after))
  )
    return;
  const replace =
    inherited || property.replace === true || (property.replace === "sometimes" && replaces(at, before, after));
  const { collection, element } = shapeOf(property.type);
  const nested = element === "object" && property.properties !== undefined;
  if (saysNothing(property, before) || saysNothing(property, after) || after === UNKNOWN) {
    found.push({
      path: at,
      kind: isAbsent(before) ? "add" : isAbsent(after) ? "delete" : "update",
      replace: replace || (nested && replacesInside(property, before, after)),
    });
  } else if (collection === "map" && isObject(before) && isObject(after)) {
    diffMap(property, before, after, at, replace, found);
  } else if (collection === "list" && nested && Array.isArray(before) && Array.isArray(after)) {
    diffList(property, before, after, at, replace, replaces, found);
  } else if (collection && Array.isArray(before) && Array.isArray(after)) {
    diffMembers(property, before, after, at, replace, found);
  } else if (nested && isObject(before) && isObject(after) && !(SIGNATURE in after)) {
    diffObject(property.properties ?? {}, before, after, `${at}.`, inherited, replaces, found);
  } else {
    found.push({ path: at, kind: "update", replace });
  }
}

/** A nested object that comes or goes as a whole replaces when one of the values that come or go with it does. */
function replacesInside({ properties = {}, required }: Property, before: Value, after: Value): boolean {
  if (required) return false;
  const values = [before, after].flat().filter(isObject);
  return Object.entries(properties).some(
    ([name, child]) => child.replace === true && values.some((value) => !saysNothing(child, value[name])),
  );
}

function diffMap(
  property: Property,
  before: Values,
  after: Values,
  at: string,
  replace: boolean,
  found: Difference[],
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const path = /^\w+$/.test(key) ? `${at}.${key}` : `${at}["${key.replaceAll(/["\\]/g, "\\$&")}"]`;
    if (!Object.hasOwn(after, key)) found.push({ path, kind: "delete", replace });
    else if (!Object.hasOwn(before, key)) found.push({ path, kind: "add", replace });
    else if (after[key] === UNKNOWN || !sameElement(property, before[key], after[key]))
      found.push({ path, kind: "update", replace });
  }
}

function diffList(
  property: Property,
  before: Value[],
  after: Value[],
  at: string,
  replace: boolean,
  replaces: Replaces,
  found: Difference[],
): void {
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const path = `${at}[${index}]`;
    const [old, next] = [before[index], after[index]];
    if (index >= after.length) found.push({ path, kind: "delete", replace });
    else if (index >= before.length) found.push({ path, kind: "add", replace });
    else if (isObject(old) && isObject(next))
      diffObject(property.properties ?? {}, old, next, `${path}.`, replace, replaces, found);
    else if (next === UNKNOWN || !sameElement(property, old, next)) found.push({ path, kind: "update", replace });
  }
}

/** Members of a set, or scalars of a list: which left and which joined. An entry of a set that changed is one of each. */
function diffMembers(
  property: Property,
  before: Value[],
  after: Value[],
  at: string,
  inherited: boolean,
  found: Difference[],
): void {
  const replace =
    inherited || (property.properties !== undefined && replacesInside({ ...property, required: false }, before, after));
  const left = before.map((_, index) => index);
  after.forEach((item, index) => {
    const match = holdsUnknown(item) ? -1 : left.findIndex((other) => sameElement(property, before[other], item));
    if (match >= 0) left.splice(match, 1);
    else found.push({ path: `${at}[${index}]`, kind: "add", replace });
  });
  for (const index of left) {
    const joined = found.findIndex(({ path, kind }) => path === `${at}[${index}]` && kind === "add");
    if (joined >= 0) found[joined] = { path: `${at}[${index}]`, kind: "update", replace };
    else found.push({ path: `${at}[${index}]`, kind: "delete", replace });
  }
  if (found.every(({ path }) => !path.startsWith(`${at}[`))) found.push({ path: at, kind: "update", replace });
}
