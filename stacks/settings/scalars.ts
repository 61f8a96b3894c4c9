import { z } from "zod";

/** What a setting tells about itself: the reference in docs/ and every error message are made of these. */
export interface About {
  /** What the setting does, as a sentence. */
  readonly description: string;
  /** A value that works, used in the command that repairs a wrong one. */
  readonly example?: string;
  /** What a value must be, to be read after "must be". The number and choice settings derive it. */
  readonly rule?: string;
}

const TRUTH: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Stack files may quote a number or a truth value, and `pulumi config set` stores what it cannot parse as text. */
const unquoted = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  if (/^-?\d{1,15}$/.test(value)) return Number(value);
  return TRUTH[value] ?? value;
};

/** The opposite: YAML reads `version: 8.4` and `cost-centre: 1234` as numbers where text is meant. */
const quoted = (value: unknown): unknown =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : value;

/** A whole number between two limits, both included. Units belong into the name of the setting. */
export function integer(min: number, max: number, { description, example = String(min), rule }: About) {
  const message = rule ?? `a whole number from ${min} to ${max}`;
  const limits = z.int({ error: message }).min(min, { error: message }).max(max, { error: message });
  return z.preprocess(unquoted, limits).meta({ description, example, rule: message });
}

/** true or false. */
export function flag({ description, example = "true" }: About) {
  const rule = "true or false";
  return z.preprocess(unquoted, z.boolean({ error: rule })).meta({ description, example, rule });
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words, about: About) {
  const rule = about.rule ?? (words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`);
  return z
    .enum(words, { error: rule })
    .meta({ description: about.description, example: about.example ?? words[0], rule });
}

/** Text that a test accepts. */
export function text(accepts: (value: string) => boolean, about: About & { readonly rule: string }) {
  const checked = z.string({ error: about.rule }).refine(accepts, { error: about.rule });
  return z.preprocess(quoted, checked).meta({ ...about });
}

/** A list of entries of one kind, without doubles. */
export function list<Entry extends z.ZodType<string | number, unknown>>(entry: Entry, most: number, about: About) {
  const rule = about.rule ?? `a list of at most ${most} different entries`;
  return z
    .array(entry, { error: rule })
    .max(most, { error: rule })
    .refine((entries) => new Set(entries).size === entries.length, { error: rule })
    .meta({ ...about, rule });
}
