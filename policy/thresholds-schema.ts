import type { PolicyConfigSchema } from "@pulumi/policy";
import { THRESHOLDS } from "./thresholds.ts";

/** The thresholds as the configuration of a pack: the engine refuses what is not of these names and types. */
export function schemaOf(): PolicyConfigSchema {
  return {
    properties: Object.fromEntries(Object.entries(THRESHOLDS).map(([name, value]) => [name, typeOf(value)])),
  };
}

function typeOf(value: number | string | readonly number[] | readonly string[]) {
  if (typeof value === "string") return { type: "string" as const };
  if (!Array.isArray(value)) return { type: "integer" as const, minimum: 0 };
  return {
    type: "array" as const,
    items: { type: typeof value[0] === "number" ? ("integer" as const) : ("string" as const) },
  };
}
