import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseWaivers, type Waiver } from "./waivers.ts";

/** The waivers of this pack. */
export function ourWaivers(): readonly Waiver[] {
  return parseWaivers(readFileSync(join(import.meta.dirname, "waivers.json"), "utf8"));
}
