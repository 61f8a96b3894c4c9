import { type Bag, Values } from "./values.ts";

/** What a program asks of the engine for a resource. */
export interface Options {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly retainOnDelete: boolean;
}

/** What is known of a resource before the graph is drawn: see model.ts. */
export interface Description {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** As the program gives them, with UNKNOWN for what only the deployment will know. */
  readonly inputs: Bag;
  readonly options?: Partial<Options>;
  /** URN of the component or stack that it belongs to. */
  readonly parent?: string | undefined;
  /** For each property the URNs of the resources that its value comes from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** URNs of all resources that it waits for. */
  readonly dependencies?: readonly string[];
  /** Tags that its provider adds. */
  readonly defaultTags?: Readonly<Record<string, string>>;
}

/** A resource and its place in the graph. Its properties are read as described at {@link Values}. */
export class Resource extends Values {
  readonly urn: string;
  /** The canonical token: `aws:alb/listener:Listener` is `aws:lb/listener:Listener`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  readonly options: Options;
  readonly #description: Description;
  readonly #others: Neighbours;

  constructor(description: Description, others: Neighbours, defaultOf: (path: string) => unknown) {
    super(description.inputs, "", defaultOf);
    this.urn = description.urn;
    this.type = description.type;
    this.name = description.name;
    this.options = {
      protect: false,
      ignoreChanges: [],
      deleteBeforeReplace: false,
      retainOnDelete: false,
      ...description.options,
    };
    this.#description = description;
    this.#others = others;
  }

  /** The component or stack that it belongs to. */
  get parent(): Resource | undefined {
    return this.#description.parent === undefined ? undefined : this.#others.find(this.#description.parent);
  }

  /** The resources that the value of a property comes from, all or those of one type: `listener.references("loadBalancerArn")`. */
  references(property: string, type?: string): readonly Resource[] {
    return this.#resolve(this.#description.propertyDependencies?.[property] ?? [], type);
  }

  /** The resources that any property comes from, and those that it was told to wait for. */
  dependencies(type?: string): readonly Resource[] {
    return this.#resolve(this.#description.dependencies ?? [], type);
  }

  /** The resources of a type whose property comes from this one: `bucket.usedBy(TYPES.bucketPolicy, "bucket")`. */
  usedBy(type: string, property: string): readonly Resource[] {
    return this.#others.users(this, type, property);
  }

  /** Its own tags and those of its provider; unknown ones throw. A scaling group's list of tags is read like a map. */
  get tags(): Readonly<Record<string, string>> {
    const own = this.read("tags");
    if (!Array.isArray(own))
      return { ...this.#description.defaultTags, ...(own as Record<string, string> | undefined) };
    return Object.fromEntries(own.map(({ key, value }) => [key, String(value)]));
  }

  #resolve(urns: readonly string[], type: string | undefined): readonly Resource[] {
    const found = urns.map((urn) => this.#others.find(urn)).filter((resource) => resource !== undefined);
    return type === undefined ? found : found.filter((resource) => resource.type === type);
  }
}

/** The rest of the model, as one resource looks at it. */
export interface Neighbours {
  readonly find: (urn: string) => Resource | undefined;
  readonly users: (of: Resource, type: string, property: string) => readonly Resource[];
}
