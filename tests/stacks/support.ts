import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import type { Workplace } from "../../stacks/artifact.ts";
import { PLACE } from "../record.ts";

/** The name of the release that {@link workplace} ships. */
export const RELEASE = "9a8d2d23b5166914";

/** A project that ships one file of JavaScript, always under the same name, until the tests of the file are over. */
export function workplace(): Workplace {
  const directory = mkdtempSync(join(tmpdir(), "webstack-stack-test-"));
  test.after.always(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, "app"));
  writeFileSync(join(directory, "app/package.json"), '{"main":"main.js"}');
  writeFileSync(join(directory, "app/main.js"), "");
  return { ...PLACE, directory, cache: join(directory, "cache") };
}
