import { z } from "zod";
import type { Plan } from "./plan.ts";
import { Refusal } from "./refusal.ts";
import { State, shaped } from "./shape.ts";
import { planOf } from "./steps.ts";

const Deployment = z.looseObject({ resources: z.array(State).nullish() });

const Exported = z.looseObject({ deployment: Deployment });
const Checkpoint = z.looseObject({ checkpoint: z.looseObject({ latest: Deployment.nullish() }) });

/** Reads what `pulumi stack export` prints: a stack as it stands, which nothing changes. */
export function planOfExport(json: unknown): Plan {
  return planOfStates(shaped(Exported, json, "an exported state").deployment.resources ?? []);
}

/** Reads a stack's file in a backend of files. */
export function planOfCheckpoint(json: unknown): Plan {
  return planOfStates(shaped(Checkpoint, json, "a checkpoint").checkpoint.latest?.resources ?? []);
}

function planOfStates(states: readonly State[]): Plan {
  if (states.length === 0) throw new Refusal("This state has no resources: there is nothing to look at.");
  // What is about to be deleted stands until the next update.
  const steps = states.map((state) => ({
    op: "same",
    urn: state.urn,
    old: state,
    new: state,
    changed: [],
    replacing: [],
  }));
  return planOf({ steps, config: {}, sames: undefined, linked: true, warnings: [], errors: [] });
}
