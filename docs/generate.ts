// Writes docs/configuration.md.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationReference } from "../stacks/settings/reference.ts";

writeFileSync(join(import.meta.dirname, "configuration.md"), configurationReference());
