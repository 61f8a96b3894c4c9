import { decode } from "./decode.ts";
import { planOfEvents } from "./events.ts";
import type { Plan } from "./plan.ts";
import { planOfPreview } from "./preview.ts";
import { Refusal } from "./refusal.ts";
import { planOfCheckpoint, planOfExport } from "./state.ts";

export interface ReadOptions {
  /** Whether a preview that failed is read as far as it came, with {@link Plan.failure}. @default false: it is refused */
  readonly failed?: boolean;
}

type Reader = (json: unknown) => Plan;

/** Which document it is, by what only that one has. */
const READERS: readonly (readonly [key: string, reader: Reader])[] = [
  ["deployment", planOfExport],
  ["checkpoint", planOfCheckpoint],
  ["steps", planOfPreview],
  ["changeSummary", planOfPreview],
  ["diagnostics", planOfPreview],
  ["sequence", (json) => planOfEvents([json])],
  ["resourcePlans", refuse("This is an update plan (`--save-plan`), which has only what changes of each resource")],
  ["plan", refuse("This is an update plan (`--save-plan`), which has only what changes of each resource")],
  ["resource_changes", refuse("This is a Terraform plan")],
  ["planned_values", refuse("This is a Terraform plan")],
];

/** Reads a preview or a state, in any of the forms that Pulumi writes. Throws a {@link Refusal} that says what is wrong with the input. */
export function readPlan(bytes: Uint8Array, { failed = false }: ReadOptions = {}): Plan {
  const plan = planIn(bytes);
  if (plan.failure === undefined || failed) return plan;
  // It shows only what came before the failure.
  throw new Refusal(`The preview failed, so what it shows is not the whole change:\n${plan.failure.trim()}`);
}

function planIn(bytes: Uint8Array): Plan {
  const content = decode(bytes);
  if ("lines" in content) return planOfEvents(content.lines);
  const { document } = content;
  if (Array.isArray(document)) return planOfEvents(document);
  const keys = Object.keys(document as object);
  const reader = READERS.find(([key]) => keys.includes(key))?.[1];
  if (reader !== undefined) return reader(document);
  throw new Refusal(
    `This is JSON, but neither a preview nor a state of Pulumi. Its keys: ${keys.slice(0, 10).join(", ") || "none"}. ${USE}`,
  );
}

const USE = "Use what `pulumi preview --json --show-sames` or `pulumi stack export` prints.";

function refuse(what: string): Reader {
  return () => {
    throw new Refusal(`${what}. ${USE}`);
  };
}
