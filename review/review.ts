import { checkBudgets } from "../cost/budget/check.ts";
import type { Budget } from "../cost/budget/schema.ts";
import { costOf } from "../cost/estimate.ts";
import type { Usage } from "../cost/usage/usage.ts";
import type { Plan } from "../plan/plan.ts";
import { Refusal } from "../plan/refusal.ts";
import { environmentOf } from "../policy/configuration.ts";
import { describe } from "../policy/model/describe.ts";
import { Model } from "../policy/model/model.ts";
import { RULES } from "../policy/rules/index.ts";
import { review as judged } from "../policy/verdict.ts";
import { dayOf, type Waiver } from "../policy/waivers.ts";
import { changesOf } from "./changes.ts";
import type { CostReview, Review } from "./document.ts";
import type { Gates } from "./gates.ts";
import { pricedPitfalls } from "./pitfalls.ts";
import { risksOf } from "./risks/risks.ts";
import { saidIn } from "./said.ts";
import { verdictOf } from "./verdict.ts";

export interface ReviewOptions {
  readonly gates: Gates;
  readonly budgets: readonly Budget[];
  readonly usage: Usage;
  readonly waivers: readonly Waiver[];
  /** The engine's events of the same preview, which have the new outputs of the stack. @default what the plan has of them */
  readonly events?: Plan | undefined;
  /** Where resources are of which the plan does not say it. @default - they cannot be priced */
  readonly region?: string | undefined;
  /** When the bill is for, and which waivers still hold. @default now */
  readonly date?: Date | undefined;
}

/** Reviews a plan, also one that failed. Throws a Refusal where the events are those of another stack, or the usage does not fit. */
export async function reviewOf(told: Plan, options: ReviewOptions): Promise<Review> {
  const { gates, events, date = new Date() } = options;
  if (events && events.stack !== told.stack) {
    throw new Refusal(
      `The events are of the stack ${events.stack}, the preview is of ${told.stack}: give those of the same preview.`,
    );
  }
  // Where a policy of the engine stops a preview, its events alone say which.
  const plan = events?.failure === undefined ? told : { ...told, failure: events.failure };
  const { lacks, pitfalls, ...said } = saidIn(plan, events);
  const whole = plan.failure === undefined;
  const cost = whole ? await costReview(plan, options, date) : undefined;
  const policy = whole ? policyReview(plan, options, date) : undefined;
  const risks = risksOf(plan.changes);
  return {
    project: plan.changes[0]?.urn.split("::")[1] ?? "",
    stack: plan.stack,
    environment: environmentOf(plan.stack),
    date: dayOf(date),
    verdict: verdictOf({ plan, risks, policy, cost }, gates),
    plan,
    risks,
    tiers: changesOf(plan.changes),
    ...said,
    ...(pitfalls && { pitfalls: pricedPitfalls(pitfalls, cost?.estimate.decisions ?? []) }),
    ...(policy && { policy }),
    ...(cost && { cost }),
    lacks: [
      ...(whole
        ? []
        : ["The preview failed, so that the plan is not the whole change: it is neither priced nor judged."]),
      ...(plan.linked ? [] : ["Events do not tell what depends on what: some policies cannot decide."]),
      ...unlisted(plan),
      ...lacks,
    ],
  };
}

const unlisted = ({ unlisted: count }: Plan): string[] =>
  count === 0 ? [] : [`${count} resources that stay the same are not in the preview: make it with --show-sames.`];

async function costReview(plan: Plan, { budgets, usage, region }: ReviewOptions, date: Date): Promise<CostReview> {
  const estimate = await costOf(plan, { usage, region, date });
  return { estimate, budgets: checkBudgets(budgets, estimate) };
}

/** Budgets have a gate of their own, so no rule is asked about costs. */
function policyReview(plan: Plan, { waivers }: ReviewOptions, date: Date) {
  return judged({ rules: RULES, model: new Model(describe(plan), plan), waivers, today: dayOf(date) });
}
