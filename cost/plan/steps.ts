import { Refusal } from "../refusal.ts";
import type { Resource } from "../resource.ts";
import { type Change, type ChangeKind, isCounted, type Plan } from "./plan.ts";
import { type Regions, regionsOf } from "./regions.ts";
import type { State } from "./shape.ts";
import { sideOf } from "./side.ts";

/** One step of the engine, whichever form it came in. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly old: State | undefined;
  readonly new: State | undefined;
  /** Properties that change. */
  readonly changed: readonly string[];
}

type Effect = ChangeKind | "refresh" | "nothing";

/** What each operation of the engine means for the bill. Source: pulumi/pulumi, the step operations in pkg/resource/deploy. */
const EFFECTS: Readonly<Record<string, Effect>> = {
  same: "same",
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  import: "import",
  "import-replacement": "replace",
  refresh: "refresh",
  // What is only read belongs to somebody else, and what was deleted by an earlier update is gone.
  read: "nothing",
  "read-replacement": "nothing",
  discard: "nothing",
  "discard-replaced": "nothing",
  "remove-pending-replace": "nothing",
};

export interface Steps {
  readonly steps: readonly Step[];
  readonly config: Readonly<Record<string, unknown>>;
  /** How many resources stay the same, where the form says so. */
  readonly sames: number | undefined;
  /** Where resources are of which the plan does not say it. */
  readonly region: string | undefined;
}

/** Counts each resource once, whatever its steps are. */
export function planOf({ steps, config, sames, region }: Steps): Plan {
  const regions = regionsOf(steps, config, region);
  const notices: string[] = [];
  const changes = entriesOf(steps).flatMap((entry) => changeOf(entry, regions, notices) ?? []);
  const listed = new Set(steps.filter(({ op }) => op === "same").map(({ urn }) => urn)).size;
  return {
    stack: steps.map(({ urn }) => urn.split("::")[0]?.split(":")[2]).find((name) => name !== undefined) ?? "",
    changes,
    unlisted: Math.max(0, (sames ?? listed) - listed),
    notices,
  };
}

interface Entry {
  readonly urn: string;
  effect: Effect;
  old: State | undefined;
  new: State | undefined;
  changed: readonly string[];
}

/** One entry for each resource; one more for each that an earlier replacement left to be deleted, since it is still there. */
function entriesOf(steps: readonly Step[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  const isLeft = leftoversOf(steps);
  for (const step of steps) {
    const effect = EFFECTS[step.op];
    if (effect === undefined) {
      throw new Refusal(`The plan has the operation '${step.op}' (${step.urn}), which is not known here.`);
    }
    if (effect === "nothing") continue;
    const left = isLeft(step);
    const key = left ? `${step.urn} ${step.old?.id ?? ""}` : step.urn;
    entries.set(key, merged(entries.get(key), step, left ? "delete" : effect));
  }
  // The engine works at many resources at once, in an order that differs from run to run.
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** Tells what an earlier update was to delete from what this one is: both are marked, the latter belongs to a replacement in the same plan. */
function leftoversOf(steps: readonly Step[]): (step: Step) => boolean {
  const replaced = new Set(
    steps
      .filter(({ op }) => /^replace$|^(create|import)-replacement$/.test(op))
      .map(({ urn, old }) => `${urn} ${old?.id}`),
  );
  return ({ urn, old }) => old?.delete === true && !replaced.has(`${urn} ${old.id}`);
}

function merged(entry: Entry | undefined, step: Step, effect: Effect): Entry {
  const { urn, old, new: next, changed } = step;
  if (entry === undefined || entry.effect === "refresh") return { urn, effect, old, new: next, changed };
  return {
    urn,
    effect: effect === "refresh" || effect === "same" ? entry.effect : effect,
    old: entry.old ?? old,
    new: effect === "delete" ? entry.new : (next ?? entry.new),
    changed: [...new Set([...entry.changed, ...changed])],
  };
}

function changeOf(entry: Entry, regions: Regions, notices: string[]): Change | undefined {
  const { urn, effect, old, new: next, changed } = entry;
  const type = typeOf(urn);
  const owned = [old, next].every((state) => !state?.external);
  if (!owned || !isCounted({ custom: (next ?? old)?.custom ?? true, type })) return undefined;

  const kind = effect === "refresh" ? (next === undefined ? "delete" : "update") : (effect as ChangeKind);
  const existed = kind !== "create" && kind !== "import" && !old?.pendingReplacement;
  const exists = kind !== "delete";
  if (kind === "delete" && old?.retainOnDelete) {
    notices.push(`${nameOf(urn)} leaves the stack and stays in the account (retainOnDelete): AWS goes on billing it.`);
  }
  if (kind === "import") notices.push(`${nameOf(urn)} is imported: AWS bills it already, the stack did not have it.`);
  return {
    urn,
    type,
    kind,
    ...(existed && { before: side(old ?? next) }),
    unshown: (existed && !(old ?? next)) || (exists && !next && kind !== "same"),
    ...(exists && { after: kind === "same" ? side(old ?? next) : side(next, kind === "create" ? undefined : old) }),
  };

  function side(state: State | undefined, previous?: State): Resource {
    return sideOf({ urn, type, state, previous, changed, kept: kind === "update", regions });
  }
}

/** The type is the last one of the path of types in a URN. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
