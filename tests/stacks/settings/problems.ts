import { parseSettings } from "../../../stacks/settings.ts";
import { PLACE } from "../../record.ts";

export type Raw = Readonly<Record<string, unknown>>;

/** Minimal configurations that are right. */
export const RIGHT = {
  simple: { domain: "example.com" },
  distributed: { domain: "example.com", architecture: "distributed" },
  secured: { domain: "example.com", architecture: "secured" },
} as const;

/** A configuration with one value put at a path, given with dots. */
export function put(raw: Raw, path: string, value: unknown): Raw {
  const [key = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...raw, [key]: value };
  return { ...raw, [key]: put((raw[key] ?? {}) as Raw, rest.join("."), value) };
}

/** What the user is told about a configuration; fails when nothing is wrong with it. */
export function refusal(raw: Raw): string {
  try {
    parseSettings(raw, PLACE);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`nothing is wrong with ${JSON.stringify(raw)}`);
}

/** The message for one problem. */
export function one(key: string, complaint: string, fix: string): string {
  return many([key, complaint, fix]);
}

/** The message for several problems, in order. */
export function many(...problems: readonly (readonly [key: string, complaint: string, fix: string])[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [
    `The configuration of stack dev has ${count}. Nothing was changed.`,
    ...problems.map(([key, complaint, fix]) => `  webstack:${key} ${complaint}\n    Fix: ${fix}`),
  ].join("\n\n");
}
