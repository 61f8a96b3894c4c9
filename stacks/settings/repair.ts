import type { Path } from "./shape.ts";

/** The part of a path before the first list index: an entry of a list cannot be taken out without moving the others. */
function outsideLists(path: Path): Path {
  const index = path.findIndex((step) => typeof step === "number");
  return index === -1 ? path : path.slice(0, index);
}

type Group = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function without(group: Group, path: Path): Group {
  const [key, ...rest] = path;
  const { [String(key)]: child, ...others } = group;
  return rest.length > 0 && isGroup(child) ? { ...others, [String(key)]: without(child, rest) } : others;
}

/** A configuration without the settings at some paths, so that their defaults take their place. */
export function repair(raw: Group, wrong: readonly Path[]): Group {
  return wrong.map(outsideLists).reduce(without, raw);
}
