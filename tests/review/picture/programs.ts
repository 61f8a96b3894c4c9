/** Plans of our own architectures, recorded from the program itself. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Change, ChangeKind, Plan, Resource } from "../../../plan/plan.ts";
import { type Properties, UNKNOWN, type Value } from "../../../plan/values.ts";
import { distributed } from "../../../stacks/distributed.ts";
import { secured } from "../../../stacks/secured.ts";
import { parseSettings } from "../../../stacks/settings.ts";
import { simple } from "../../../stacks/simple.ts";
import { type Registration, record } from "../../record.ts";

export const architectures = ["simple", "distributed", "secured"] as const;
export type Architecture = (typeof architectures)[number];

export interface ProgramOptions {
  /** Settings besides the architecture. */
  readonly settings?: object;
  /** Whether AWS has answered, so that ids are known. @default false: a preview of an empty account */
  readonly known?: boolean;
}

const STACK = "production";
const MONITORED = { monitoring: { emails: ["operations@example.com"] } };

const recorded = new Map<string, Promise<Plan>>();

/** The plan that makes an architecture of nothing. Each is recorded once. */
export function planOf(architecture: Architecture, options: ProgramOptions = {}): Promise<Plan> {
  const key = JSON.stringify([architecture, options]);
  const plan = recorded.get(key) ?? recordedPlan(architecture, options);
  recorded.set(key, plan);
  return plan;
}

async function recordedPlan(
  architecture: Architecture,
  { settings = {}, known = false }: ProgramOptions,
): Promise<Plan> {
  const directory = mkdtempSync(join(tmpdir(), "webstack-review-test-"));
  try {
    mkdirSync(join(directory, "app"));
    writeFileSync(join(directory, "app/package.json"), '{"main":"main.js"}');
    writeFileSync(join(directory, "app/main.js"), "");
    const place = { project: "webstack", stack: STACK };
    const choice = { domain: "example.com", architecture, ...(architecture === "secured" && MONITORED), ...settings };
    const chosen = parseSettings(choice, place);
    const workplace = { ...place, directory, cache: join(directory, "cache") };
    const { seen } = await record<unknown>(
      () => {
        if (chosen.architecture === "simple") return simple(chosen, workplace);
        if (chosen.architecture === "distributed") return distributed(chosen, workplace);
        return secured(chosen, workplace);
      },
      { preview: !known },
    );
    return planFrom(seen.map((each) => changeOf("create", undefined, resourceOf(each))));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function planFrom(changes: readonly Change[]): Plan {
  return {
    stack: STACK,
    config: {},
    changes: changes.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)),
    linked: true,
    unlisted: 0,
    warnings: [],
  };
}

function changeOf(kind: ChangeKind, before: Resource | undefined, after: Resource | undefined): Change {
  const { urn, type, name } = (after ?? before) as Resource;
  const sides = { ...(before && { before }), ...(after && { after }) };
  return { urn, type, name, kind, steps: [kind], changed: [], replacing: [], unshown: false, ...sides };
}

const urnAt = (place: string): string => `urn:pulumi:${STACK}::webstack::${place}`;

function resourceOf(registration: Registration): Resource {
  const { type, name, custom, protect, ignoreChanges, deleteBeforeReplace, retainOnDelete } = registration;
  const inputs = shown(registration.inputs) as Properties;
  return {
    urn: urnAt(`${type}::${name}`),
    type,
    name,
    custom,
    inputs,
    given: inputs,
    outputs: {},
    options: { protect, ignoreChanges, deleteBeforeReplace, retainOnDelete },
    dependencies: registration.dependencyPlaces.map(urnAt),
    propertyDependencies: Object.fromEntries(
      Object.entries(registration.propertyDependencies).map(([property, places]) => [property, places.map(urnAt)]),
    ),
  };
}

function shown(value: unknown): Value {
  if (pulumi.isUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner)]));
}

/** A stack that nothing changes. */
export const standing = (plan: Plan): Plan => change(plan, plan);

/** The plan that changes what one plan makes into what another makes. @param kinds what becomes of resources that both have, by name */
export function change(from: Plan, to: Plan, kinds: Readonly<Record<string, ChangeKind>> = {}): Plan {
  const old = new Map(from.changes.map(({ urn, after }) => [urn, after]));
  const next = new Set(to.changes.map(({ urn }) => urn));
  return planFrom([
    ...to.changes.map(({ urn, name, after }) => {
      const before = old.get(urn);
      return changeOf(before === undefined ? "create" : (kinds[name] ?? "same"), before, after);
    }),
    ...from.changes.flatMap(({ urn, after }) => (next.has(urn) ? [] : [changeOf("delete", after, undefined)])),
  ]);
}
