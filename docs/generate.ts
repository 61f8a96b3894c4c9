// Writes docs/configuration.md and docs/policies.md.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policyReference } from "../policy/reference.ts";
import { configurationReference } from "../stacks/settings/reference.ts";

writeFileSync(join(import.meta.dirname, "configuration.md"), configurationReference());
writeFileSync(join(import.meta.dirname, "policies.md"), policyReference());
