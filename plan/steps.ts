import type { Change, ChangeKind, Plan, Provider, Resource } from "./plan.ts";
import { providerOf } from "./provider.ts";
import { Refusal } from "./refusal.ts";
import type { State } from "./shape.ts";
import { sideOf } from "./side.ts";
import { nameOf, stackOf, typeOf } from "./urn.ts";
import { type Properties, propertiesFrom } from "./values.ts";

/** One step of the engine, whichever form it came in. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly old: State | undefined;
  readonly new: State | undefined;
  /** Properties that change. */
  readonly changed: readonly string[];
  /** Of these, those that force a replacement. */
  readonly replacing: readonly string[];
}

type Effect = ChangeKind | "refresh" | "nothing";

/** What each operation of the engine means for the stack. Source: pulumi/pulumi, the step operations in pkg/resource/deploy. */
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

export interface Steps extends Pick<Plan, "config" | "linked" | "warnings"> {
  readonly steps: readonly Step[];
  /** Why it failed, if it did. */
  readonly errors: readonly string[];
  /** How many resources stay the same, where the form says so. */
  readonly sames: number | undefined;
}

/** Counts each resource once, whatever its steps are. */
export function planOf({ steps, sames, errors, ...rest }: Steps): Plan {
  const provider = providersOf(steps);
  const listed = new Set(steps.filter(({ op }) => op === "same").map(({ urn }) => urn)).size;
  return {
    stack: steps.map(({ urn }) => stackOf(urn)).find((name) => name !== undefined) ?? "",
    changes: entriesOf(steps).flatMap((entry) => changeOf(entry, provider) ?? []),
    unlisted: Math.max(0, (sames ?? listed) - listed),
    ...rest,
    ...(errors.length > 0 && { failure: errors.map((error) => error.trim()).join("\n") }),
  };
}

/** Providers by what resources call them, each made once. */
function providersOf(steps: readonly Step[]): (reference: string) => Provider {
  const inputs = new Map<string, Properties>();
  for (const { urn, old, new: next } of steps) {
    if (urn.includes("::pulumi:providers:")) inputs.set(urn, propertiesFrom((next ?? old)?.inputs));
  }
  const made = new Map<string, Provider>();
  return (reference) => {
    const provider = made.get(reference) ?? providerOf(reference, inputs);
    made.set(reference, provider);
    return provider;
  };
}

interface Entry {
  readonly urn: string;
  readonly steps: readonly string[];
  readonly effect: Effect;
  readonly old: State | undefined;
  readonly new: State | undefined;
  readonly changed: readonly string[];
  readonly replacing: readonly string[];
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

/** The steps that speak of what goes: whatever they say of afterwards is not there then. */
const GOING = new Set(["delete", "delete-replaced"]);

function merged(entry: Entry | undefined, step: Step, effect: Effect): Entry {
  const { op, urn, old, new: said, changed, replacing } = step;
  const next = GOING.has(op) ? undefined : said;
  if (entry === undefined || entry.effect === "refresh") {
    return { urn, steps: [...(entry?.steps ?? []), op], effect, old, new: next, changed, replacing };
  }
  return {
    urn,
    steps: [...entry.steps, op],
    effect: effect === "refresh" || effect === "same" ? entry.effect : effect,
    old: entry.old ?? old,
    new: next ?? entry.new,
    changed: [...new Set([...entry.changed, ...changed])],
    replacing: [...new Set([...entry.replacing, ...replacing])],
  };
}

function changeOf(entry: Entry, provider: (reference: string) => Provider): Change | undefined {
  const { urn, steps, effect, old, new: next, changed, replacing } = entry;
  if ([old, next].some((state) => state?.external)) return undefined;

  const type = typeOf(urn);
  const kind = effect === "refresh" ? (next === undefined ? "delete" : "update") : (effect as ChangeKind);
  const existed = kind !== "create" && kind !== "import" && !old?.pendingReplacement;
  const exists = kind !== "delete";
  const side = (state: State | undefined, more: { readonly previous?: State; readonly standing?: State } = {}) =>
    sideOf({ urn, type, state, ...more, changed, kept: kind === "update" || kind === "same", provider });
  return {
    urn,
    type,
    name: nameOf(urn),
    kind,
    steps,
    changed,
    replacing,
    ...(existed && { before: side(old ?? next) }),
    ...(exists && { after: after() }),
    unshown: (existed && !(old ?? next)) || (exists && !next && kind !== "same"),
  };

  function after(): Resource {
    if (kind === "same") return side(next ?? old, old && { standing: old });
    return side(next, kind === "create" || old === undefined ? {} : { previous: old });
  }
}
