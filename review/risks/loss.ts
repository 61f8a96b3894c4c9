import type { Resource } from "../../plan/plan.ts";
import { isHidden, type Properties, type Value } from "../../plan/values.ts";

/** What is lost with a resource that holds something, and what stands against that. */
export interface Loss {
  /** As a sentence. */
  readonly lost: string;
  /** What AWS or the provider keeps or refuses. */
  readonly safeguards?: readonly Safeguard[];
  /** What else holds the same, as a sentence: where there is one, nothing is lost but connections. */
  readonly copy?: Safeguard;
  /** Whether it is one entry of something bigger, so that nobody misses it where it stays in the account. */
  readonly isEntry?: boolean;
}

export type Losses = Readonly<Record<string, Loss>>;

/** A sentence about a resource, where it is so. */
export type Safeguard = (resource: Resource) => string | undefined;

/** What is known of a property: what the provider says, where the program leaves it out. */
export function told({ inputs, outputs }: Resource, property: string): Value | undefined {
  const value = inputs[property] ?? outputs[property];
  return isHidden(value) || value === null ? undefined : value;
}

/** The same of a property inside a group, as deep as the path goes. A list of one is that one, as it is in older forms of the provider. */
export function toldIn(resource: Resource, property: string, ...path: readonly string[]): Value | undefined {
  const inner = path.reduce<Value | undefined>(
    (value, name) => {
      const group = Array.isArray(value) ? value[0] : value;
      return typeof group === "object" && group !== null && !Array.isArray(group) && Object.hasOwn(group, name)
        ? (group as Properties)[name]
        : undefined;
    },
    told(resource, property),
  );
  return isHidden(inner) || inner === null ? undefined : inner;
}

/** A sentence where a property has a value. */
export const when =
  (property: string, value: Value, sentence: string): Safeguard =>
  (resource) =>
    told(resource, property) === value ? sentence : undefined;

/** A property by which AWS is told to refuse. @param on the value by which it does */
export const refusedBy = (property: string, on: Value = true): Safeguard =>
  when(property, on, `${property} is on: AWS refuses to delete it.`);

/** {@link refusedBy}, of a property that is on where a program says nothing. */
export const refusedUnlessOff =
  (property: string): Safeguard =>
  (resource) =>
    told(resource, property) === false ? undefined : `${property} is on: AWS refuses to delete it.`;

/** A property without which AWS deletes only what is empty. */
export const emptyUnless =
  (property: string, full: string): Safeguard =>
  (resource) =>
    told(resource, property) === true ? undefined : `${property} is off: AWS refuses to delete what holds ${full}.`;

/** What AWS makes of it before it goes. @param skipped the property that says that there is none */
export const finalSnapshot =
  (property: string, skipped?: string): Safeguard =>
  (resource) => {
    const name = told(resource, property);
    const isSkipped = skipped !== undefined && told(resource, skipped) === true;
    return isSkipped || typeof name !== "string" || name === ""
      ? undefined
      : `The final snapshot ${name} keeps the data as it is then.`;
  };

/** FSx backs a file system up before it goes, unless it is told not to. @param skipped what holds where a program does not say it */
export const finalBackup =
  (skipped: boolean): Safeguard =>
  (resource) =>
    (told(resource, "skipFinalBackup") ?? skipped) === true
      ? undefined
      : "skipFinalBackup is off: a final backup keeps the data as it is then.";

/** For how many days AWS takes it back. @param initially where a program does not say it @param what is possible, before `for 7 days` */
export const forDays =
  (property: string, initially: number, what: string): Safeguard =>
  (resource) => {
    const days = told(resource, property) ?? initially;
    return days === 0 ? undefined : `${what} for ${days === 1 ? "1 day" : `${String(days)} days`}.`;
  };

/** Where a property names what this follows. */
export const following =
  (property: string, sentence: string): Safeguard =>
  (resource) => {
    const source = told(resource, property);
    return source === undefined || source === "" ? undefined : sentence;
  };

export const always =
  (sentence: string): Safeguard =>
  () =>
    sentence;

export const sentences = (safeguards: readonly Safeguard[], resource: Resource): readonly string[] =>
  safeguards.flatMap((safeguard) => safeguard(resource) ?? []);
