import { type PolicyResource, type ResourceValidationArgs, UnknownValueError } from "@pulumi/policy";
import type { Description } from "./resource.ts";
import { ownInputs, tagsOf } from "./state.ts";
import { type Bag, UNKNOWN } from "./values.ts";

/** A resource as it is handed to a pack: what the program gives, and its place in the graph. The two come at different times. */
export function describePolicyResource(resource: PolicyResource, inputs: Bag | undefined): Description {
  const { urn, type, name, opts, parent, provider } = resource;
  const tags = provider && tagsOf(readable(provider.props, "defaultTags"));
  return {
    urn,
    type,
    name,
    inputs: inputs ?? plain(resource.props),
    parent: parent?.urn,
    dependencies: resource.dependencies.map((dependency) => dependency.urn),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, from]) => [property, from.map((each) => each.urn)]),
    ),
    options: {
      protect: opts.protect,
      ignoreChanges: opts.ignoreChanges,
      deleteBeforeReplace: opts.deleteBeforeReplace ?? false,
    },
    ...(tags && { defaultTags: tags }),
  };
}

/** The properties that a program gives a resource. */
export function inputsOf({ props }: ResourceValidationArgs): Bag {
  return plain(props);
}

/** A copy in which values that are not known are marked. What a pack is handed throws when one of those is read. */
function plain(properties: Bag): Bag {
  const names = Object.keys(properties);
  return ownInputs(Object.fromEntries(names.map((name) => [name, readable(properties, name)])));
}

function readable(properties: Bag | readonly unknown[], name: string | number): unknown {
  let value: unknown;
  try {
    value = (properties as Bag)[name];
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
  if (value === null) return undefined;
  if (Array.isArray(value))
    return Array.from({ length: value.length }, (_, index) => readable(value as unknown[], index));
  return typeof value === "object" ? plain(value as Bag) : value;
}
