import { type Environment, environments, type Level, type Rule } from "./rule.ts";
import { THRESHOLDS, type Thresholds } from "./thresholds.ts";

/** What an environment has of its own. */
interface Configuration {
  /** @default THRESHOLDS */
  readonly thresholds?: Partial<Thresholds>;
  /** By the names of rules. @default the level that the rule itself names for the environment */
  readonly levels?: Readonly<Record<string, Level>>;
}

/**
 * What a reviewer changes, environment by environment. In dev everything may be there once and forgotten the next day. Staging is built as production is,
 * and keeps only what it takes to follow up last month's tests. Production has what the standards say: see THRESHOLDS.
 */
const CONFIGURATION: Readonly<Record<Environment, Configuration>> = {
  dev: { thresholds: { minimumZones: 1, minimumMachines: 1, logRetentionDays: 1, backupRetentionDays: 1 } },
  staging: { thresholds: { logRetentionDays: 30, backupRetentionDays: 1 } },
  production: {},
};

/** The environment of a stack: the one that it is named after. Any other is held to what production is held to. */
export function environmentOf(stack: string): Environment {
  return environments.find((environment) => environment === stack) ?? "production";
}

export function thresholdsOf(environment: Environment, changes: Partial<Thresholds> = {}): Thresholds {
  return { ...THRESHOLDS, ...CONFIGURATION[environment].thresholds, ...changes };
}

export function levelOf(rule: Rule, environment: Environment): Level {
  return CONFIGURATION[environment].levels?.[rule.name] ?? rule.level[environment];
}
