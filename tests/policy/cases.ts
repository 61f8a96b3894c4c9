import type { Part, Surroundings } from "./stack.ts";

/** What a rule says of some stacks: see cases.test.ts. */
export interface Case extends Surroundings {
  /** To be read after "the rule says so of". */
  readonly of: string;
  readonly parts: readonly Part[];
  /** For each resource that the rule looks at, in order: `name: passed`, `name: not applicable`, `name: what was seen`. */
  readonly said: readonly string[];
}

/** A change of one resource. */
export interface Change {
  /** Logical name and type of the resource. */
  readonly name: string;
  readonly type: string;
  /** Properties, by their paths, and what they are to be; undefined takes them away. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** For each property the names of the resources that its value is to come from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Whether the resource is taken out. */
  readonly removed?: true;
  /** Whether the resource is not of the stack, but put into it with what is set. */
  readonly added?: true;
}

/** A change of our production stack that breaks the rule, and what of it is found. */
export interface Mutation extends Change {
  /** What comes first where production itself is not as the rule, which only advises, would have it. @default nothing */
  readonly after?: readonly Change[];
  /** What is found then and was not before, as "rule: logical name". The rule itself is among it. */
  readonly found: readonly string[];
}

/** The cases of one rule. Each outcome has at least one. */
export interface RuleCases {
  readonly cases: readonly [Case, Case, ...Case[]];
  readonly mutation: Mutation;
}
