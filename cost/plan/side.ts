import type { Properties, Resource } from "../resource.ts";
import type { Regions } from "./regions.ts";
import type { State } from "./shape.ts";
import { propertiesFrom } from "./values.ts";

interface Side {
  readonly urn: string;
  readonly type: string;
  /** Missing where the engine could not write it down. */
  readonly state: State | undefined;
  /** The state before, of what is updated or replaced. */
  readonly previous: State | undefined;
  /** Properties that change, as paths. */
  readonly changed: readonly string[];
  /** Whether it stays the same resource of the provider. */
  readonly kept: boolean;
  readonly regions: Regions;
}

/** A resource as it is priced, from one side of a step. */
export function sideOf({ urn, type, state, previous, changed, kept, regions }: Side): Resource {
  const inputs = propertiesFrom(state?.inputs);
  const outputs = propertiesFrom(state?.outputs);
  const before = previous && withoutChanged(previous, changed);
  const id = state?.id || (kept ? previous?.id : undefined);
  return {
    urn,
    type,
    custom: true,
    region: regions.of({ inputs, outputs: { ...before, ...outputs }, provider: state?.provider ?? previous?.provider }),
    ...(id && { id }),
    inputs,
    outputs,
    ...(before && { previous: before }),
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
