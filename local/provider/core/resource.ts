/** What a resource type and a function have to provide: the API calls. Everything else is generic. */
import type * as pulumi from "@pulumi/pulumi";

/** The arguments (or the state) of a resource of `@pulumi/aws` and its siblings, with plain values instead of inputs. */
export type Plain<T> = { [K in keyof pulumi.Unwrap<T>]: Text<pulumi.Unwrap<T>[K]> };

/** Where the SDK takes a resource or a document beside a string, the engine and the check have made it one. */
type Text<V> = [Extract<V, string>] extends [never] ? Texts<V> : Exclude<V, object>;
type Texts<V> = V extends readonly (infer E)[] ? ([Extract<E, string>] extends [never] ? V : Exclude<E, object>[]) : V;

/** One request of the engine, as an API call sees it. `C` is what the provider's configuration became: clients and such. */
export interface Call<C> {
  readonly context: C;
  /** Where the resource lives, when the program says it (`region`). */
  readonly region: string | undefined;
  readonly urn: string;
  /** The logical name, for messages. */
  readonly name: string;
  /** A token that is unique to this creation, for APIs that take one to make a repeated call harmless. */
  readonly token: string;
  /** Aborted when the user cancels the operation. */
  readonly signal: AbortSignal;
  /** How long the request may take, in seconds. */
  readonly timeout: number;
  /** When waiting has to end, in milliseconds since the epoch: the timeout, counted from the start of the request. */
  readonly deadline: number;
  /** Shows a message at the resource. */
  log(severity: "info" | "warning", message: string): void;
}

/** What an update has to carry out. */
export interface Change<Args, State> {
  readonly olds: State;
  readonly news: Args;
  /** True when one of these properties differs. */
  changed(...properties: (keyof Args & string)[]): boolean;
}

/** A rule that was broken, found before anything is created. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}

/** What a creation made, when it also tells what no API will tell again (a generated key). */
export interface Created<State> {
  readonly id: string;
  readonly state: Partial<State>;
}

/** A property, or a path into one, such as `rules[0].action`. */
export type Path<Args> = (keyof Args & string) | `${keyof Args & string}${"[" | "."}${string}`;

/** `Args` and `State` are plain values here; see {@link resource} for how a type names them. */
export interface ResourceType<C, Args, State> {
  /** Rules of the type beyond its schema. Unknown properties are absent from `inputs`, but count as given. */
  check?(inputs: Partial<Args>, isGiven: (property: Path<Args>) => boolean): Problem[];
  /**
   * What a preview of the creation can tell of outputs, as the official provider plans it; parts of nested objects that it
   * leaves out are shown as unknown. Unknown inputs are absent, but count as given.
   */
  foresees?(inputs: Partial<Args>, isGiven: (property: keyof Args & string) => boolean): Partial<State>;
  /** The one call that makes it; answers with the id. What may follow belongs into `complete`. */
  create(call: Call<C>, inputs: Args): Promise<string | Created<State>>;
  /** What AWS wants after the thing exists: waiting, further calls. When it fails, the engine keeps the thing as half-made. */
  complete?(call: Call<C>, id: string, inputs: Args): Promise<void>;
  /**
   * What the account says. A key that is present with `undefined` means "not set there"; a key that is absent means that
   * the API cannot tell, and what was known stays. `undefined` when the thing is gone.
   */
  read(call: Call<C>, id: string, known: Partial<State>): Promise<Partial<State> | undefined>;
  /** Carries out changes in place, tags excepted. Needed unless every property replaces. */
  update?(call: Call<C>, id: string, change: Change<Args, State>): Promise<void>;
  /** Puts tags right. Needed by types with tags. */
  retag?(call: Call<C>, id: string, tags: TagChange, known: Partial<State>): Promise<void>;
  /** Removes it; "not found" counts as done, "in use" is tried again until the timeout. */
  delete(call: Call<C>, id: string, state: Partial<State>): Promise<void>;
  /** Decides for properties that replace "sometimes". Unknown inputs are absent. */
  replaces?(property: string, before: unknown, after: unknown, inputs: Partial<Args>): boolean;
  /**
   * True for a difference that AWS makes by itself and that is to stay (a disk that has grown), in the light of the other
   * inputs. `property` is the one at the root, with its whole values. Unknown inputs are absent.
   */
  tolerates?(property: string, before: unknown, after: unknown, inputs: Partial<Args>): boolean;
  /** The id of what a person imports, where imports go by something else (`subnet-1/rtb-2` for an association); ids stay. */
  importedId?(call: Call<C>, name: string): Promise<string>;
  /**
   * Names the outputs that show that the thing has had its time (a certificate about to expire): it is replaced although
   * the program asks for the same. Unknown inputs are absent.
   */
  expired?(state: Partial<State>, inputs: Partial<Args>): (keyof State & string)[];
  /**
   * Finds what `create` made when the process died before the id was known. `by` names the inputs it needs: they are
   * written to the journal, so none may be a secret.
   */
  lost?: {
    readonly by: readonly (keyof Args & string)[];
    find(call: Call<C>, inputs: Partial<Args>): Promise<string | undefined>;
  };
}

export interface TagChange {
  /** Every tag that the resource is to have, by key. */
  readonly all: Readonly<Record<string, string>>;
  /** Those of them that are new or differ. */
  readonly set: Readonly<Record<string, string>>;
  /** Keys that have to go. */
  readonly remove: readonly string[];
}

/** A data source. */
export type FunctionType<C, Args, Result> = (call: Call<C>, inputs: Args) => Promise<Result>;

/** Any resource type: what the generic code works with, after the types have served their purpose. */
export type AnyResource<C> = ResourceType<C, Record<string, unknown>, Record<string, unknown>>;
export type AnyFunction<C> = FunctionType<C, Record<string, unknown>, Record<string, unknown>>;

/** Hands a typed definition to the generic code, which has checked the values against the schema. */
export function resource<C, Args, State>(definition: ResourceType<C, Plain<Args>, Plain<State>>): AnyResource<C> {
  return definition as unknown as AnyResource<C>;
}

export function invocation<C, Args, Result>(definition: FunctionType<C, Args, Result>): AnyFunction<C> {
  return definition as unknown as AnyFunction<C>;
}
