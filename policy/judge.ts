import type { Context } from "./context.ts";
import type { Resource } from "./model/resource.ts";
import { UnknownProperty } from "./model/values.ts";
import type { Outcome, Rule } from "./rule.ts";

/** What a rule says of one resource. */
export interface Judgement {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly outcome: Exclude<Outcome, readonly unknown[]>;
}

/** Runs rules over all resources of a model. One that finds several things wrong with a resource gives a judgement for each. */
export function judge(rules: readonly Rule[], context: Context): Judgement[] {
  return rules.flatMap((rule) =>
    rule.types
      .flatMap((type) => context.model.all(type))
      .flatMap((resource) =>
        outcomes(rule, resource, context).map((outcome) => ({
          rule,
          resource: (outcome.kind === "violation" && outcome.resource) || resource,
          outcome,
        })),
      ),
  );
}

function outcomes(rule: Rule, resource: Resource, context: Context): Judgement["outcome"][] {
  try {
    const outcome = rule.check(resource, context);
    if (!Array.isArray(outcome)) return [outcome as Judgement["outcome"]];
    return outcome.length === 0 ? [{ kind: "passed" }] : [...outcome];
  } catch (error) {
    if (!(error instanceof UnknownProperty)) throw error;
    return [{ kind: "undecidable", property: error.property, reason: error.message }];
  }
}
