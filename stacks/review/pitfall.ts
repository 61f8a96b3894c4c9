import type { ArchitectureSettings } from "../settings/architectures.ts";
import { shown } from "../settings/problems.ts";

/** high: the site is down or read by others when it happens. medium: it grows worse with time. low: worth knowing, and never refused. */
export type Severity = "high" | "medium" | "low";

/** A setting, and what it must be for a pitfall to be gone. */
export interface Removal {
  /** The configuration key, such as `database.multiAz`. */
  readonly setting: string;
  /** To be read after "must be". */
  readonly rule: string;
  /** What removes the pitfall where it is present, and what has removed it where it is not. A list takes it as one more entry. */
  readonly to: string;
}

/** What becomes of a pitfall under given settings. */
export interface Finding {
  readonly present: boolean;
  /** Why, as sentences with the values. */
  readonly because: string;
  /** What it is about in the stack, as type and name. */
  readonly resources: readonly string[];
  /** All of these together remove it. None where the architecture has nothing of the kind. */
  readonly removedBy: readonly Removal[];
}

/** Something that the design of a web stack can get wrong. */
export interface Pitfall {
  readonly name: string;
  readonly severity: Severity;
  readonly find: (settings: ArchitectureSettings) => Finding;
}

/** A setting that has to do with a pitfall, and whether it is as it must be. */
export interface Condition extends Removal {
  readonly value: unknown;
  readonly holds: boolean;
}

/** A pitfall is present as long as one of its conditions does not hold. */
export function judge(conditions: readonly Condition[], because: string, resources: readonly string[]): Finding {
  const broken = conditions.filter(({ holds }) => !holds);
  const present = broken.length > 0;
  const removedBy = (present ? broken : conditions).map(({ setting, rule, to, value }) => ({
    setting,
    rule,
    to: present ? to : plain(value),
  }));
  return { present, because, resources, removedBy };
}

const plain = (value: unknown): string => (typeof value === "string" ? value : shown(value));

/** A pitfall that an architecture cannot have. */
export function impossible(because: string): Finding {
  return { present: false, because, resources: [], removedBy: [] };
}

/** That a stack has one of the architectures that remove a pitfall, the first of which is the nearest. */
export function architectureIs(settings: ArchitectureSettings, ...those: readonly string[]): Condition {
  const value = settings.architecture;
  return {
    setting: "architecture",
    rule: those.join(" or "),
    value,
    holds: those.includes(value),
    to: those[0] ?? "secured",
  };
}

/** That a setting is on. */
export function isOn(setting: string, value: boolean): Condition {
  return { setting, rule: "true", value, holds: value, to: "true" };
}
