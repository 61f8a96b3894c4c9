import { z } from "zod";

/** A place in the settings, such as ["network", "cidr"]. */
export type Path = readonly PropertyKey[];

/** What a setting tells about itself, gathered from the schema and whatever wraps it. */
export interface Facts {
  readonly description?: string;
  readonly example?: string;
  readonly rule?: string;
}

/** Takes off one wrapper: a default, an optional, a conversion. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return schema.unwrap();
  }
  return schema instanceof z.ZodPipe ? schema.out : undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = unwrap(schema);
  return inner === undefined ? schema : unwrapped(inner);
}

/** The schema at a path, or undefined where there is none. */
function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodObject) {
    const child = Object.entries<z.core.$ZodType>(bare.shape).find(([name]) => name === key)?.[1];
    return child && schemaAt(child, rest);
  }
  if (bare instanceof z.ZodArray) return schemaAt(bare.element, rest);
  if (bare instanceof z.ZodRecord) return schemaAt(bare.valueType, rest);
  return undefined;
}

/** The keys a group has; none for a setting that is no group. */
export function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  const found = schemaAt(schema, path);
  const bare = found && unwrapped(found);
  return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
}

/** What the schema at a path tells about itself. */
export function factsAt(schema: z.core.$ZodType, path: Path): Facts {
  const facts: { -readonly [Key in keyof Facts]: Facts[Key] } = {};
  for (let next = schemaAt(schema, path); next !== undefined; next = unwrap(next)) {
    const { description, example, rule } = z.globalRegistry.get(next) ?? {};
    if (description !== undefined) facts.description ??= description;
    if (typeof example === "string") facts.example ??= example;
    if (typeof rule === "string") facts.rule ??= rule;
  }
  return facts;
}

/** Places of all settings under a path, groups opened. A table of the user's own keys, such as tags, is one setting. */
export function leavesAt(schema: z.core.$ZodType, path: Path = []): readonly Path[] {
  const keys = keysAt(schema, path);
  return keys.length === 0 ? [path] : keys.flatMap((key) => leavesAt(schema, [...path, key]));
}
