import { type Hidden, isHidden, type Properties, UNKNOWN, type Value } from "../plan/values.ts";
import { propertyOf, type Resource, type Shown } from "./resource.ts";

/** A value of the expected kind; undefined where nothing is set. What is of another kind counts as unknown. */
export type Read<T> = T | undefined | Hidden;

/** Also of a text that is a number, as some properties are. Nothing that is counted is below zero. */
export const asNumber = (value: Value | undefined): Read<number> =>
  read(value, (given) => {
    const number = typeof given === "string" && given.trim() !== "" ? Number(given) : given;
    return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined;
  });

export const asText = (value: Value | undefined): Read<string> =>
  read(value, (given) => (typeof given === "string" ? given : undefined));

/** Also of a text, as some properties are. An empty text is nothing. */
export const asFlag = (value: Value | undefined): Read<boolean> => {
  if (value === "") return undefined;
  return read(value, (given) => {
    if (typeof given === "boolean") return given;
    return given === "true" ? true : given === "false" ? false : undefined;
  });
};

export const asList = (value: Value | undefined): Read<readonly Value[]> =>
  read(value, (given) => (isList(given) ? given : undefined));

/** Also the first of a list, which some providers wrap a group in. */
export const asGroup = (value: Value | undefined): Read<Properties> => {
  const group = isList(value) ? value[0] : value;
  return read(group, (given) => (typeof given === "object" && !isList(given) ? (given as Properties) : undefined));
};

function read<T>(value: Value | undefined, convert: (given: Shown) => T | undefined): Read<T> {
  if (value === undefined || value === null) return undefined;
  return isHidden(value) ? value : (convert(value) ?? UNKNOWN);
}

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const numberOf = (resource: Resource, property: string): Read<number> =>
  asNumber(propertyOf(resource, property));

export const textOf = (resource: Resource, property: string): Read<string> => asText(propertyOf(resource, property));

export const flagOf = (resource: Resource, property: string): Read<boolean> => asFlag(propertyOf(resource, property));

export const listOf = (resource: Resource, property: string): Read<readonly Value[]> =>
  asList(propertyOf(resource, property));

export const groupOf = (resource: Resource, property: string): Read<Properties> =>
  asGroup(propertyOf(resource, property));

/** A property of a group that may be hidden as a whole. */
export const within = (group: Read<Properties>, property: string): Value | undefined =>
  isHidden(group) ? group : group?.[property];

/** What the program says of a group, completed by what the provider says of it. */
export function completedGroup({ inputs, outputs, previous }: Resource, property: string): Read<Properties> {
  const said = asGroup(inputs[property]);
  let completed: Read<Properties> = said;
  for (const side of [previous, outputs, inputs]) {
    const group = asGroup(side?.[property]);
    if (group === undefined || isHidden(group)) continue;
    const shown = Object.entries(group).filter(([, value]) => value !== undefined && !isHidden(value));
    const before = completed === undefined || isHidden(completed) ? {} : completed;
    completed = { ...before, ...Object.fromEntries(shown) };
  }
  return completed;
}
