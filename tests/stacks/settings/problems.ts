import { parse } from "yaml";
import { parseSettings } from "../../../stacks/settings.ts";
import { PLACE } from "../../record.ts";

export type Raw = Readonly<Record<string, unknown>>;

/** What the user is told of one setting. */
export type Problem = readonly [key: string, complaint: string, fix: string];

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
export function many(...problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [
    `The configuration of stack dev has ${count}. Nothing was changed.`,
    ...problems.map(([key, complaint, fix]) => `  webstack:${key} ${complaint}\n    Fix: ${fix}`),
  ].join("\n\n");
}

/** What follows `config:` in the file of a stack of example.com, without the project before each key. */
export function stackFile(architecture: string, text: string): Raw {
  return { domain: "example.com", architecture, ...(parse(text) as Raw) };
}

export const set = (key: string, to: string) => `pulumi config set --path 'webstack:${key}' ${to}`;
export const rm = (key: string) =>
  key.includes(".") ? `pulumi config rm --path 'webstack:${key}'` : `pulumi config rm webstack:${key}`;

export const unusedBy =
  (architecture: string) =>
  (key: string, users: string): Problem => [
    key,
    `is not used by the ${architecture} architecture, but by ${users}.`,
    rm(key),
  ];

export const whole = (key: string, value: string, min: number, max: number, to: string): Problem => [
  key,
  `is ${value}. It must be a whole number from ${min} to ${max}.`,
  set(key, to),
];
