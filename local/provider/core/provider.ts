/** A provider: its name, its schema, and where the code of its types is. */
import type { AnyFunction, AnyResource } from "./resource.ts";
import type { ProviderSchema } from "./schema.ts";
import type { Values } from "./values.ts";

/** Tags that every resource gets, and tags that are none of the program's business. */
export interface TagPolicy {
  readonly defaults: Readonly<Record<string, string>>;
  ignores(key: string): boolean;
}

export interface Provider<C> {
  readonly name: string;
  /** The version of the npm package whose types it offers. */
  readonly version: string;
  readonly schema: ProviderSchema;
  readonly resources: Readonly<Record<string, () => Promise<AnyResource<C>>>>;
  readonly functions: Readonly<Record<string, () => Promise<AnyFunction<C>>>>;
  /** Makes clients and such of the checked configuration; must not call the API. */
  configure(config: Values): Promise<{ context: C; tags: TagPolicy }>;
  /** The region that resources get unless they name one; absent where there are no regions. */
  regionOf?(context: C): string;
  /** True when creations leave something outside of the engine's state, so that a killed run has to be cleaned up after. */
  readonly journals: boolean;
}
