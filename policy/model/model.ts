import { UNKNOWN } from "../../plan/values.ts";
import { defaultOf } from "../defaults/index.ts";
import { firewallRules } from "./firewall-rules.ts";
import { type Description, Resource } from "./resource.ts";
import { canonical, TYPES } from "./types.ts";
import type { Bag } from "./values.ts";

/** All resources of a plan or a state, and how their values come from each other. */
export class Model {
  readonly resources: readonly Resource[];
  readonly #byUrn: ReadonlyMap<string, Resource>;
  readonly #byType: ReadonlyMap<string, readonly Resource[]>;
  readonly #users: ReadonlyMap<string, readonly Resource[]>;

  /** @param linked whether the descriptions say which property comes from which resource; where they do not, whoever asks cannot decide */
  constructor(descriptions: readonly Description[], { linked = true }: { readonly linked?: boolean } = {}) {
    const named = descriptions.map((description) => ({
      ...description,
      type: canonical(description.type),
      inputs: withAbsent(description),
      propertyDependencies: inOrder(description),
    }));
    const neighbours = {
      linked,
      find: (urn: string) => this.#byUrn.get(urn),
      users: (of: Resource, type: string, property: string) => this.#users.get(key(of.urn, type, property)) ?? [],
    };
    const resourceOf = (description: Description) =>
      new Resource(description, neighbours, (path) => defaultOf(description.type, path));
    const real = named.map((description) => [description, resourceOf(description)] as const);
    const within = named.flatMap(firewallRules).map((description) => [description, resourceOf(description)] as const);

    this.#byUrn = new Map(real.map(([, resource]) => [resource.urn, resource]));
    this.resources = [...real, ...within].map(([, resource]) => resource);
    this.#byType = Map.groupBy(this.resources, ({ type }) => type);
    const users = new Map<string, Resource[]>();
    for (const [{ propertyDependencies = {} }, resource] of [...real, ...within]) {
      for (const [property, urns] of Object.entries(propertyDependencies)) {
        for (const urn of new Set(urns)) {
          const place = key(urn, resource.type, property);
          const sofar = users.get(place);
          if (sofar) sofar.push(resource);
          else users.set(place, [resource]);
        }
      }
    }
    for (const each of users.values()) each.sort((a, b) => (a.urn < b.urn ? -1 : 1));
    this.#users = users;
  }

  /** All resources of a type: `model.all(TYPES.listener)`. */
  all(type: string): readonly Resource[] {
    return this.#byType.get(type) ?? [];
  }

  /** The resource that stands for the whole stack. */
  get stack(): Resource | undefined {
    return this.all(TYPES.stack)[0];
  }
}

/** The engine tells what a property is made of in an order that is another one each time. What is said of it is the same each time. */
const inOrder = ({ propertyDependencies = {} }: Description): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.toSorted()]));

/**
 * The inputs with a mark where there is nothing yet of what comes from other resources. Providers differ: in a preview some say that a value is not
 * known, and some say nothing.
 */
function withAbsent({ inputs, propertyDependencies = {} }: Description): Bag {
  const derived = Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0);
  const marked = derived.map(([property]) => {
    const value = inputs[property];
    return [
      property,
      Array.isArray(value) ? Array.from(value, (item) => item ?? UNKNOWN) : (value ?? UNKNOWN),
    ] as const;
  });
  return { ...inputs, ...Object.fromEntries(marked) };
}

const key = (urn: string, type: string, property: string): string => `${urn}|${type}|${property}`;
