import type { Estimate, Line, Price } from "./line.ts";
import type { Graph, Resource } from "./resource.ts";

/** What a resource is billed for: the default export of `cost/aws/<service>/<type>.ts`. */
export interface Pricing {
  /** What a usage file may say about a resource of this type: keys, and what they count, with the unit. */
  readonly usage?: Readonly<Record<string, string>>;
  /** Never empty, never fails: what cannot be told is an unknown line. */
  readonly lines: (resource: Resource, context: Context) => readonly Line[];
}

/** What a resource is priced with. */
export interface Context {
  /** Where the resource is, or undefined where the plan does not say. */
  readonly region: string | undefined;
  /** A price where the resource is (or in another region), or undefined where the book has none. */
  readonly price: (key: string, region?: string) => Price | undefined;
  readonly hours: Hours;
  /** What is expected of this resource in a month, by a key of its {@link Pricing.usage}; undefined where it is not estimated. */
  readonly usage: (key: string) => Estimate | undefined;
  readonly graph: Graph;
  /** When the bill is for: what AWS charges for old engine versions depends on it. */
  readonly date: Date;
}

/** Hours per month. */
export interface Hours {
  /** How long everything exists. A month has 730. */
  readonly existing: number;
  /** How long machines and databases run: fewer hours where they are stopped at night, which nothing else can be. */
  readonly running: number;
}
