import type * as plan from "../plan/plan.ts";
import { type Hidden, isHidden, type Value } from "../plan/values.ts";

/** A value that is there to be seen, at least from the outside. */
export type Shown = NonNullable<Exclude<Value, Hidden>>;

/** A resource as it is priced: one side of a change. */
export interface Resource
  extends Pick<
    plan.Resource,
    "urn" | "type" | "custom" | "id" | "inputs" | "outputs" | "previous" | "propertyDependencies"
  > {
  /** Where it is, or undefined where the plan does not say. */
  readonly region: string | undefined;
}

/**
 * What a property is or will be: what the program says, else what the provider says, else what it was. Undefined where none of them says anything,
 * which is where AWS's default holds; UNKNOWN or SECRET where the program sets something that the plan does not show.
 */
export function propertyOf({ inputs, outputs, previous }: Resource, property: string): Value | undefined {
  const set = inputs[property] ?? undefined;
  if (set !== undefined && !isHidden(set)) return set;
  return [outputs, previous ?? {}].map((side) => shown(side[property])).find((value) => value !== undefined) ?? set;
}

const shown = (value: Value | undefined): Shown | undefined => (isHidden(value) ? undefined : (value ?? undefined));

/** All resources of one side of a plan, and how they hang together. */
export interface Graph {
  readonly get: (urn: string) => Resource | undefined;
  /** The resources of a type that a property of a resource comes from or names by its id. */
  readonly behind: (resource: Resource, property: string, type: string) => readonly Resource[];
  /** The resources of a type of which a property comes from a resource or names it by its id. */
  readonly users: (resource: Resource, type: string, property: string) => readonly Resource[];
  /** The resources of a type of which a property is or holds a text. */
  readonly having: (type: string, property: string, text: string) => readonly Resource[];
}

/** Takes time in proportion to the number of resources and what they depend on. */
export function graphOf(resources: readonly Resource[]): Graph {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const byName = new Map<string, Resource>();
  for (const resource of resources) {
    for (const name of namesOf(resource)) byName.set(`${resource.type} ${name}`, resource);
  }
  const behind = (resource: Resource, property: string, type: string): Resource[] => {
    const depended = (resource.propertyDependencies[property] ?? []).flatMap((urn) => byUrn.get(urn) ?? []);
    const named = texts(propertyOf(resource, property)).flatMap((text) => byName.get(`${type} ${text}`) ?? []);
    return [...new Set([...depended, ...named])].filter((found) => found.type === type);
  };
  const uses = new Map<string, Map<string, Resource[]>>();
  const usersOf = (type: string, property: string) => {
    const key = `${type} ${property}`;
    const known = uses.get(key);
    if (known !== undefined) return known;
    const made = new Map<string, Resource[]>();
    for (const user of resources) {
      if (user.type !== type) continue;
      for (const urn of user.propertyDependencies[property] ?? []) push(made, urn, user);
      for (const text of texts(propertyOf(user, property))) push(made, text, user);
    }
    uses.set(key, made);
    return made;
  };
  return {
    get: (urn) => byUrn.get(urn),
    behind,
    users: (resource, type, property) => {
      const users = usersOf(type, property);
      return [...new Set([resource.urn, ...namesOf(resource)].flatMap((name) => users.get(name) ?? []))];
    },
    having: (type, property, text) => usersOf(type, property).get(text) ?? [],
  };
}

/** What other resources may call it by. */
function namesOf(resource: Resource): string[] {
  const names = [resource.id, ...["arn", "identifier", "name"].map((property) => propertyOf(resource, property))];
  return [...new Set(names.filter((name) => typeof name === "string"))];
}

/** The texts in a value, at any depth. */
function texts(value: Value | undefined): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

function push(lists: Map<string, Resource[]>, key: string, resource: Resource): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [resource]);
  else list.push(resource);
}
