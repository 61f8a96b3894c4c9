/** Our production stack as the reviewers of a plan see it, and changes of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../../plan/values.ts";
import type { Description } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import { type Bag, isBag } from "../../policy/model/values.ts";
import { secured } from "../../stacks/secured.ts";
import { parseSettings } from "../../stacks/settings.ts";
import { PLACE, type Registration, record } from "../record.ts";
import type { Change } from "./cases.ts";
import { urnOf } from "./stack.ts";

/**
 * known: all values are there, as in a state. unknown, absent: what only AWS can tell is not, as in previews of an empty account, by which of the two
 * ways.
 */
export const modes = ["known", "unknown", "absent"] as const;
export type Mode = (typeof modes)[number];

export const ROOT = urnOf(TYPES.stack, "webstack-production");

/** The resources of the production stack, from the program itself, as one of the ways of looking tells it. */
export async function productionStack(mode: Mode): Promise<Description[]> {
  const directory = mkdtempSync(join(tmpdir(), "webstack-policy-test-"));
  try {
    mkdirSync(join(directory, "app"));
    writeFileSync(join(directory, "app/package.json"), '{"main":"main.js"}');
    writeFileSync(join(directory, "app/main.js"), "");
    const choice = {
      domain: "example.com",
      architecture: "secured",
      monitoring: { emails: ["operations@example.com"] },
    };
    const settings = parseSettings(choice, PLACE);
    if (settings.architecture !== "secured") throw new Error("not a secured stack");
    const workplace = { ...PLACE, directory, cache: join(directory, "cache") };
    const { seen } = await record(() => secured(settings, workplace), { preview: mode !== "known" });
    return [
      { urn: ROOT, type: TYPES.stack, name: "webstack-production", inputs: {} },
      ...seen.map((each) => descriptionOf(each, mode)),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function descriptionOf(registration: Registration, mode: Mode): Description {
  const { type, name, inputs, propertyDependencies, protect, ignoreChanges, deleteBeforeReplace, retainOnDelete } =
    registration;
  const from = Object.entries(propertyDependencies).map(([property, places]) => [property, places.map(urnAt)] as const);
  return {
    urn: urnOf(type, name),
    type,
    name,
    inputs: toldBy(mode, inputs) as Bag,
    parent: ROOT,
    propertyDependencies: Object.fromEntries(from),
    dependencies: registration.dependencyPlaces.map(urnAt),
    options: { protect, ignoreChanges, deleteBeforeReplace, retainOnDelete },
  };
}

const urnAt = (place: string): string => urnOf(...(place.split("::") as [string, string]));

/** A value with what is not known in the words of the model, or left out. */
function toldBy(mode: Mode, value: unknown): unknown {
  if (pulumi.isUnknown(value)) return mode === "unknown" ? UNKNOWN : undefined;
  if (Array.isArray(value)) return value.map((item) => toldBy(mode, item));
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toldBy(mode, inner)]));
}

/** The stack after a change. */
export function mutated(stack: readonly Description[], change: Change): readonly Description[] {
  const { type, name, set = {}, from = {}, options, removed, added } = change;
  const urn = urnOf(type, name);
  const found = stack.find((description) => description.urn === urn);
  if (added) {
    const fresh = { urn, type, name, inputs: {}, parent: ROOT };
    return [...stack, changed(fresh)];
  }
  if (found === undefined) throw new Error(`production has no ${type} ${name}`);
  return stack.flatMap((each) => (each !== found ? [each] : removed ? [] : [changed(found)]));

  function changed(description: Description): Description {
    const sources = Object.entries(from).map(([property, names]) => [property, urnsCalled(stack, names)] as const);
    return {
      ...description,
      inputs: Object.entries(set).reduce<Bag>(
        (inputs, [path, value]) => withValue(inputs, path.split("."), value) as Bag,
        description.inputs,
      ),
      propertyDependencies: { ...description.propertyDependencies, ...Object.fromEntries(sources) },
      options: { ...description.options, ...options },
    };
  }
}

function urnsCalled(stack: readonly Description[], names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const urns = stack.filter((description) => description.name === name).map(({ urn }) => urn);
    if (urns.length === 0) throw new Error(`production has nothing that is called ${name}`);
    return urns;
  });
}

function withValue(bag: unknown, [name = "", ...rest]: readonly string[], value: unknown): unknown {
  const next = rest.length === 0 ? value : withValue((bag as Bag | undefined)?.[name], rest, value);
  if (Array.isArray(bag)) return bag.with(Number(name), next);
  const { [name]: _, ...others } = (bag ?? {}) as Bag;
  return next === undefined ? others : { ...others, [name]: next };
}
