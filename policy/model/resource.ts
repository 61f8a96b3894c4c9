import type { Options } from "../../plan/plan.ts";
import { type Hidden, isHidden } from "../../plan/values.ts";
import { type Bag, hiddenProperty, UnknownProperty, Values } from "./values.ts";

/** What is known of a resource before the graph is drawn: see model.ts. */
export interface Description {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** As the program gives them, with marks for what is hidden. */
  readonly inputs: Bag;
  readonly options?: Partial<Options>;
  /** URN of the component or stack that it belongs to. */
  readonly parent?: string | undefined;
  /** For each property the URNs of the resources that its value comes from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** URNs of all resources that it waits for. */
  readonly dependencies?: readonly string[];
  /** Tags that its provider adds. */
  readonly defaultTags?: Bag | Hidden;
}

type Tags = Readonly<Record<string, string>>;

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
    this.#linked(property);
    return this.#resolve(this.#description.propertyDependencies?.[property] ?? [], type);
  }

  /** The resources that any property comes from, and those that it was told to wait for. */
  dependencies(type?: string): readonly Resource[] {
    this.#linked("dependencies");
    return this.#resolve(this.#description.dependencies ?? [], type);
  }

  /** The resources of a type whose property comes from this one: `bucket.usedBy(TYPES.bucketPolicy, "bucket")`. */
  usedBy(type: string, property: string): readonly Resource[] {
    this.#linked(property);
    return this.#others.users(this, type, property);
  }

  /** Its own tags and those of its provider; unknown ones throw. A scaling group's list of tags is read like a map. */
  get tags(): Tags {
    const own = this.read("tags");
    const { defaultTags = {} } = this.#description;
    if (isHidden(defaultTags)) throw hiddenProperty("defaultTags", defaultTags);
    if (!Array.isArray(own)) return { ...(defaultTags as Tags), ...(own as Tags | undefined) };
    return Object.fromEntries(own.map(({ key, value }) => [key, String(value)]));
  }

  #linked(property: string): void {
    if (this.#others.linked) return;
    throw new UnknownProperty(property, `the plan does not say which resource ${property} comes from`);
  }

  #resolve(urns: readonly string[], type: string | undefined): readonly Resource[] {
    const found = urns.map((urn) => this.#others.find(urn)).filter((resource) => resource !== undefined);
    return type === undefined ? found : found.filter((resource) => resource.type === type);
  }
}

/** The rest of the model, as one resource looks at it. */
export interface Neighbours {
  /** Whether it is known which property comes from which resource. */
  readonly linked: boolean;
  readonly find: (urn: string) => Resource | undefined;
  readonly users: (of: Resource, type: string, property: string) => readonly Resource[];
}
