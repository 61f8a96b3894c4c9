/** A provider's own configuration: `aws:region`, `aws:endpoints` and so on. */
import { checkInputs } from "./check.ts";
import { coerce } from "./defaults.ts";
import type { Problem } from "./resource.ts";
import type { Property } from "./schema.ts";
import type { Values } from "./values.ts";

/** Written by the engine and the SDK into every provider's configuration, for the engine's own use. */
const ENGINE_KEYS = new Set(["version", "pluginDownloadURL", "__internal"]);

/** Values that are not text arrive as JSON text, as the official SDKs write them. */
export function checkConfiguration(
  properties: Readonly<Record<string, Property>>,
  given: Values,
): { config: Values; problems: Problem[] } {
  const entries = Object.entries(given).filter(([name]) => !ENGINE_KEYS.has(name));
  const config = coerce(
    properties,
    Object.fromEntries(entries.map(([name, value]) => [name, parsed(properties[name], value)])),
  );
  return { config, problems: checkInputs(properties, config) };
}

function parsed(property: Property | undefined, value: unknown): unknown {
  if (typeof value !== "string" || property === undefined || property.type === "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
