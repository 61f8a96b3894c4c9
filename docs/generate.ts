/**
 * `make docs`: writes the pages and pictures that are made of the code. With --check it writes nothing, names those that are not current, and ends with 1
 * where there are any.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { policyReference } from "../policy/reference.ts";
import { configurationReference } from "../stacks/settings/reference.ts";
import { architectures } from "../tests/review/picture/programs.ts";
import { imageOf } from "./images.ts";

const made = new Map([
  ["docs/configuration.md", configurationReference()],
  ["docs/policies.md", policyReference()],
]);
for (const architecture of architectures) made.set(`docs/images/${architecture}.svg`, await imageOf(architecture));

const root = join(import.meta.dirname, "..");
const isCurrent = (file: string, content: string) => existsSync(file) && readFileSync(file, "utf8") === content;
const stale = [...made].filter(([file, content]) => !isCurrent(join(root, file), content));

if (process.argv.includes("--check")) {
  for (const [file] of stale) console.error(`${file} is not what the code says: make docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(join(root, "docs/images"), { recursive: true });
  for (const [file, content] of stale) writeFileSync(join(root, file), content);
}
