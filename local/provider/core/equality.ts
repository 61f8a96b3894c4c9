/** When two values of a property are the same for AWS, although they may be written differently. */
import { type Property, shapeOf } from "./schema.ts";
import { isObject, SIGNATURE, type Value, type Values } from "./values.ts";

/** True for what AWS does not tell from "not set": nothing, "", 0, false and empty collections. */
export function isEmpty(value: Value): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isEmpty);
}

/** The same for a value of this property: an object that says something by being there is never empty. */
export function saysNothing({ properties = {}, marker }: Property, value: Value): boolean {
  if (!isObject(value)) return isEmpty(value);
  if (marker) return false;
  return Object.entries(value).every(([name, child]) => {
    const property = properties[name];
    return property ? saysNothing(property, child) : isEmpty(child);
  });
}

/** Compares what the account holds with what the program asks for. */
export function sameValue(property: Property, before: Value, after: Value): boolean {
  if (saysNothing(property, before) && saysNothing(property, after)) return true;
  const { collection } = shapeOf(property.type);
  if (collection === "map") return sameMap(property, before, after);
  if (!collection) return sameElement(property, before, after);
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return false;
  if (collection === "list") return after.every((item, index) => sameElement(property, before[index], item));
  const rest = [...before];
  return after.every((item) => {
    const match = rest.findIndex((other) => sameElement(property, other, item));
    return match >= 0 && rest.splice(match, 1).length === 1;
  });
}

function sameMap(property: Property, before: Value, after: Value): boolean {
  const [old, next] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  const keys = new Set([...Object.keys(old), ...Object.keys(next)]);
  return [...keys].every(
    (key) => Object.hasOwn(old, key) && Object.hasOwn(next, key) && sameElement(property, old[key], next[key]),
  );
}

/** Compares one value, or one entry of a collection. */
export function sameElement(property: Property, before: Value, after: Value): boolean {
  if (isObject(before) && isObject(after)) {
    if (SIGNATURE in after) return sameAsset(before, after);
    if (!property.properties) return canonical(before) === canonical(after);
    return Object.entries(property.properties).every(([name, child]) => sameProperty(child, before[name], after[name]));
  }
  if (typeof before === "string" && typeof after === "string") return sameText(property, before, after);
  return before === after || (saysNothing(property, before) && saysNothing(property, after));
}

/** Files and texts are the same when their contents are, wherever they lie. */
function sameAsset(before: Values, after: Values): boolean {
  if (before.hash && after.hash) return before.hash === after.hash;
  return canonical(before) === canonical(after);
}

/** The same for a property that may be left out: what AWS fills in stays as it is. */
export function sameProperty(property: Property, before: Value, after: Value): boolean {
  if (property.output || (after === undefined && property.computed)) return true;
  return sameValue(property, before, after);
}

function sameText({ compare, anyCase }: Property, before: string, after: string): boolean {
  if (before === after) return true;
  if (compare === "json") return sameJson(before, after);
  if (compare === "dnsName") return dnsName(before) === dnsName(after);
  return (compare === "anyCase" || anyCase === true) && before.toLowerCase() === after.toLowerCase();
}

/** Names in DNS carry no case and may end in a dot. */
export function dnsName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "").replace("\\052", "*");
}

/** JSON documents, as IAM reads policies: order of keys does not matter, a list of one equals its entry, order in lists of strings does not matter. */
function sameJson(before: string, after: string): boolean {
  try {
    return canonical(JSON.parse(before)) === canonical(JSON.parse(after));
  } catch {
    return false;
  }
}

function canonical(value: Value): string {
  if (Array.isArray(value)) {
    if (value.length === 1) return canonical(value[0]);
    const items = value.map(canonical);
    return `[${(value.every((item) => typeof item === "string") ? items.sort() : items).join(",")}]`;
  }
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${entries.join(",")}}`;
}
