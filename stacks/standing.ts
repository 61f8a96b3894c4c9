import * as pulumi from "@pulumi/pulumi";
import type { Roles } from "../components/database.ts";
import { FIRST_SLOT, type Role, type Slot } from "../components/database-instance.ts";
import { describe, type Problem, shown } from "./settings/problems.ts";
import type { Place } from "./settings.ts";

/** A database instance that stands in the account. */
export interface StandingInstance {
  readonly slot: Slot;
  /** What the last update that got through made of it. */
  readonly role: Role | undefined;
  /** Whom it follows. Without anybody it takes writes from whoever reaches it. */
  readonly source: Slot | undefined;
}

export interface Wanted {
  readonly promote: Slot;
  readonly replicas: number;
  /** Whether what took the writes before becomes a reader. */
  readonly rejoin: boolean;
}

/**
 * Who does what, by what is wanted and what stands.
 *
 * A promotion cannot be taken back, and two instances that both took writes can never be one again. So the configuration alone does not decide: only a
 * replica that follows the present writer can become the next one, and what took writes before is fenced, for one update at least.
 *
 * @throws RunError if the wanted writer cannot be one
 */
export function rolesOf(wanted: Wanted, standing: readonly StandingInstance[], { project, stack }: Place): Roles {
  const problem = unfitWriter(wanted.promote, standing);
  if (problem) throw new pulumi.RunError(describe(project, stack, [problem]));

  const replicas = Array.from({ length: wanted.replicas }, (_, index) => `replica-${index + 1}`);
  const others = [FIRST_SLOT, ...replicas].filter((slot) => slot !== wanted.promote);
  const isFenced = (slot: Slot) => {
    const found = standing.find((instance) => instance.slot === slot);
    return found !== undefined && isAlone(found) && !(wanted.rejoin && found.role === "fenced");
  };
  return {
    writer: wanted.promote,
    readers: others.filter((slot) => !isFenced(slot)),
    fenced: others.filter(isFenced),
  };
}

const isAlone = ({ source }: StandingInstance): boolean => source === undefined;

const path = ["database", "promote"];
const set = (to: Slot) => ({ set: path, to });

function unfitWriter(promote: Slot, standing: readonly StandingInstance[]): Problem | undefined {
  if (standing.length === 0) {
    if (promote === FIRST_SLOT) return undefined;
    const complaint = `is ${shown(promote)}, but there is no database yet, and it starts with its ${FIRST_SLOT}.`;
    return { path, complaint, fix: set(FIRST_SLOT) };
  }
  const next = standing.find(({ slot }) => slot === promote);
  // A fenced one counts only while nobody has taken its place, which is so when a promotion did not get through.
  const present = standing.find((instance) => isAlone(instance) && instance.role !== "fenced" && instance !== next);
  if (next === undefined) {
    const complaint = `is ${shown(promote)}, which is not there. Only a replica that follows the writer can be promoted.`;
    return { path, complaint, fix: set(present?.slot ?? FIRST_SLOT) };
  }
  if (present === undefined || next.source === present.slot) return undefined;
  const complaint = isAlone(next)
    ? `is ${shown(promote)}, but ${present.slot} takes the writes, and ${promote} does not have them.`
    : `is ${shown(promote)}, which follows ${next.source}, but ${present.slot} takes the writes.`;
  return { path, complaint, fix: set(present.slot) };
}
