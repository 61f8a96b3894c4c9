/** Checks what a program asks for against the schema of its type: every problem at once, each with its property, rule, value and way out. */
import { isIP, isIPv4, isIPv6 } from "node:net";
import { closestMatch } from "leven";
import { stepsOf } from "./diff.ts";
import { saysNothing } from "./equality.ts";
import type { Problem } from "./resource.ts";
import { type Format, type Property, shapeOf } from "./schema.ts";
import { ARCHIVE, ASSET, isObject, SIGNATURE, UNKNOWN, type Value, type Values } from "./values.ts";

/** Completes "<property> …" where the official provider could and an emulated API cannot. */
export const UNSUPPORTED =
  "is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider";

type Properties = Readonly<Record<string, Property>>;

/** Every broken rule of the schema; unknown values pass. */
export function checkInputs(properties: Properties, inputs: Values): Problem[] {
  return [...checkObject(properties, inputs, "", inputs)];
}

function* checkObject(properties: Properties, values: Values, at: string, root: Values): Iterable<Problem> {
  const allowed = Object.keys(properties).filter((name) => !properties[name]?.output);
  for (const [name, value] of Object.entries(values)) {
    const property = properties[name];
    if (!property || property.output) yield problem(at + name, unknownProperty(name, allowed, property));
    else yield* checkValue(property, value, at + name, root);
  }
  for (const name of allowed) {
    const property = properties[name] as Property;
    const given = name in values;
    if (property.required && !given) yield problem(at + name, "is required and missing");
    if (given) yield* checkCompany(property, at + name, root);
    yield* checkChoice(property, at + name, root);
  }
}

function unknownProperty(name: string, allowed: readonly string[], property: Property | undefined): string {
  if (property?.output) return "is told by AWS and cannot be set; remove it";
  const near = closestMatch(name, [...allowed], { maxDistance: 4 });
  return `is not a property of this type; ${near ? `did you mean ${near}?` : `it has ${allowed.join(", ")}`}`;
}

const problem = (path: string, rule: string): Problem => ({
  property: /^[^.[]+/.exec(path)?.[0] ?? path,
  reason: `${path} ${rule}`,
});

function* checkValue(property: Property, value: Value, at: string, root: Values): Iterable<Problem> {
  if (property.unsupported && !saysNothing(property, value)) return yield problem(at, unsupportedRule(property));
  const { collection, element } = shapeOf(property.type);
  if (value === UNKNOWN) return;
  if (!collection) {
    yield* checkElement(property, element, value, at, root);
  } else if (collection === "map" ? !isObject(value) : !Array.isArray(value)) {
    yield problem(at, `must be a ${collection === "map" ? "map" : "list"}, got ${shown(property, value)}`);
  } else {
    if (Array.isArray(value)) yield* checkLength(property, value, at);
    for (const [key, item] of Object.entries(value as Values)) {
      yield* checkElement(property, element, item, collection === "map" ? `${at}.${key}` : `${at}[${key}]`, root);
    }
  }
}

const unsupportedRule = ({ unsupported }: Property): string =>
  typeof unsupported === "string" ? `is not supported offline; ${unsupported}` : UNSUPPORTED;

function* checkLength(
  { minItems = 0, maxItems = Infinity }: Property,
  { length }: Value[],
  at: string,
): Iterable<Problem> {
  if (length < minItems) yield problem(at, `needs at least ${minItems} entries, got ${length}`);
  if (length > maxItems) yield problem(at, `takes at most ${maxItems} entries, got ${length}`);
}

function* checkElement(property: Property, element: string, value: Value, at: string, root: Values): Iterable<Problem> {
  if (value === UNKNOWN || element === "any") return;
  const rule = kindRule(element, value) ?? valueRule(property, value);
  if (rule) yield problem(at, `${rule}, got ${shown(property, value)}`);
  else if (element === "object" && property.properties) {
    yield* checkObject(property.properties, value as Values, `${at}.`, root);
    if (property.choice) yield* checkOnly(property.properties, value as Values, at);
  }
}

function kindRule(element: string, value: Value): string | undefined {
  switch (element) {
    case "string":
      return typeof value === "string" ? undefined : "must be a string";
    case "number":
      return typeof value === "number" ? undefined : "must be a number";
    case "integer":
      return Number.isInteger(value) ? undefined : "must be a whole number";
    case "boolean":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "object":
      return isObject(value) ? undefined : "must be an object";
    default:
      return isObject(value) && [ASSET, ARCHIVE].includes(value[SIGNATURE] as string) ? undefined : "must be an asset";
  }
}

function valueRule(property: Property, value: Value): string | undefined {
  if (property.values && !listed(property, value)) return `must be one of ${property.values.join(", ")}`;
  if (typeof value === "number") return rangeRule(property, value);
  if (typeof value !== "string") return undefined;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = property;
  if (value.length > maxLength) return `must have at most ${maxLength} characters but has ${value.length}`;
  if (value.length < minLength) return `must have at least ${minLength} characters but has ${value.length}`;
  if (pattern && !new RegExp(pattern[0]).test(value)) return `must be ${pattern[1]}`;
  return format && value !== "" && !FORMATS[format].test(value) ? `must be ${FORMATS[format].meaning}` : undefined;
}

function listed({ values = [], anyCase }: Property, value: Value): boolean {
  if (values.includes(value as string)) return true;
  return anyCase === true && values.some((one) => String(one).toLowerCase() === String(value).toLowerCase());
}

function rangeRule({ range, ranges = range ? [range] : [] }: Property, value: number): string | undefined {
  if (ranges.length === 0) return undefined;
  if (ranges.some(([low, high]) => value >= (low ?? -Infinity) && value <= (high ?? Infinity))) return undefined;
  return `must be ${ranges.map(([low, high]) => bounds(low, high)).join(" or ")}`;
}

function bounds(low: number | null, high: number | null): string {
  if (low === null) return `at most ${high}`;
  if (high === null) return `at least ${low}`;
  return low === high ? `${low}` : `from ${low} to ${high}`;
}

const FORMATS: Record<Format, { test(value: string): boolean; meaning: string }> = {
  cidr: { test: (value) => isCidr(value, 4), meaning: "an IPv4 network such as 10.0.0.0/16, without host bits" },
  cidr6: { test: (value) => isCidr(value, 6), meaning: "an IPv6 network such as 2001:db8::/56" },
  ipv4: { test: isIPv4, meaning: "an IPv4 address such as 10.0.0.1" },
  ipv6: { test: isIPv6, meaning: "an IPv6 address such as 2001:db8::1" },
  arn: {
    test: (value) => /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}|aws)?:.+/.test(value),
    meaning: "an ARN such as arn:aws:iam::123456789012:role/name",
  },
  json: { test: isJson, meaning: "a JSON document" },
  rfc3339: {
    test: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
    meaning: "a time such as 2030-01-31T00:00:00Z",
  },
  duration: { test: (value) => /^(\d+(h|m|s))+$/.test(value), meaning: "a duration such as 1h30m" },
};

