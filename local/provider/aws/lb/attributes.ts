/** Settings that the API takes and tells as a list of keys with text values, and the provider as properties. */
import type { Values } from "../../core/values.ts";

/** A property (a path, where it is nested), the key of the API, and what its text stands for. */
export type Attribute = readonly [property: string, key: string, kind: "text" | "flag" | "number"];

interface Pair {
  Key?: string | undefined;
  Value?: string | undefined;
}

const valueAt = (values: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, part) => (value as Values | undefined)?.[part], values);

/** Those attributes for which the program, or a default, has a value. */
export function toPairs(table: readonly Attribute[], inputs: object): Pair[] {
  return table.flatMap(([property, Key]) => {
    const value = valueAt(inputs, property);
    return value === undefined ? [] : [{ Key, Value: String(value) }];
  });
}

/** Properties from attributes, nested ones as objects. What the API does not mention has the value in `otherwise`. */
export function fromPairs(table: readonly Attribute[], pairs: readonly Pair[] = [], otherwise: object = {}): Values {
  const found: Values = {};
  for (const [property, key, kind] of table) {
    const text = pairs.find(({ Key }) => Key === key)?.Value;
    const value = text === undefined || text === "" ? valueAt(otherwise, property) : parse(text, kind);
    const [root = "", ...rest] = property.split(".");
    found[root] = rest.length === 0 ? value : put(found[root], rest, value);
  }
  return found;
}

function parse(text: string, kind: Attribute[2]): string | number | boolean {
  if (kind === "flag") return text === "true";
  return kind === "number" ? Number(text) : text;
}

function put(target: unknown, [head = "", ...rest]: readonly string[], value: unknown): Values {
  const values = (target ?? {}) as Values;
  return { ...values, [head]: rest.length === 0 ? value : put(values[head], rest, value) };
}
