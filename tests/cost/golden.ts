import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ExecutionContext } from "ava";

const GOLDEN = path.join(import.meta.dirname, "golden");

/** Compares a text with a file of `golden/`, which a person has checked. `UPDATE_GOLDEN=1` writes the file: check it again. */
export function golden(t: ExecutionContext, name: string, text: string): void {
  const file = path.join(GOLDEN, name);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  t.is(text, readFileSync(file, "utf8"));
}
