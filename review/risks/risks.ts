import type { Change, Resource } from "../../plan/plan.ts";
import { isReal } from "../changes.ts";
import type { Risk } from "../document.ts";
import { isHarmless } from "./harmless.ts";
import { interruptionOf } from "./interruptions.ts";
import { sentences } from "./loss.ts";
import { lossOf, weightOf } from "./losses.ts";
import { type Disturbance, UPDATES } from "./updates.ts";

type Going = Change & { readonly kind: "replace" | "delete"; readonly before: Resource };
type Updated = Change & { readonly kind: "update"; readonly before: Resource; readonly after: Resource };

const LEVELS: readonly Risk["level"][] = ["loss", "unknown", "interruption"];

/** What a change takes away or interrupts: by level, losses by weight, and then in the order of the plan. */
export function risksOf(changes: readonly Change[]): readonly Risk[] {
  const risks = changes.filter(isReal).flatMap((change): readonly Risk[] => {
    if (isGoing(change)) return goingRisk(change);
    return isUpdated(change) ? updateRisk(change) : [];
  });
  const rank = ({ level, type }: Risk) => [LEVELS.indexOf(level), level === "loss" ? weightOf(type) : 0] as const;
  return risks.toSorted((one, other) => rank(one)[0] - rank(other)[0] || rank(one)[1] - rank(other)[1]);
}

const isGoing = (change: Change): change is Going =>
  (change.kind === "replace" || change.kind === "delete") && change.before !== undefined;

const isUpdated = (change: Change): change is Updated =>
  change.kind === "update" && change.before !== undefined && change.after !== undefined;

function goingRisk(change: Going): readonly Risk[] {
  const { urn, type, name, kind, before, replacing } = change;
  const felt = feltOf(change);
  if (felt === undefined) return [];
  const refused = before.options.protect ? ["It is protected: the engine refuses the update."] : [];
  const { level, lost, safeguards } = felt;
  return [{ level, urn, type, name, kind, lost, safeguards: [...refused, ...safeguards], because: replacing }];
}

function feltOf(change: Going): Pick<Risk, "level" | "lost" | "safeguards"> | undefined {
  const { type, before } = change;
  const { retainOnDelete } = before.options;
  const loss = lossOf(type);
  const copy = loss?.copy?.(before);
  const interruption = copy === undefined ? interruptionOf(type) : { lost: copy };
  if (loss && retainOnDelete) {
    return loss.isEntry ? undefined : { level: "interruption", lost: RETAINED, safeguards: [] };
  }
  if (loss && copy === undefined) {
    return { level: "loss", lost: loss.lost, safeguards: sentences(loss.safeguards ?? [], before) };
  }
  if (interruption) {
    const safeguards = sentences(interruption.safeguards ?? [], before);
    return { level: "interruption", lost: interruption.lost, safeguards: [...safeguards, ...madeFirst(change)] };
  }
  if (isHarmless(type) || retainOnDelete) return undefined;
  return { level: "unknown", lost: UNKNOWN, safeguards: [] };
}

const UNKNOWN = "What this type holds is not known here: read what AWS or its provider says of its deletion.";
const RETAINED = "Nothing: it leaves the stack and stays in the account.";

/** What has a name that the program chose can have no other beside it: the provider refuses, or the old one goes first. */
function madeFirst({ kind, before, steps }: Going): readonly string[] {
  if (kind === "delete" || before.options.deleteBeforeReplace || before.given.name !== undefined) return [];
  const [made, gone] = ["create-replacement", "delete-replaced"].map((op) => steps.indexOf(op));
  return gone !== undefined && made !== undefined && gone >= 0 && gone < made
    ? []
    : ["The new one is made before the old one goes."];
}

/** One risk of all that an update of a resource interrupts. */
function updateRisk({ urn, type, name, kind, changed, before, after }: Updated): readonly Risk[] {
  const roots = new Set(changed.map((path) => /^[^.[]+/.exec(path)?.[0] ?? path));
  const isFelt = ({ properties, if: does }: Disturbance) =>
    properties.some((property) => roots.has(property)) && (does?.(before, after) ?? true);
  const own = (Object.hasOwn(UPDATES, type) ? (UPDATES[type] ?? []) : []).filter(isFelt);
  if (own.length === 0) return [];
  return [
    {
      level: "interruption",
      urn,
      type,
      name,
      kind,
      lost: unique(own.map(({ happens }) => (typeof happens === "string" ? happens : happens(after)))).join(" "),
      safeguards: unique(own.flatMap(({ safeguards = [] }) => sentences(safeguards, after))),
      because: own.flatMap(({ properties }) => properties.filter((property) => roots.has(property))),
    },
  ];
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