/** True for a network in CIDR notation; IPv4 networks with host bits set are refused, as the provider and AWS refuse them. */
function isCidr(value: string, version: 4 | 6): boolean {
  const [address = "", bits = "", more] = value.split("/");
  if (more !== undefined || isIP(address) !== version || !/^\d{1,3}$/.test(bits)) return false;
  const length = Number(bits);
  if (version === 6) return length <= 128;
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return length <= 32 && number % 2 ** (32 - length) === 0;
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** Rules that hold when the property is given: what it excludes, what it needs beside it. */
function* checkCompany(property: Property, at: string, root: Values): Iterable<Problem> {
  for (const other of property.conflicts ?? []) {
    if (isGiven(root, other)) yield problem(at, `cannot be set together with ${other}; remove one of them`);
  }
  const missing = (property.requiredWith ?? []).filter((other) => !isGiven(root, other));
  if (missing.length > 0) yield problem(at, `needs ${missing.join(" and ")} beside it`);
}

/** Rules over a group of properties, reported once, at the first of them by name. */
function* checkChoice({ exactlyOneOf, atLeastOneOf }: Property, at: string, root: Values): Iterable<Problem> {
  for (const [group, exact] of [
    [exactlyOneOf, true],
    [atLeastOneOf, false],
  ] as const) {
    if (!group || [...new Set([at, ...group])].sort()[0] !== at) continue;
    const all = [...new Set([at, ...group])].sort();
    const present = all.filter((name) => isGiven(root, name));
    if (present.length === 0) yield problem(at, `is missing: one of ${all.join(", ")} is required`);
    if (exact && present.length > 1) yield problem(at, `conflicts: only one of ${present.join(", ")} can be set`);
  }
}

/** Rules of an object that is one of several things. */
function* checkOnly(properties: Properties, values: Values, at: string): Iterable<Problem> {
  const all = Object.keys(properties);
  const present = all.filter((name) => name in values);
  if (present.length === 0) yield problem(at, `needs one of ${all.join(", ")}, got none`);
  if (present.length > 1) yield problem(at, `takes only one of its properties, got ${present.join(", ")}`);
}

/**
 * True when the path (`rules[0].action`, or `rules.action` for that of any entry) leads to a value, or into what is not known
 * yet.
 */
export const isGiven = (values: Values, path: string): boolean => leads(values, stepsOf(path));

function leads(value: Value, steps: readonly string[]): boolean {
  const [step, ...rest] = steps;
  if (value === undefined || value === UNKNOWN || step === undefined) return value !== undefined;
  if (Array.isArray(value) && !/^\d+$/.test(step)) return value.some((item) => leads(item, steps));
  return (isObject(value) || Array.isArray(value)) && leads((value as Values)[step], rest);
}

function shown(property: Property, value: Value): string {
  if (property.sensitive) return "a secret value";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}
