/** The outputs of a resource: as a preview foresees them, and as the account tells them. */
import { DEFAULTS } from "./defaults.ts";
import { sameElement, sameValue, saysNothing } from "./equality.ts";
import { type Property, shapeOf, type TypeSchema } from "./schema.ts";
import { isObject, secret, UNKNOWN, type Value, type Values } from "./values.ts";

type Properties = Readonly<Record<string, Property>>;

/**
 * Outputs of a resource that does not exist yet: inputs as they are, all that the API will fill in unknown, unless the
 * type can tell it beforehand (`told`).
 */
export function foreseen(schema: TypeSchema, inputs: Values, told: Values = {}): Values {
  const all = { ...schema.properties, ...schema.outputs };
  return {
    ...fill(schema.properties, inputs),
    ...mapProperties(schema.outputs, (output) => output.default ?? UNKNOWN),
    ...Object.fromEntries(
      Object.entries(told).map(([name, value]) => [name, fillInside(all[name] as Property, value)]),
    ),
  };
}

/** Outputs of a resource that will be changed: what the account says now, with the new inputs and what they will change. */
export function foreseenAfterUpdate(
  schema: TypeSchema,
  state: Values,
  inputs: Values,
  changed: readonly string[],
): Values {
  const outputs: Values = { ...state };
  for (const [name, property] of Object.entries(schema.properties)) {
    if (property.writeOnly) continue;
    // Of an asset the state keeps no more than the hash, which the SDK does not take for an asset.
    if (name in inputs && property.type !== "asset" && sameValue(property, state[name], inputs[name]))
      outputs[name] = state[name];
    else if (name in inputs) outputs[name] = fillInside(property, inputs[name]);
    else if (!property.computed) delete outputs[name];
  }
  for (const [output, causes] of Object.entries(schema.recomputed ?? {})) {
    if (changed.some((name) => causes.includes("*") || causes.includes(name))) outputs[output] = UNKNOWN;
  }
  return outputs;
}

function fill(properties: Properties, inputs: Values): Values {
  const outputs: Values = {};
  for (const [name, property] of Object.entries(properties)) {
    if (property.writeOnly) continue;
    if (name in inputs) outputs[name] = fillInside(property, inputs[name]);
    else if (property.computed || property.output) outputs[name] = UNKNOWN;
  }
  return outputs;
}

function fillInside(property: Property, value: Value): Value {
  const { element } = shapeOf(property.type);
  if (element !== "object" || !property.properties) return value;
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? fill(property.properties ?? {}, item) : item));
  return isObject(value) ? fill(property.properties, value) : value;
}

/**
 * The state after the account was read: what it says wins, except where it means the same as what was known (another
 * order, another way of writing), and except for what the API cannot tell (keys that `told` lacks).
 */
export function settle(schema: TypeSchema, known: Values, told: Values): Values {
  const state: Values = {};
  for (const [name, property] of Object.entries({ ...schema.properties, ...schema.outputs })) {
    if (property.writeOnly) continue;
    const value = name in told ? settleValue(property, known[name], told[name]) : known[name];
    if (value !== undefined && value !== null) state[name] = value;
  }
  return state;
}

function settleValue(property: Property, known: Value, told: Value): Value {
  const { collection, element } = shapeOf(property.type);
  if (element === "object" && property.properties && collection !== "map")
    return settleNested(property, collection, known, told);
  if (known !== undefined && sameValue(property, known, told))
    return saysNothing(property, known) && told !== undefined ? told : known;
  return told;
}

/** Nested objects keep the order of what was known, and take in what only the API knows. */
function settleNested(property: Property, collection: string | undefined, known: Value, told: Value): Value {
  const schema: TypeSchema = { properties: property.properties ?? {}, outputs: {} };
  if (!collection) return isObject(told) ? settle(schema, isObject(known) ? known : {}, told) : told;
  if (!Array.isArray(told)) return told;
  const before = Array.isArray(known) ? known : [];
  if (collection === "list")
    return told.map((item, index) =>
      isObject(item) ? settle(schema, isObject(before[index]) ? before[index] : {}, item) : item,
    );
  const rest = [...told];
  const kept = before.flatMap((item) => {
    const match = rest.findIndex((other) => sameElement(property, other, item));
    return match >= 0 ? rest.splice(match, 1).map((other) => settle(schema, item as Values, other as Values)) : [];
  });
  return [...kept, ...rest.map((item) => (isObject(item) ? settle(schema, {}, item) : item))];
}

/** The inputs after a refresh: as before, but with the values that the account has now, unless their difference `stays`. */
export function refreshedInputs(
  schema: TypeSchema,
  inputs: Values,
  state: Values,
  stays: (property: string) => boolean = () => false,
): Values {
  const refreshed: Values = {};
  for (const [name, value] of Object.entries(inputs)) {
    const property = schema.properties[name];
    if (!property || property.writeOnly || stays(name)) refreshed[name] = value;
    else if (sameValue(property, state[name], value) || keepsNested(property, state[name], value))
      refreshed[name] = value;
    else if (state[name] !== undefined) refreshed[name] = inputsOf(property, state[name]);
  }
  return refreshed;
}

/** A nested input that leaves computed parts to AWS is unchanged when all that it does say holds. */
function keepsNested(property: Property, state: Value, input: Value): boolean {
  const { element } = shapeOf(property.type);
  return element === "object" && sameElement(property, state, input);
}

/** The inputs that would make what the account has: for `import`. */
export function importedInputs(schema: TypeSchema, state: Values): Values {
  const imported: Values = { [DEFAULTS]: [] };
  for (const [name, property] of Object.entries(schema.properties)) {
    const value = state[name];
    if (saysNothing(property, value) && !property.required && property.default === undefined) continue;
    if (property.computed && name !== schema.autoName?.property) continue;
    imported[name] = inputsOf(property, value);
  }
  return imported;
}

function inputsOf(property: Property, value: Value): Value {
  const { properties } = property;
  if (!properties) return value;
  if (Array.isArray(value)) return value.map((item) => inputsOf({ ...property, type: "object" }, item));
  if (!isObject(value)) return value;
  const entries = Object.entries(properties).filter(
    ([name, child]) => !child.output && !saysNothing(child, value[name]),
  );
  return Object.fromEntries(entries.map(([name, child]) => [name, inputsOf(child, value[name])]));
}

/** Marks secrets, wherever the schema says that a value is one. */
export function guard(properties: Properties, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const property = properties[name];
      if (property?.sensitive && value !== undefined) return [name, secret(value)];
      if (property?.properties && Array.isArray(value))
        return [name, value.map((item) => (isObject(item) ? guard(property.properties ?? {}, item) : item))];
      if (property?.properties && isObject(value)) return [name, guard(property.properties, value)];
      return [name, value];
    }),
  );
}

const mapProperties = (properties: Properties, value: (property: Property) => Value): Values =>
  Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, value(property)]));
