import * as pulumi from "@pulumi/pulumi";
import type { ArchitectureSettings } from "./settings/architectures.ts";
import { parse } from "./settings/parse.ts";
import { describe } from "./settings/problems.ts";

export type { ArchitectureSettings, SimpleSettings } from "./settings/architectures.ts";

/** The project and the stack a configuration belongs to. A stack is an environment. */
export interface Place {
  readonly project: string;
  readonly stack: string;
}

/**
 * Checks a configuration and fills in the defaults of its architecture.
 *
 * @throws RunError that lists every problem, each with the key, its value, the rule and what repairs it.
 */
export function parseSettings(raw: Readonly<Record<string, unknown>>, place: Place): ArchitectureSettings {
  const parsed = parse(place.project, raw);
  if ("problems" in parsed) throw new pulumi.RunError(describe(place.project, place.stack, parsed.problems));
  return parsed.settings;
}

/** Groups arrive as JSON, everything else as it was typed. */
const decode = (value: string): unknown => (/^[{[]/.test(value) ? JSON.parse(value) : value);

/** The settings of the stack that is being deployed. Nothing else reads configuration. */
export function readSettings(): ArchitectureSettings {
  const place = { project: pulumi.getProject(), stack: pulumi.getStack() };
  const prefix = `${place.project}:`;
  const given = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    // The engine fills in the groups that Pulumi.yaml declares, also those that the architecture does not have.
    .filter(([, value]) => value !== "{}")
    .map(([key, value]) => [key.slice(prefix.length), decode(value)]);
  return parseSettings(Object.fromEntries(given), place);
}
