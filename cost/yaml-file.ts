import { readFileSync } from "node:fs";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { Refusal } from "../plan/refusal.ts";

/** A group of settings that has these keys and no others. */
export function group<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `has the unknown key ${(issue.keys as string[]).join(", ")}: its keys are ${keys}`
        : `must be a group of ${keys}`,
  });
}

/** A table whose keys are the user's own. */
export const table = <Schema extends z.ZodType>(of: Schema, what: string) =>
  z.record(z.string(), of, `must be a table of ${what}`);

/** Reads a file of settings. A {@link Refusal} names the file and everything that is wrong with it. */
export function readYaml<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  return parseYaml(textOf(file), file, schema);
}

/** {@link readYaml} of a text; `file` is what the text is called in errors. */
export function parseYaml<Schema extends z.ZodType>(text: string, file: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(yamlOf(text, file));
  if (parsed.success) return parsed.data;
  throw wrong(
    file,
    parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".") || "the file"}: ${message}`),
  );
}

export function wrong(file: string, problems: readonly string[]): Refusal {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new Refusal([`${file} has ${count}:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

function yamlOf(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw wrong(file, [`it is not YAML: ${error.message.trimEnd()}`]);
  }
}
