/** Completes what a program asks for: the forms that AWS accepts, the defaults of the schema, names of the provider's making. */
import { createHash } from "node:crypto";
import { type AutoName, type Property, shapeOf, type TypeSchema } from "./schema.ts";
import { holdsUnknown, isObject, SIGNATURE, UNKNOWN, type Value, type Values } from "./values.ts";

/** The input that lists which of the others were filled in by the provider and not by the program. */
export const DEFAULTS = "__defaults";

export interface Naming {
  /** Logical name of the resource. */
  readonly name: string;
  /** Random bytes from the engine, the same when it repeats the request. */
  readonly seed: Uint8Array;
  /** A name that the project's `pulumi:autonaming` configuration asks for; `null` when it forbids made-up names. */
  readonly proposed?: string | null;
}

export interface Completed {
  readonly inputs: Values;
  /** A name that had to be made up and could not be. */
  readonly problem?: string;
}

/** Adds defaults, also inside nested objects, and a name to checked inputs; a made-up name is kept from `olds`, so that it never changes by itself. */
export function complete(schema: TypeSchema, inputs: Values, olds: Values, naming: Naming): Completed {
  const completed: Values = {};
  const filled: string[] = [];
  for (const [name, property] of Object.entries(schema.properties)) {
    const value = inputs[name] ?? property.default;
    if (value === undefined) continue;
    if (!(name in inputs)) {
      if (excluded(property, inputs)) continue;
      filled.push(name);
    }
    completed[name] = withNestedDefaults(property, value);
  }
  const { autoName } = schema;
  if (!autoName || autoName.property in completed || excluded(schema.properties[autoName.property], inputs)) {
    return { inputs: { ...completed, [DEFAULTS]: filled.sort() } };
  }
  const made = keptName(autoName.property, olds) ?? makeName(autoName, naming);
  if (typeof made !== "string") return { inputs: completed, problem: made.problem };
  completed[autoName.property] = withEnding(autoName, made, completed);
  return { inputs: { ...completed, [DEFAULTS]: [...filled, autoName.property].sort() } };
}

/** True for a property that must stay away because one that it conflicts with is given. */
function excluded(property: Property | undefined, inputs: Values): boolean {
  return [...(property?.conflicts ?? []), ...(property?.exactlyOneOf ?? [])].some((other) => other in inputs);
}

function keptName(property: string, olds: Values): string | undefined {
  const filled = olds[DEFAULTS];
  const name = olds[property];
  return Array.isArray(filled) && filled.includes(property) && typeof name === "string" ? name : undefined;
}

function makeName(autoName: AutoName, { name, seed, proposed }: Naming): string | { problem: string } {
  if (proposed === null)
    return { problem: `${autoName.property} is required here, because pulumi:autonaming is disabled in this project` };
  const separator = autoName.exact ? "" : (autoName.separator ?? "-");
  const suffix = autoName.exact ? "" : createHash("sha256").update(seed).digest("hex").slice(0, 7);
  const made = proposed ?? `${name}${separator}${suffix}`;
  const fitting = autoName.lowerCase ? made.toLowerCase() : made;
  if (fitting.length <= autoName.maxLength) return fitting;
  const room = autoName.maxLength - separator.length - suffix.length;
  return {
    problem: `${autoName.property} would be "${fitting}" (${fitting.length} characters, at most ${autoName.maxLength} are allowed); give the resource a logical name of at most ${room} characters, or set ${autoName.property}`,
  };
}

function withEnding({ ending }: AutoName, name: string, inputs: Values): string {
  if (!ending) return name;
  const bare = name.endsWith(ending.text) ? name.slice(0, -ending.text.length) : name;
  return inputs[ending.when] === true ? bare + ending.text : bare;
}

function withNestedDefaults(property: Property, value: Value): Value {
  const { properties } = property;
  if (!properties) return value;
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? withDefaults(properties, item) : item));
  return isObject(value) ? withDefaults(properties, value) : value;
}

function withDefaults(properties: Readonly<Record<string, Property>>, values: Values): Values {
  const completed: Values = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = values[name] ?? property.default;
    if (value !== undefined && !property.output) completed[name] = withNestedDefaults(property, value);
  }
  return completed;
}

/** Numbers and booleans may be written as text and the other way round, as with the official provider. */
export function scalar(element: string, value: Value): Value {
  if (element === "string" && (typeof value === "number" || typeof value === "boolean")) return String(value);
  if (
    (element === "number" || element === "integer") &&
    typeof value === "string" &&
    value.trim() !== "" &&
    !Number.isNaN(Number(value))
  )
    return Number(value);
  if (element === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

/** Brings inputs into the form that the schema names, before they are checked: scalars, and documents as JSON text. Unknown properties stay, for the check to report. */
export function coerce(properties: Readonly<Record<string, Property>>, inputs: Values): Values {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([name]) => name !== DEFAULTS)
      .map(([name, value]) => [name, coerceOne(properties[name], value)]),
  );
}

function coerceOne(property: Property | undefined, value: Value): Value {
  if (!property || value === UNKNOWN) return value;
  const { collection, element } = shapeOf(property.type);
  const one = (item: Value): Value => {
    if (element === "object" && property.properties && isObject(item)) return coerce(property.properties, item);
    if (property.format === "json" && isObject(item) && !(SIGNATURE in item))
      return holdsUnknown(item) ? UNKNOWN : JSON.stringify(item);
    return scalar(element, item);
  };
  if (Array.isArray(value)) return collection === "list" || collection === "set" ? value.map(one) : value;
  if (collection === "map" && isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, one(item)]));
  return one(value);
}
