import type { z } from "zod";
import { ARCHITECTURE_NAMES, type ArchitectureName, architectures } from "./architectures.ts";
import { nearest } from "./nearest.ts";
import { type Fix, keyOf, type Problem, shown } from "./problems.ts";
import { factsAt, keysAt, type Path } from "./shape.ts";

/** Turns what the schema library found into problems with a complaint and a fix of ours, one for each setting. */
export function problemsOf(
  project: string,
  architecture: ArchitectureName,
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
): Problem[] {
  const problems = issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownKey(project, architecture, [...issue.path, key]));
    }
    return [wrongValue(architecture, raw, issue)];
  });
  return [...new Map(problems.map((problem) => [keyOf(project, problem.path), problem])).values()];
}

function unknownKey(project: string, architecture: ArchitectureName, path: Path): Problem {
  const group = path.slice(0, -1);
  const key = String(path.at(-1));
  const users = ARCHITECTURE_NAMES.filter((name) => keysAt(architectures[name], group).includes(key));
  const similar = nearest(key, keysAt(architectures[architecture], group));
  const hint = similar === undefined ? "" : ` Did you mean ${keyOf(project, [...group, similar])}?`;
  const complaint =
    users.length > 0
      ? `is not used by the ${architecture} architecture, but by ${users.join(" and ")}.`
      : `is unknown.${hint}`;
  return { path, complaint, fix: { remove: path } };
}

function wrongValue(architecture: ArchitectureName, raw: unknown, issue: z.core.$ZodIssue): Problem {
  const { path } = issue;
  if (issue.code === "invalid_key") {
    const rule = issue.issues[0]?.message;
    return { path, complaint: `has a key that is not allowed. It must be ${rule}.`, fix: { remove: path } };
  }
  const schema = architectures[architecture];
  const { rule, example } = factsAt(schema, path);
  const expected = rule ?? `a group of the settings ${keysAt(schema, path).join(", ")}`;
  const value = valueAt(raw, path);
  const given = value === undefined ? "is missing" : `is ${shown(value)}`;
  const fix: Fix = example === undefined ? { remove: path } : { set: path, to: example };
  return { path, complaint: `${given}. It must be ${expected}.`, fix };
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.entries(value).find(([name]) => name === String(key))?.[1];
  }, root);
}
