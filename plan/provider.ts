import type { Provider } from "./plan.ts";
import { type Hidden, isHidden, type Properties, propertiesFrom, type Value } from "./values.ts";

/** A provider by what its resources call it, `URN::ID`, and the inputs of those that the plan shows. */
export function providerOf(reference: string, shown: ReadonlyMap<string, Properties>): Provider {
  const urn = reference.slice(0, reference.lastIndexOf("::"));
  return providerAt(urn, shown.get(urn));
}

export function providerAt(urn: string, { region, defaultTags }: Properties = {}): Provider {
  const tags = tagsIn(defaultTags);
  return {
    urn,
    isDefault: /::default(_|$)/.test(urn),
    ...(typeof region === "string" && region !== "" && { region }),
    ...(tags !== undefined && { defaultTags: tags }),
  };
}

/** The configuration of a provider holds groups as JSON. */
function tagsIn(defaults: Value | undefined): Properties | Hidden | undefined {
  const group = typeof defaults === "string" ? groupIn(defaults) : defaults;
  if (isHidden(group)) return group;
  const tags = isGroup(group) ? group.tags : undefined;
  return isHidden(tags) || isGroup(tags) ? tags : undefined;
}

function groupIn(text: string): Value | undefined {
  try {
    return propertiesFrom({ group: JSON.parse(text) as unknown }).group;
  } catch {
    // Whatever it is, it has no tags.
    return undefined;
  }
}

const isGroup = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);
