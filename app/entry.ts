export interface NewEntry {
  readonly name: string;
  readonly message: string;
}

export type Field = keyof NewEntry;

/** What is wrong, by field, in words for the visitor. */
export type Problems = Partial<Record<Field, string>>;

/** In characters (Unicode code points), as the columns count. */
export const LONGEST: Record<Field, number> = { name: 60, message: 500 };

const ASK: Record<Field, string> = { name: "Enter your name.", message: "Enter a message." };

/** Everything in Unicode's category Cc but the line feed. */
const CONTROL_CHARACTER = /[^\P{Cc}\n]/u;

/** Takes an entry from a submitted form: trimmed, with line feeds only, and names every problem. */
export function parseEntry(form: URLSearchParams): { readonly entry: NewEntry; readonly problems: Problems } {
  const entry = { name: clean(form.get("name")), message: clean(form.get("message")) };
  const problems: Problems = {};
  for (const field of ["name", "message"] as const) {
    const problem = findProblem(field, entry[field]);
    if (problem !== undefined) problems[field] = problem;
  }
  return { entry, problems };
}

function clean(value: string | null): string {
  return (value ?? "").replaceAll("\r\n", "\n").trim();
}

function findProblem(field: Field, value: string): string | undefined {
  const length = [...value].length;
  if (length === 0) return ASK[field];
  const label = field === "name" ? "The name" : "The message";
  if (length > LONGEST[field]) return `${label} may have ${LONGEST[field]} characters; this one has ${length}.`;
  if (field === "name" && value.includes("\n")) return "The name must be on one line.";
  if (CONTROL_CHARACTER.test(value)) return `${label} contains a control character; remove it.`;
  return undefined;
}
