import { readPlan } from "../plan/read.ts";
import { describe } from "../policy/model/describe.ts";
import { Model } from "../policy/model/model.ts";
import { RULES } from "../policy/rules/index.ts";
import { review } from "../policy/verdict.ts";
import { processorSeconds } from "./processor.ts";

/** What judging a number of resources took, in seconds of one processor. */
export interface Judging {
  readonly resources: number;
  readonly seconds: number;
}

/** Judges as many copies as asked for of a state that has one, by all rules. The copies differ in their names, as those do that a program makes. */
export function judging(state: string, copies: number): Judging {
  const one = JSON.parse(state) as ExportedState;
  const others = Array.from({ length: copies - 1 }, (_, index) =>
    (JSON.parse(state.replaceAll("copy-1", `copy-${index + 2}`)) as ExportedState).deployment.resources.filter(
      ({ urn }) => urn.includes(`copy-${index + 2}`),
    ),
  );
  const resources = [...one.deployment.resources, ...others.flat()];
  const descriptions = describe(readPlan(new TextEncoder().encode(JSON.stringify({ deployment: { resources } }))));
  const started = processorSeconds();
  review({ rules: RULES, model: new Model(descriptions), waivers: [], today: "2026-11-24" });
  return { resources: descriptions.length, seconds: processorSeconds() - started };
}

/** What `pulumi stack export` writes. */
interface ExportedState {
  readonly deployment: { readonly resources: readonly { readonly urn: string }[] };
}
