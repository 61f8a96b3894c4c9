import { Budget } from "../components/budget.ts";
import type { Tagger } from "../components/tagger.ts";
import type { ArchitectureSettings } from "./settings/architectures.ts";
import { toldOfBudget } from "./settings/rules/budget.ts";
import type { Place } from "./settings.ts";

/** The budget of a stack, where one is asked for. It counts what has the tags of the stack. */
export function budgetOf(settings: ArchitectureSettings, { project, stack }: Place, tags: Tagger): Budget | undefined {
  const { monthlyUsd, thresholdsPercent } = settings.budget;
  if (monthlyUsd === undefined) return undefined;
  return new Budget("budget", {
    monthlyUsd,
    thresholdsPercent,
    emails: toldOfBudget(settings),
    counts: { project, environment: stack },
    tags,
  });
}
