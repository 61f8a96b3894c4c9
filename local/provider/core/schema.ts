/**
 * What a provider knows of its types as data: one JSON file per service (`<provider>/schema/<service>.json`).
 * Checking, defaults, diffs, secrets and preview outputs are generic over it; only API calls are code.
 */

/** Scalars, or a collection of them; `set` is a list whose order carries no meaning. */
export type TypeName = Scalar | `${"list" | "set" | "map"}<${Scalar}>`;
type Scalar = "string" | "number" | "integer" | "boolean" | "object" | "asset" | "any";

/** Formats that {@link checkInputs} knows how to verify. */
export type Format = "cidr" | "cidr6" | "ipv4" | "ipv6" | "arn" | "json" | "rfc3339" | "duration";

export interface Property {
  readonly type: TypeName;
  /** The properties of an `object`, or of each entry of a collection of objects. */
  readonly properties?: Readonly<Record<string, Property>>;
  /** In a file, instead of `properties`: the name of an entry of the file's `shapes`, for what occurs often or inside itself. */
  readonly shape?: string;
  /** Of an object: that it is there says something, even when it holds nothing (`allow: {}`). */
  readonly marker?: boolean;
  /** Of an object: exactly one of its properties has to be given. */
  readonly choice?: boolean;
  readonly required?: boolean;
  /** AWS or the provider fills it when the program leaves it out; leaving it out later changes nothing. */
  readonly computed?: boolean;
  /** Filled in by the provider when the program leaves it out; of an output: what it is to be, as a preview shows it. */
  readonly default?: unknown;
  /** Every allowed value; `anyCase` ignores case. */
  readonly values?: readonly (string | number)[];
  readonly anyCase?: boolean;
  /** Inclusive bounds, `null` where there is none; `ranges` where there are several. */
  readonly range?: readonly [number | null, number | null];
  readonly ranges?: readonly (readonly [number | null, number | null])[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** A regular expression, with the words that say in an error what it asks for. */
  readonly pattern?: readonly [expression: string, meaning: string];
  readonly format?: Format;
  /** A change replaces the resource; `"sometimes"` leaves the decision to the type's `replaces`. */
  readonly replace?: boolean | "sometimes";
  /** How two values are compared where plain equality is wrong. */
  readonly compare?: "json" | "anyCase" | "dnsName";
  /** Full paths of other properties. */
  readonly conflicts?: readonly string[];
  readonly exactlyOneOf?: readonly string[];
  readonly atLeastOneOf?: readonly string[];
  readonly requiredWith?: readonly string[];
  /** A secret wherever it is shown or stored. */
  readonly sensitive?: boolean;
  /** Taken from the program and never stored: a change of it alone is no difference (its version property makes one). */
  readonly writeOnly?: boolean;
  /** The official provider has it, but an emulated API cannot carry it out: setting it is an error that says so, with a way out if one is given. */
  readonly unsupported?: boolean | string;
  /** Read-only: told by the API, never taken from the program (only inside nested objects). */
  readonly output?: boolean;
}

/** The property that gets a name of the provider's making (logical name, hyphen, seven hex digits) when left out. */
export interface AutoName {
  readonly property: string;
  readonly maxLength: number;
  /** Lower-case only (buckets). */
  readonly lowerCase?: boolean;
  readonly separator?: string;
  /** The logical name as it is, without a suffix. */
  readonly exact?: boolean;
  /** What the name ends in, beyond its length, when this property is true (`.fifo` of a FIFO topic). */
  readonly ending?: { readonly when: string; readonly text: string };
}

export interface TypeSchema {
  readonly properties: Readonly<Record<string, Property>>;
  /** Read-only attributes. */
  readonly outputs: Readonly<Record<string, Property>>;
  readonly autoName?: AutoName;
  /** Outputs that a preview of an update must show as unknown, because the update may change them, by the input that changes them (`*` for any). */
  readonly recomputed?: Readonly<Record<string, readonly string[]>>;
  /** Seconds to wait at most, when the program sets no `customTimeouts`. */
  readonly timeouts?: { readonly create?: number; readonly update?: number; readonly delete?: number };
  /** The old one goes before its replacement comes (because both cannot exist at once). */
  readonly deleteBeforeReplace?: boolean;
}

export interface FunctionSchema {
  readonly inputs: Readonly<Record<string, Property>>;
  readonly outputs: Readonly<Record<string, Property>>;
}

export interface ProviderSchema {
  readonly config: Readonly<Record<string, Property>>;
  readonly types: Readonly<Record<string, TypeSchema>>;
  readonly functions: Readonly<Record<string, FunctionSchema>>;
}

/** A type name taken apart: the collection (if any) and what it holds. */
export function shapeOf(type: TypeName): { collection?: "list" | "set" | "map"; element: Scalar } {
  const match = /^(list|set|map)<(.+)>$/.exec(type);
  return match
    ? { collection: match[1] as "list" | "set" | "map", element: match[2] as Scalar }
    : { element: type as Scalar };
}
