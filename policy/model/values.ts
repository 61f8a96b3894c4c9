import { type Hidden, isHidden, SECRET } from "../../plan/values.ts";

/** Thrown where a rule reads what the plan does not show. Whoever runs the rule makes it an undecidable outcome, never a pass. */
export class UnknownProperty extends Error {
  readonly property: string;

  /** @param reason as a sentence without full stop. @default that only the deployment will know it */
  constructor(property: string, reason = `${property} is not known before the deployment`) {
    super(reason);
    this.property = property;
  }
}

/** What is thrown where a property is hidden as a whole. */
export const hiddenProperty = (property: string, hidden: Hidden): UnknownProperty =>
  hidden === SECRET
    ? new UnknownProperty(property, `${property} is a secret, which the plan does not show`)
    : new UnknownProperty(property);

export type Bag = Readonly<Record<string, unknown>>;

/**
 * Properties of a resource, or of something nested in it, as rules read them. Paths have dots: `metadataOptions.httpTokens`; an index is a part
 * of a path like any other. What is missing reads as AWS's default. What is unknown or secret throws {@link UnknownProperty}.
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

  /** The value, AWS's default where there is none, or undefined. @throws UnknownProperty also where a part of the value is hidden. */
  read(path: string): unknown {
    const value = this.#find(path);
    const hidden = hiddenIn(value, this.#path + path);
    if (hidden !== undefined) throw hiddenProperty(...hidden);
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
      if (isHidden(item)) throw hiddenProperty(place.slice(0, -1), item);
      return new Values(isBag(item) ? item : {}, place, (inner) => this.#defaultOf(`${path}.${inner}`));
    });
  }

  /** Whether it is set by the program: to a value that is not empty, or to one that will be known later. */
  isSet(path: string): boolean {
    const value = this.#find(path, () => undefined);
    return isHidden(value) || !(value === undefined || value === "" || (Array.isArray(value) && value.length === 0));
  }

  /** Whether a value, all of it, is known now. What is missing is known. */
  isKnown(path: string): boolean {
    return hiddenIn(this.#find(path), path) === undefined;
  }

  #listAt(path: string): readonly unknown[] {
    const value = this.#find(path);
    if (isHidden(value)) throw hiddenProperty(this.#path + path, value);
    return asList(value);
  }

  #find(path: string, defaultOf: (path: string) => unknown = this.#defaultOf): unknown {
    let value: unknown = this.#bag;
    for (const part of path.split(".")) {
      if (Array.isArray(value) && !/^\d+$/.test(part)) value = value[0];
      if (isHidden(value)) return value;
      value = isBag(value) || Array.isArray(value) ? (value as Bag)[part] : undefined;
    }
    return value ?? defaultOf(path);
  }
}

/** The path of the first part of a value that is hidden, and how, or undefined. */
function hiddenIn(value: unknown, path: string): readonly [path: string, hidden: Hidden] | undefined {
  if (isHidden(value)) return [path, value];
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = hiddenIn(inner, `${path}.${key}`);
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
