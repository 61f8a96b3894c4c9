/** Strings of random characters, as passwords and names need them. */
import type { Problem } from "../core/resource.ts";
import { pick, shuffled, source } from "./source.ts";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const NUMERIC = "0123456789";
/** The official provider's, when `overrideSpecial` names no others. */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

export interface Characters {
  readonly length: number;
  readonly lower?: boolean;
  readonly upper?: boolean;
  readonly numeric?: boolean;
  /** The old name of `numeric`. */
  readonly number?: boolean;
  readonly special?: boolean;
  readonly minLower?: number;
  readonly minUpper?: number;
  readonly minNumeric?: number;
  readonly minSpecial?: number;
  readonly overrideSpecial?: string;
}

const allowsNumeric = ({ numeric, number }: Partial<Characters>): boolean => numeric ?? number ?? true;

/** What else is known of the characters once the string is made: the two names of one property say the same. */
export function spelled(wanted: Characters): Pick<Characters, "numeric" | "number"> {
  return { numeric: allowsNumeric(wanted), number: allowsNumeric(wanted) };
}

export function randomString(wanted: Characters): string {
  const from = source();
  const classes = [
    { characters: LOWER, allowed: wanted.lower, least: wanted.minLower },
    { characters: UPPER, allowed: wanted.upper, least: wanted.minUpper },
    { characters: NUMERIC, allowed: allowsNumeric(wanted), least: wanted.minNumeric },
    { characters: wanted.overrideSpecial || SPECIAL, allowed: wanted.special, least: wanted.minSpecial },
  ];
  const draw = (characters: string, count: number): string[] =>
    Array.from({ length: count }, () => pick(from, characters));
  const required = classes.flatMap(({ characters, least = 0 }) => draw(characters, least));
  const any = classes.map(({ characters, allowed = true }) => (allowed ? characters : "")).join("");
  return shuffled(from, [...required, ...draw(any, wanted.length - required.length)]).join("");
}

/** Rules over several properties; those that are not known yet are not judged. */
export function checkCharacters(wanted: Partial<Characters>): Problem[] {
  const { length, minLower = 0, minUpper = 0, minNumeric = 0, minSpecial = 0 } = wanted;
  const least = minLower + minUpper + minNumeric + minSpecial;
  const problems: Problem[] = [];
  if (length !== undefined && length < least)
    problems.push({
      property: "length",
      reason: `length must be at least ${least}, the sum of minLower, minUpper, minNumeric and minSpecial, got ${length}`,
    });
  if (![wanted.lower, wanted.upper, wanted.special].some((allowed) => allowed !== false) && !allowsNumeric(wanted))
    problems.push({
      property: "lower",
      reason: "lower, upper, numeric and special are all false, which leaves no characters; set one of them to true",
    });
  return problems;
}
