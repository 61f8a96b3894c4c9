import type { Provider, Resource } from "./plan.ts";
import type { State } from "./shape.ts";
import { nameOf } from "./urn.ts";
import { givenFrom, type Properties, propertiesFrom } from "./values.ts";

interface Side {
  readonly urn: string;
  readonly type: string;
  /** Missing where the engine could not write it down. */
  readonly state: State | undefined;
  /** The state before, of what is updated or replaced. */
  readonly previous?: State | undefined;
  /** What stands already, of what stays the same: a preview may leave out what the provider says of it. */
  readonly standing?: State | undefined;
  /** Properties that change, as paths. */
  readonly changed: readonly string[];
  /** Whether it stays the same resource of the provider. */
  readonly kept: boolean;
  readonly provider: (reference: string) => Provider;
}

/** A resource as one side of a change. */
export function sideOf({ urn, type, state, previous, standing, changed, kept, provider }: Side): Resource {
  const id = state?.id || (kept ? (previous ?? standing)?.id : undefined);
  const reference = state?.provider || previous?.provider;
  return {
    urn,
    type,
    name: nameOf(urn),
    custom: (state ?? previous)?.custom ?? true,
    ...(id && { id }),
    ...(state?.parent && { parent: state.parent }),
    ...(reference && { provider: provider(reference) }),
    inputs: propertiesFrom(state?.inputs),
    given: givenFrom(state?.inputs),
    outputs: propertiesFrom(isEmpty(state?.outputs) ? standing?.outputs : state?.outputs),
    ...(previous && { previous: withoutChanged(previous, changed) }),
    options: {
      protect: state?.protect ?? false,
      ignoreChanges: state?.ignoreChanges ?? [],
      deleteBeforeReplace: state?.deleteBeforeReplace ?? false,
      retainOnDelete: state?.retainOnDelete ?? false,
    },
    dependencies: state?.dependencies ?? [],
    propertyDependencies: Object.fromEntries(
      Object.entries(state?.propertyDependencies ?? {}).map(([name, urns]) => [name, urns ?? []]),
    ),
  };
}

function withoutChanged(state: State, changed: readonly string[]): Properties {
  const names = new Set(changed.map((path) => /^[^.[]+/.exec(path)?.[0] ?? path));
  const all = { ...propertiesFrom(state.inputs), ...propertiesFrom(state.outputs) };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.has(name)));
}

const isEmpty = (properties: State["outputs"]): boolean => Object.keys(properties ?? {}).length === 0;
