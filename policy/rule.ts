import type { Context } from "./context.ts";
import type { Resource } from "./model/resource.ts";
import type { Reference } from "./references.ts";

export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** mandatory: the change is refused. advisory: it is said. off: it is not looked at. */
export type Level = "mandatory" | "advisory" | "off";

export const environments = ["dev", "staging", "production"] as const;
export type Environment = (typeof environments)[number];
export type Levels = Readonly<Record<Environment, Level>>;

export const MANDATORY: Levels = { dev: "mandatory", staging: "mandatory", production: "mandatory" };
export const MANDATORY_FROM_STAGING: Levels = { dev: "advisory", staging: "mandatory", production: "mandatory" };
export const MANDATORY_IN_PRODUCTION: Levels = { dev: "advisory", staging: "advisory", production: "mandatory" };
export const ADVISORY: Levels = { dev: "advisory", staging: "advisory", production: "advisory" };
export const OFF: Levels = { dev: "off", staging: "off", production: "off" };

/** What a design of a web stack can get wrong, in the words of the program's own review. */
export const pitfalls = [
  "single point of failure",
  "downtime while deploying",
  "cannot scale",
  "TLS ends at the load balancer",
  "one database takes all writes",
  "all parts on one server",
] as const;
export type Pitfall = (typeof pitfalls)[number];

/** One rule of the review. Its file is `rules/<service>/<name>.ts`. */
export interface Rule {
  /** In kebab-case, unique: `listener-redirects-http`. */
  readonly name: string;
  /** What must be so, as one sentence without full stop. */
  readonly title: string;
  /** What happens where it is not so, as sentences. */
  readonly why: string;
  readonly severity: Severity;
  /** The pitfalls of the design that it guards against. */
  readonly pitfalls?: readonly Pitfall[];
  readonly references: readonly [Reference, ...Reference[]];
  /** What to change, as sentences that name properties. */
  readonly remediation: string;
  readonly level: Levels;
  /** The types that it looks at, each resource once. What is about the stack as a whole has `TYPES.stack`. */
  readonly types: readonly [string, ...string[]];
  readonly check: (resource: Resource, context: Context) => Outcome;
}

/** Something that is not as the rule says. */
export interface Violation {
  readonly kind: "violation";
  /** What was seen, as one sentence with values. Never a secret. */
  readonly seen: string;
  /** Whom it is about. @default - the resource that was looked at */
  readonly resource?: Resource;
  /** Whether it is only said, whatever the level of the rule is: a budget that warns. @default false */
  readonly warns?: boolean;
}

export type Outcome =
  | { readonly kind: "passed" }
  | { readonly kind: "not applicable" }
  | { readonly kind: "undecidable"; readonly property: string; readonly reason: string }
  | Violation
  | readonly Violation[];

export const PASSED: Outcome = { kind: "passed" };
/** The type is right, but the rule does not speak of this resource. */
export const NOT_APPLICABLE: Outcome = { kind: "not applicable" };

export function violation(seen: string, resource?: Resource): Violation {
  return { kind: "violation", seen, ...(resource && { resource }) };
}

/** Reading an unknown property does the same by itself. @param reason as a sentence without full stop */
export function undecidable(property: string, reason = `${property} is not known before the deployment`): Outcome {
  return { kind: "undecidable", property, reason };
}

/** Passed, or one violation that says what was seen. */
export function expect(holds: boolean, seen: () => string): Outcome {
  return holds ? PASSED : violation(seen());
}
