/** Plans of our production stack, from the program itself, and of programs that are not ours. */
import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { NO_USAGE } from "../../cost/usage/usage.ts";
import type { Plan } from "../../plan/plan.ts";
import { readPlan } from "../../plan/read.ts";
import { type ReviewOptions, reviewOf } from "../../review/review.ts";
import type { Workplace } from "../../stacks/artifact.ts";
import { secured } from "../../stacks/secured.ts";
import { parseSettings } from "../../stacks/settings.ts";
import { awsFixtures } from "../fixtures.ts";
import { bytes, events, SUMMARY, UNKNOWN_TEXT } from "../plan/documents.ts";
import { PLACE, type Registration, record } from "../record.ts";

const STACK = "pulumi:pulumi:Stack";
const urn = (type: string, name: string) => `urn:pulumi:production::webstack::${type}::${name}`;
const ROOT = urn(STACK, "webstack-production");

/** A stack as a program builds it. */
export interface Built {
  readonly seen: readonly Registration[];
  readonly outputs: object;
  /** Whether AWS has answered, so that all is known. */
  readonly known: boolean;
}

/** The production stack with more settings. @param preview whether the account is empty, so that AWS has not answered yet */
export async function production(workplace: Workplace, more: object = {}, preview = false): Promise<Built> {
  const choice = {
    domain: "example.com",
    architecture: "secured",
    monitoring: { emails: ["operations@example.com"] },
    ...more,
  };
  const settings = parseSettings(choice, PLACE);
  if (settings.architecture !== "secured") throw new Error("not a secured stack");
  const { seen, built } = await record(() => secured(settings, workplace), { preview });
  const { review, monitoring } = built;
  return { seen, outputs: { review, monitoring: { coverage: monitoring.coverage } }, known: !preview };
}

/** A stack beside itself, many times. */
export function copies({ seen, ...rest }: Built, count: number): Built {
  const renamed = (place: string, copy: number) => place.replace("::", `::copy-${copy}-`);
  const copied = (one: Registration, copy: number): Registration => ({
    ...one,
    name: `copy-${copy}-${one.name}`,
    parent: one.parent && `copy-${copy}-${one.parent}`,
    dependencyPlaces: one.dependencyPlaces.map((place) => renamed(place, copy)),
    propertyDependencies: Object.fromEntries(
      Object.entries(one.propertyDependencies).map(([property, places]) => [
        property,
        places.map((place) => renamed(place, copy)),
      ]),
    ),
  });
  return { ...rest, seen: Array.from({ length: count }, (_, copy) => seen.map((one) => copied(one, copy + 1))).flat() };
}

/** Properties of which a change replaces the resource, as far as the plans here change them. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/instance:Instance": ["engine", "identifierPrefix"],
  "aws:rds/parameterGroup:ParameterGroup": ["description", "family"],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["key"],
  "random:index/randomId:RandomId": ["keepers"],
};

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: object;
  readonly newState?: object;
  readonly diffReasons?: readonly string[];
  readonly replaceReasons?: readonly string[];
}

function stepsOf(before: Built | undefined, after: Built): readonly Step[] {
  const was = new Map((before?.seen ?? []).map((one) => [urn(one.type, one.name), one]));
  const is = new Map(after.seen.map((one) => [urn(one.type, one.name), one]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id): readonly Step[] => {
    const [old, next] = [was.get(id), is.get(id)];
    const oldState = old && before && stateOf(old, before);
    const newState = next && stateOf(next, after);
    if (!old || !oldState) return [{ op: "create", urn: id, newState }] as Step[];
    if (!next || !newState) return [{ op: "delete", urn: id, oldState }];
    const names = new Set([...Object.keys(old.inputs), ...Object.keys(next.inputs)]);
    const diffReasons = [...names].filter(
      (name) => !isDeepStrictEqual(written(old.inputs[name]), written(next.inputs[name])),
    );
    if (diffReasons.length === 0) return [{ op: "same", urn: id, oldState, newState }];
    const replaceReasons = diffReasons.filter((name) => REPLACING[next.type]?.includes(name));
    if (replaceReasons.length === 0) return [{ op: "update", urn: id, oldState, newState, diffReasons }];
    return ["create-replacement", "replace", "delete-replaced"].map((op) => ({
      op,
      urn: id,
      oldState,
      newState,
      diffReasons,
      replaceReasons,
    }));
  });
}

function stateOf(one: Registration, { known, seen }: Built) {
  const { type, name, custom, inputs, parent, propertyDependencies, dependencyPlaces } = one;
  const { protect, deleteBeforeReplace, retainOnDelete, ignoreChanges } = one;
  const above = seen.find((other) => other.name === parent && !other.custom);
  const { id, ...outputs } = known && custom ? { id: `${name}-id`, ...awsFixtures().state(one) } : { id: undefined };
  return {
    urn: urn(type, name),
    type,
    custom,
    ...(id && { id }),
    inputs: written(inputs),
    ...(known && { outputs: written({ ...inputs, ...outputs }) }),
    parent: above ? urn(above.type, above.name) : ROOT,
    dependencies: dependencyPlaces.map(urnAt),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, places]) => [property, places.map(urnAt)]),
    ),
    ...{ protect, deleteBeforeReplace, retainOnDelete, ignoreChanges },
  };
}

const urnAt = (place: string): string => {
  const [type = "", ...name] = place.split("::");
  return urn(type, name.join("::"));
};

/** Values as a preview has them. */
function written(value: unknown): unknown {
  if (pulumi.isUnknown(value)) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null) return value;
  if ("__pulumiAsset" in value) return "an asset";
  const { "4dabf18193072939515e22adb298388d": mark, ...plain } = value as Record<string, unknown>;
  if (mark === "1b47061264138c4ac30d75fd1eb44270") return "[secret]";
  return Object.fromEntries(Object.entries(plain).map(([name, inner]) => [name, written(inner)]));
}

export interface Previewed {
  readonly plan: Plan;
  readonly events: Plan;
}

/** What `pulumi preview --json --show-sames` and its event log say of a change. */
export function previewed(before: Built | undefined, after: Built, rest: object = {}): Previewed {
  const root = { urn: ROOT, type: STACK, custom: false };
  const op = before ? "same" : "create";
  const document = {
    config: { "aws:region": "eu-west-1" },
    steps: [{ op, urn: ROOT, newState: root, ...(before && { oldState: root }) }, ...stepsOf(before, after)],
    ...rest,
  };
  const told = { op, urn: ROOT, type: STACK, new: { ...root, outputs: after.outputs } };
  return {
    plan: readPlan(bytes(document), { failed: true }),
    events: readPlan(bytes(events([{ resOutputsEvent: { metadata: told } }, SUMMARY]))),
  };
}

export const DATE = new Date("2026-11-24T00:00:00Z");

/** As strict as reviews are by default, without anything that is configured for our own stacks. */
export const judge = (plan: Plan, options: Partial<ReviewOptions> = {}) =>
  reviewOf(plan, {
    gates: { policy: "mandatory", budget: "deny", risk: "loss" },
    budgets: [],
    usage: NO_USAGE,
    waivers: [],
    date: DATE,
    ...options,
  });
