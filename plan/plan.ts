import type { Hidden, Properties } from "./values.ts";

/** What becomes of a resource. An import is taken into the stack, which does not have it yet. */
export type ChangeKind = "create" | "update" | "replace" | "import" | "same" | "delete";

/** What a preview, the events of the engine or a state say about a stack: the one form in which all else reads them. */
export interface Plan {
  readonly stack: string;
  /** Of the stack, where the form says it: `aws:region`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** In the order of their URNs. What a program only reads is no part of it. */
  readonly changes: readonly Change[];
  /** Whether the form says which input comes from which resource. The events of the engine do not. */
  readonly linked: boolean;
  /** Unchanged resources that a preview counts and does not show: it was made without `--show-sames`. */
  readonly unlisted: number;
  /** What the engine and the program say that a reader has to know. */
  readonly warnings: readonly string[];
  /** Why the preview failed, so that the plan is not the whole change; see {@link ReadOptions}. */
  readonly failure?: string;
}

/** One resource of the stack, before and after: also components, providers and the stack itself. Each is there once, however many steps it takes. */
export interface Change {
  readonly urn: string;
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  readonly kind: ChangeKind;
  /** The operations of the engine that make up the change, such as `create-replacement`. */
  readonly steps: readonly string[];
  /** Properties that change, as paths. */
  readonly changed: readonly string[];
  /** Of these, those that force a replacement. */
  readonly replacing: readonly string[];
  /** Missing where the stack does not have it before. */
  readonly before?: Resource;
  /** Missing where the stack does not have it afterwards. */
  readonly after?: Resource;
  /** True where the engine could not write down what the resource is: the sides that there are have no properties. */
  readonly unshown: boolean;
}

/** One side of a change, or one resource of a state. */
export interface Resource {
  readonly urn: string;
  /** Such as `aws:ec2/natGateway:NatGateway`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** False for a component. */
  readonly custom: boolean;
  /** Of the provider; missing before it has been created. */
  readonly id?: string;
  /** URN of the component or stack that it belongs to. */
  readonly parent?: string;
  /** Missing for a component, and where the form does not say it. */
  readonly provider?: Provider;
  readonly inputs: Properties;
  /** The inputs without what the provider chose where the program left it out, such as names. */
  readonly given: Properties;
  readonly outputs: Properties;
  /** What the resource was before this change, without the properties that are about to change. */
  readonly previous?: Properties;
  readonly options: Options;
  /** URNs of all resources that it waits for. */
  readonly dependencies: readonly string[];
  /** URNs that each input comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What a program asks of the engine for a resource. */
export interface Options {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly retainOnDelete: boolean;
}

/** Who makes a resource. */
export interface Provider {
  readonly urn: string;
  /** Whether it is the engine's own, which is configured by the stack, and not one of the program's. */
  readonly isDefault: boolean;
  /** Where it makes resources; missing where it does not say it. */
  readonly region?: string;
  /** Tags that it adds to each resource. */
  readonly defaultTags?: Properties | Hidden;
}
