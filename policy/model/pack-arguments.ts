import { type PolicyResource, type ResourceValidationArgs, UnknownValueError } from "@pulumi/policy";
import type { Plan, Resource } from "../../plan/plan.ts";
import { providerAt } from "../../plan/provider.ts";
import { stackOf } from "../../plan/urn.ts";
import { type Properties, UNKNOWN, type Value, withoutChosen } from "../../plan/values.ts";

/**
 * The stack that a pack is handed: what there will be, not what there was. What the program gives each resource, by URN, and what becomes of it and its
 * place in the graph come at different times.
 */
export function planOf(resources: readonly PolicyResource[], inputs: ReadonlyMap<string, Properties>): Plan {
  return {
    stack: stackOf(resources[0]?.urn ?? "") ?? "",
    // Each resource has a provider that says where it is.
    config: {},
    changes: resources.map((resource) => {
      const { urn, type, name } = resource;
      const after = resourceOf(resource, inputs.get(urn));
      return { urn, type, name, kind: "create", steps: [], changed: [], replacing: [], after, unshown: false };
    }),
    linked: true,
    unlisted: 0,
    warnings: [],
  };
}

function resourceOf(resource: PolicyResource, inputs: Properties | undefined): Resource {
  const { urn, type, name, opts, parent, provider } = resource;
  const outputs = plain(resource.props);
  const given = inputs ?? outputs;
  return {
    urn,
    type,
    name,
    // Only what a provider makes has one.
    custom: provider !== undefined,
    ...(parent && { parent: parent.urn }),
    ...(provider && { provider: providerAt(provider.urn, plain(provider.props)) }),
    inputs: given,
    given,
    outputs,
    options: {
      protect: opts.protect,
      ignoreChanges: opts.ignoreChanges,
      deleteBeforeReplace: opts.deleteBeforeReplace ?? false,
      // A pack is not told.
      retainOnDelete: false,
    },
    dependencies: resource.dependencies.map((dependency) => dependency.urn),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, from]) => [property, from.map((each) => each.urn)]),
    ),
  };
}

/** The properties that a program gives a resource. */
export function inputsOf({ props }: Pick<ResourceValidationArgs, "props">): Properties {
  return plain(props);
}

type Bag = Readonly<Record<string, unknown>>;

/** A copy in which values that are not known are marked. What a pack is handed throws when one of those is read. */
function plain(properties: Bag): Properties {
  const names = Object.keys(properties);
  return withoutChosen(Object.fromEntries(names.map((name) => [name, readable(properties, name)]))) as Properties;
}

function readable(properties: Bag | readonly unknown[], name: string | number): Value | undefined {
  let value: unknown;
  try {
    value = (properties as Bag)[name];
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
  if (value === null) return undefined;
  if (Array.isArray(value))
    return Array.from({ length: value.length }, (_, index) => readable(value as unknown[], index) ?? null);
  return typeof value === "object" ? plain(value as Bag) : (value as Value);
}
