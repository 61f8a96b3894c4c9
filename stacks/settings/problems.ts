import type { Path } from "./shape.ts";

/** What repairs a problem: a value to set, a key to remove, or a sentence where no single command does. */
export type Fix = { readonly set: Path; readonly to: string } | { readonly remove: Path } | { readonly text: string };

/** One thing that is wrong with a stack file. */
export interface Problem {
  readonly path: Path;
  /** What is wrong, as the words that follow the key. */
  readonly complaint: string;
  readonly fix: Fix;
  /** What lets it be as it is, where that is a choice. */
  readonly acceptance?: Fix;
}

/** A value as it is shown to the user. */
export const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** A path in the notation of `pulumi config --path`, such as `webstack:tags["cost:centre"]`. */
export function keyOf(project: string, path: Path): string {
  const [first, ...rest] = path;
  const steps = rest.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /^[A-Za-z_][\w-]*$/.test(String(step)) ? `.${String(step)}` : `[${shown(String(step))}]`;
  });
  return `${project}:${String(first ?? "")}${steps.join("")}`;
}

/** A word in the quotes that a POSIX shell takes off again. */
const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
const quoteIfNeeded = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : quote(word));

function commandOf(project: string, fix: Fix): string {
  const target = (path: Path) => (path.length > 1 ? `--path ${quote(keyOf(project, path))}` : keyOf(project, path));
  if ("text" in fix) return fix.text;
  if ("remove" in fix) return `pulumi config rm ${target(fix.remove)}`;
  return `pulumi config set ${target(fix.set)} ${quoteIfNeeded(fix.to)}`;
}

/** All problems as one message. */
export function describe(project: string, stack: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const entries = problems.map(({ path, complaint, fix, acceptance }) => {
    const lines = [`  ${keyOf(project, path)} ${complaint}`, `    Fix: ${commandOf(project, fix)}`];
    return [...lines, ...(acceptance ? [`    Or accept it: ${commandOf(project, acceptance)}`] : [])].join("\n");
  });
  return [`The configuration of stack ${stack} has ${count}. Nothing was changed.`, ...entries].join("\n\n");
}
