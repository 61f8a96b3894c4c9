import { type Properties, SECRET, UNKNOWN, type Value } from "../resource.ts";

/** What the engine writes in place of a value that is not known yet. Source: pulumi/pulumi, computedValuePlaceholder. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What `pulumi preview --json` writes in place of a secret. */
const SECRET_TEXT = "[secret]";

/** The key and the value by which a state or an event marks an object as a secret. Source: pulumi/pulumi, resource.SigKey and SecretSig. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** A property as JSON has it, with what is hidden as symbols. */
function valueFrom(json: unknown): Value {
  if (json === UNKNOWN_TEXT) return UNKNOWN;
  if (json === SECRET_TEXT) return SECRET;
  if (Array.isArray(json)) return json.map(valueFrom);
  if (typeof json !== "object" || json === null) return json as string | number | boolean | null;
  if ((json as Record<string, unknown>)[SIGNATURE] === SECRET_SIGNATURE) return SECRET;
  return propertiesFrom(json);
}

export function propertiesFrom(json: object | null | undefined): Properties {
  const properties: Record<string, Value> = {};
  for (const [name, value] of Object.entries(json ?? {})) {
    // What the provider's bridge notes for itself.
    if (name !== "__defaults") properties[name] = valueFrom(value);
  }
  return properties;
}
