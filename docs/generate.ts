// Writes docs/configuration.md, docs/policies.md and the pictures in docs/images.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { policyReference } from "../policy/reference.ts";
import { configurationReference } from "../stacks/settings/reference.ts";
import { architectures } from "../tests/review/picture/programs.ts";
import { imageOf } from "./images.ts";

const images = join(import.meta.dirname, "images");

writeFileSync(join(import.meta.dirname, "configuration.md"), configurationReference());
writeFileSync(join(import.meta.dirname, "policies.md"), policyReference());
mkdirSync(images, { recursive: true });
for (const architecture of architectures) {
  writeFileSync(join(images, `${architecture}.svg`), await imageOf(architecture));
}
