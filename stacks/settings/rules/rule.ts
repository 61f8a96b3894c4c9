import type { ArchitectureSettings, SimpleSettings } from "../architectures.ts";
import type { Problem } from "../problems.ts";
import type { Path } from "../shape.ts";

/** A rule over more than one setting. */
export interface Rule {
  /** The rule is asked only when each of these is right by itself. */
  readonly needs: readonly Path[];
  readonly check: (settings: ArchitectureSettings) => Problem | undefined;
}

export type BalancedSettings = Exclude<ArchitectureSettings, SimpleSettings>;

/** A rule over settings that the simple architecture does not have. */
export function balancedRule(needs: readonly Path[], check: (settings: BalancedSettings) => Problem | undefined): Rule {
  return { needs, check: (settings) => (settings.architecture === "simple" ? undefined : check(settings)) };
}
