import type { ArchitectureSettings, SecuredSettings, SimpleSettings } from "../architectures.ts";
import type { Problem } from "../problems.ts";
import type { Path } from "../shape.ts";

/** A rule over more than one setting. */
export interface Rule {
  /** The rule is asked only when each of these is right by itself. */
  readonly needs: readonly Path[];
  readonly check: (settings: ArchitectureSettings) => Found;
}

/** What a rule finds: nothing, a problem, or one for each entry of a list. */
export type Found = Problem | readonly Problem[] | undefined;

export type BalancedSettings = Exclude<ArchitectureSettings, SimpleSettings>;

/** A rule over settings that the simple architecture does not have. */
export function balancedRule(needs: readonly Path[], check: (settings: BalancedSettings) => Found): Rule {
  return { needs, check: (settings) => (settings.architecture === "simple" ? undefined : check(settings)) };
}

/** A rule over settings that the secured architecture alone has. */
export function securedRule(needs: readonly Path[], check: (settings: SecuredSettings) => Found): Rule {
  return { needs, check: (settings) => (settings.architecture === "secured" ? check(settings) : undefined) };
}
