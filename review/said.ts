import { z } from "zod";
import type { Plan } from "../plan/plan.ts";
import type { Properties } from "../plan/values.ts";
import type { Coverage, Hop, Pitfall } from "./document.ts";

const Pitfalls = z.array(
  z.object({
    name: z.string(),
    severity: z.enum(["high", "medium", "low"]),
    present: z.boolean(),
    waived: z.boolean(),
    because: z.string(),
    resources: z.array(z.string()),
    removedBy: z.array(z.object({ setting: z.string(), rule: z.string(), to: z.string() })),
  }),
);
const Hops = z.array(z.object({ from: z.string(), to: z.string(), encrypted: z.boolean(), by: z.string() }));
const Alarms = z.array(z.object({ resource: z.string(), alarms: z.array(z.string()), gaps: z.array(z.string()) }));

/** What a program says of itself. */
export interface Said {
  readonly pitfalls?: readonly Omit<Pitfall, "monthly">[];
  readonly hops?: readonly Hop[];
  readonly alarms?: readonly Coverage[];
  /** What it does not say, and why, as sentences. */
  readonly lacks: readonly string[];
}

const STACK = "pulumi:pulumi:Stack";

/**
 * Reads the outputs `review` and `monitoring` of the stack, as docs/pitfalls.md and docs/alarms.md describe them. A preview as one document has the outputs
 * of the last update only; the engine's events of a preview have those of the change. @param events of the same preview
 */
export function saidIn(plan: Plan, events: Plan | undefined): Said {
  const outputs = outputsOf(events ?? plan);
  const review = group(outputs.review);
  const pitfalls = Pitfalls.safeParse(review.pitfalls).data;
  const hops = Hops.safeParse(review.hops).data;
  const alarms = Alarms.safeParse(group(outputs.monitoring).coverage).data;
  const missing = [
    ...(pitfalls ? [] : ["pitfalls"]),
    ...(hops ? [] : ["the encryption of hops"]),
    ...(alarms ? [] : ["the coverage by alarms"]),
  ];
  const told = missing.length < 3;
  return {
    ...(pitfalls && { pitfalls }),
    ...(hops && { hops }),
    ...(alarms && { alarms }),
    lacks: [
      ...(missing.length > 0 ? [`The plan does not tell ${listed(missing)}: the stack has no such output in it.`] : []),
      // A program that did not finish has not said anything new, but the engine shows what it said before.
      ...(told && plan.failure !== undefined
        ? ["Pitfalls, hops and alarms may be those of the last update: the preview failed."]
        : []),
      ...(told && plan.failure === undefined && events === undefined && plan.linked
        ? ["Pitfalls, hops and alarms are those of the last update: this form of a preview has no new outputs."]
        : []),
    ],
  };
}

function outputsOf({ changes }: Plan): Properties {
  const stack = changes.find(({ type }) => type === STACK);
  return (stack?.after ?? stack?.before)?.outputs ?? {};
}

const group = (value: unknown): Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : {};

const listed = (names: readonly string[]): string =>
  names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
