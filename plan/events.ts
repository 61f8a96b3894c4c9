import { z } from "zod";
import type { Plan } from "./plan.ts";
import { Refusal } from "./refusal.ts";
import { Config, Diagnostic, State, shaped } from "./shape.ts";
import { planOf, type Step } from "./steps.ts";

const Keys = z.array(z.string()).nullish();

const Metadata = z.looseObject({
  op: z.string(),
  urn: z.string(),
  old: State.nullish(),
  new: State.nullish(),
  keys: Keys,
  diffs: Keys,
});

const Resource = z.looseObject({ metadata: Metadata }).optional();

const Event = z.looseObject({
  preludeEvent: z.looseObject({ config: Config }).optional(),
  resourcePreEvent: Resource,
  resOutputsEvent: Resource,
  resOpFailedEvent: Resource,
  diagnosticEvent: Diagnostic.optional(),
  policyEvent: z.looseObject({ policyName: z.string(), message: z.string(), enforcementLevel: z.string() }).optional(),
  summaryEvent: z.looseObject({ result: z.string().nullish() }).optional(),
});

/**
 * Reads the events of the engine, as the streaming form of `pulumi preview --json`, an event log and the Automation API have them. Source:
 * pulumi/pulumi, EngineEvent in sdk/go/common/apitype. Events do not say which input comes from which resource.
 */
export function planOfEvents(json: readonly unknown[]): Plan {
  const steps = new Map<string, Step>();
  const errors: string[] = [];
  const warnings: string[] = [];
  let config: Readonly<Record<string, unknown>> = {};
  let ended = false;
  for (const [index, one] of json.entries()) {
    const event = shaped(Event, one, `the engine's event ${index + 1}`);
    config = event.preludeEvent?.config ?? config;
    if (event.diagnosticEvent?.severity === "error") errors.push(event.diagnosticEvent.message);
    if (event.diagnosticEvent?.severity === "warning") warnings.push(event.diagnosticEvent.message);
    if (event.policyEvent?.enforcementLevel === "mandatory") {
      errors.push(`The policy ${event.policyEvent.policyName} is violated: ${event.policyEvent.message}`);
    }
    if (event.resOpFailedEvent) errors.push(`${event.resOpFailedEvent.metadata.urn} failed.`);
    if (event.summaryEvent) {
      ended = true;
      if (event.summaryEvent.result === "failed" && errors.length === 0) errors.push("The engine does not say why.");
    }
    const metadata = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata;
    if (metadata) steps.set(`${metadata.op} ${metadata.urn} ${metadata.old?.id ?? ""}`, stepOf(metadata));
  }
  if (errors.length === 0 && !ended) {
    throw new Refusal("The events end before the engine's summary: the preview was cut off. Make it again.");
  }
  return planOf({
    steps: [...steps.values()],
    config,
    sames: undefined,
    linked: false,
    warnings,
    errors,
  });
}

/** The second event of a step has what the first one has, and the outputs. */
function stepOf({ op, urn, old, new: next, keys, diffs }: z.infer<typeof Metadata>): Step {
  return {
    op,
    urn,
    old: customised(old),
    new: customised(next),
    changed: [...new Set([...(keys ?? []), ...(diffs ?? [])])],
    replacing: keys ?? [],
  };
}

/** An event leaves out what is false, where other forms leave out what is not known. */
const customised = (state: State | null | undefined): State | undefined =>
  state ? { ...state, custom: state.custom ?? false } : undefined;
