/** What a property has instead of a value that only the deployment will know. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** Thrown where a rule reads what is not known yet. Whoever runs the rule makes it an undecidable outcome, never a pass. */
export class UnknownProperty extends Error {
  readonly property: string;

  constructor(property: string) {
    super(`${property} is not known before the deployment`);
    this.property = property;
  }
}

export type Bag = Readonly<Record<string, unknown>>;

/**
 * Properties of a resource, or of something nested in it, as rules read them. Paths have dots: `metadataOptions.httpTokens`; an index is a part
 * of a path like any other. What is missing reads as AWS's default. What is unknown throws {@link UnknownProperty}.
 */
export class Values {
  readonly #bag: Bag;
  readonly #path: string;
  readonly #defaultOf: (path: string) => unknown;

  /** @param path where in the resource the bag is, ending with a dot, or nothing. */
  constructor(bag: Bag, path: string, defaultOf: (path: string) => unknown) {
    this.#bag = bag;
    this.#path = path;
    this.#defaultOf = defaultOf;
  }

  /** The value, AWS's default where there is none, or undefined. @throws UnknownProperty also where a part of the value is unknown. */
  read(path: string): unknown {
    const value = this.#find(path);
    const unknown = unknownIn(value, this.#path + path);
    if (unknown !== undefined) throw new UnknownProperty(unknown);
    return value;
  }

  text(path: string): string | undefined {
    const value = this.read(path);
    return value === undefined ? undefined : String(value);
  }

  number(path: string): number | undefined {
    const value = this.read(path);
    return value === undefined || value === "" ? undefined : Number(value);
  }

  /** Whether the value is true. Some properties of AWS are text that says so. */
  flag(path: string): boolean {
    return String(this.read(path)) === "true";
  }

  /** The values of a list; of a single value a list with it; of nothing an empty one. */
  list(path: string): readonly unknown[] {
    return asList(this.read(path));
  }

  /** How many values a list has, also where they are unknown themselves. @throws UnknownProperty where the list as a whole is. */
  count(path: string): number {
    return this.#listAt(path).length;
  }

  /** The objects of a list, to be read like this one; of a single object a list with it. Only the list as a whole must be known. */
  each(path: string): readonly Values[] {
    return this.#listAt(path).map((item, index) => {
      const place = `${this.#path}${path}.${index}.`;
      if (item === UNKNOWN) throw new UnknownProperty(place.slice(0, -1));
      return new Values(isBag(item) ? item : {}, place, (inner) => this.#defaultOf(`${path}.${inner}`));
    });
  }

  /** Whether it is set by the program: to a value that is not empty, or to one that will be known later. */
  isSet(path: string): boolean {
    const value = this.#find(path, () => undefined);
    return value === UNKNOWN || !(value === undefined || value === "" || (Array.isArray(value) && value.length === 0));
  }

  /** Whether a value, all of it, is known now. What is missing is known. */
  isKnown(path: string): boolean {
    return unknownIn(this.#find(path), path) === undefined;
  }

  #listAt(path: string): readonly unknown[] {
    const value = this.#find(path);
    if (value === UNKNOWN) throw new UnknownProperty(this.#path + path);
    return asList(value);
  }

  #find(path: string, defaultOf: (path: string) => unknown = this.#defaultOf): unknown {
    let value: unknown = this.#bag;
    for (const part of path.split(".")) {
      if (Array.isArray(value) && !/^\d+$/.test(part)) value = value[0];
      if (value === UNKNOWN) return UNKNOWN;
      value = isBag(value) || Array.isArray(value) ? (value as Bag)[part] : undefined;
    }
    return value ?? defaultOf(path);
  }
}

/** The path of the first unknown in a value, or undefined. */
function unknownIn(value: unknown, path: string): string | undefined {
  if (value === UNKNOWN) return path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = unknownIn(inner, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
