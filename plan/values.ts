/** Not known before the update. Stands in place of a value, a list or an object. */
export const UNKNOWN: unique symbol = Symbol("unknown before the update");

/** Known, but not to who reads the plan. Stands in place of a value, a list or an object. */
export const SECRET: unique symbol = Symbol("secret");

export type Hidden = typeof UNKNOWN | typeof SECRET;

/** A property of a resource, as far as it is known. */
export type Value = string | number | boolean | null | Hidden | readonly Value[] | Properties;

export interface Properties {
  readonly [name: string]: Value | undefined;
}

export const isHidden = (value: unknown): value is Hidden => value === UNKNOWN || value === SECRET;

/** What the engine writes in place of a value that is not known yet, by its type. Source: pulumi/pulumi, the SDKs' resource/plugin/rpc.go. */
const UNKNOWN_TEXTS = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What `pulumi preview --json` writes in place of a secret. */
const SECRET_TEXT = "[secret]";

/** The key and the value by which a state or an event marks an object as a secret. Source: pulumi/pulumi, resource.SigKey and SecretSig. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** Where a provider's bridge lists the properties that it chose itself, such as names, beside them. */
const CHOSEN = "__defaults";

type Json = Readonly<Record<string, unknown>>;

/** All properties of a group as JSON has it, with marks for what is hidden. */
export const propertiesFrom = (json: Json | null | undefined): Properties =>
  group(json ?? {}, ({ [CHOSEN]: _, ...all }) => all);

/** {@link propertiesFrom}, without what the provider chose where the program left it out. */
export const givenFrom = (json: Json | null | undefined): Properties => group(json ?? {}, withoutChosen);

/** A group without what its provider chose. What is nested in it is left as it is. */
export function withoutChosen({ [CHOSEN]: chosen, ...all }: Json): Json {
  if (!Array.isArray(chosen)) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !chosen.includes(name)));
}

type Choice = (json: Json) => Json;

function group(json: Json, choice: Choice): Properties {
  const properties: Record<string, Value> = {};
  for (const [name, value] of Object.entries(choice(json))) properties[name] = valueFrom(value, choice);
  return properties;
}

function valueFrom(json: unknown, choice: Choice): Value {
  if (typeof json === "string") return UNKNOWN_TEXTS.has(json) ? UNKNOWN : json === SECRET_TEXT ? SECRET : json;
  if (Array.isArray(json)) return json.map((item) => valueFrom(item, choice));
  if (typeof json !== "object" || json === null) return json as number | boolean | null;
  if ((json as Json)[SIGNATURE] === SECRET_SIGNATURE) return SECRET;
  return group(json as Json, choice);
}
