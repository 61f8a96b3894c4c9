import type { PolicyConfigSchema } from "@pulumi/policy";
import { THRESHOLDS, type Thresholds } from "./thresholds.ts";

/** The thresholds as the configuration of a pack: the engine refuses what is not of these types. */
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

/** Thresholds that a run of the pack is configured with. @throws where one is not a threshold, which the engine lets pass */
export function configured(thresholds: Partial<Thresholds>): Partial<Thresholds> {
  const names = Object.keys(THRESHOLDS);
  const unknown = Object.keys(thresholds).filter((name) => !names.includes(name));
  if (unknown.length === 0) return thresholds;
  throw new Error(
    `the policy pack is configured with thresholds that there are not: ${unknown.join(", ")}. Use ${names.join(", ")}.`,
  );
}
