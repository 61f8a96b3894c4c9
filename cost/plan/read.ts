import { Refusal } from "../refusal.ts";
import { decode } from "./decode.ts";
import { planOfEvents } from "./events.ts";
import type { Plan } from "./plan.ts";
import { planOfPreview } from "./preview.ts";
import { planOfCheckpoint, planOfExport } from "./state.ts";

export interface ReadOptions {
  /** Where resources are of which the plan does not say it. @default - they cannot be priced */
  readonly region?: string | undefined;
}

type Reader = (json: unknown, region: string | undefined) => Plan;

/** Which document it is, by what only that one has. */
const READERS: readonly (readonly [key: string, reader: Reader])[] = [
  ["deployment", planOfExport],
  ["checkpoint", planOfCheckpoint],
  ["steps", planOfPreview],
  ["changeSummary", planOfPreview],
  ["diagnostics", planOfPreview],
  ["sequence", (json, region) => planOfEvents([json], region)],
  ["resourcePlans", refuse("This is an update plan (`--save-plan`), which has only what changes of each resource")],
  ["plan", refuse("This is an update plan (`--save-plan`), which has only what changes of each resource")],
  ["resource_changes", refuse("This is a Terraform plan")],
  ["planned_values", refuse("This is a Terraform plan")],
];

/** Reads a preview or a state, in any of the forms that Pulumi writes. Throws a {@link Refusal} that says what is wrong with the input. */
export function readPlan(bytes: Uint8Array, { region }: ReadOptions = {}): Plan {
  const content = decode(bytes);
  if ("lines" in content) return planOfEvents(content.lines, region);
  const { document } = content;
  if (Array.isArray(document)) return planOfEvents(document, region);
  const keys = Object.keys(document as object);
  const reader = READERS.find(([key]) => keys.includes(key))?.[1];
  if (reader !== undefined) return reader(document, region);
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
