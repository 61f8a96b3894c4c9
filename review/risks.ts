import type { Change, Resource } from "../plan/plan.ts";
import type { Risk } from "./document.ts";
import { INTERRUPTIONS, LOSSES, told } from "./losses.ts";

type Going = Change & { readonly kind: Risk["kind"]; readonly before: Resource };

/** What a change takes away: losses first, then what stands still; each in the order of the plan. */
export function risksOf(changes: readonly Change[]): readonly Risk[] {
  const risks = changes.filter(isGoing).flatMap((change) => riskOf(change) ?? []);
  return [...risks.filter(({ level }) => level === "loss"), ...risks.filter(({ level }) => level === "interruption")];
}

const isGoing = (change: Change): change is Going =>
  (change.kind === "replace" || change.kind === "delete") && change.before !== undefined;

function riskOf(change: Going): Risk | undefined {
  const { urn, type, name, kind, before, replacing } = change;
  const loss = LOSSES[type];
  const common = { urn, type, name, kind, because: replacing, safeguards: safeguardsOf(change) };
  if (loss && before.options.retainOnDelete) {
    return { level: "interruption", ...common, lost: "Nothing: it leaves the stack and stays in the account." };
  }
  if (type === "aws:rds/instance:Instance" && isReplica(before)) {
    return {
      level: "interruption",
      ...common,
      lost: "A replica: connections to it end. Its data is on what it follows.",
    };
  }
  if (loss) return { level: "loss", ...common, lost: loss.lost };
  const interrupted = INTERRUPTIONS[type];
  // What is made before the old one goes, and only leads somewhere, is there all the time.
  return interrupted === undefined ? undefined : { level: "interruption", ...common, lost: interrupted };
}

const isReplica = (before: Resource): boolean => {
  const source = before.inputs.replicateSourceDb ?? before.outputs.replicateSourceDb;
  return source !== undefined && source !== null && source !== "";
};

function safeguardsOf({ type, before, kind }: Going): readonly string[] {
  const { protect, deleteBeforeReplace } = before.options;
  return [
    ...(protect ? ["It is protected: the engine refuses the update."] : []),
    ...(LOSSES[type]?.safeguards(before) ?? []),
    ...(kind === "replace" && !deleteBeforeReplace && type in INTERRUPTIONS && told(before, "name") === undefined
      ? ["The new one is made before the old one goes."]
      : []),
  ];
}
