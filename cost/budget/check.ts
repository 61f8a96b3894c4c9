import type { Money } from "../money.ts";
import { type Budget, LIMITS, type Limit } from "./schema.ts";

/** One limit of a budget, held against an estimate. */
export interface Verdict {
  readonly budget: string;
  readonly limit: Limit;
  readonly action: "warn" | "deny";
  readonly allowed: number;
  /** In the unit of the limit. */
  readonly actual: number;
  readonly exceeded: boolean;
}

export interface Estimated {
  readonly stack: string;
  readonly total: { readonly before: Money; readonly after: Money; readonly difference: Money };
  /** Lines after the change that cost something or may. */
  readonly lines: number;
}

/** Holds the budgets of a stack against its estimate, limit by limit. */
export function checkBudgets(budgets: readonly Budget[], estimated: Estimated): readonly Verdict[] {
  return budgets
    .filter((budget) => holdsFor(budget, estimated.stack))
    .flatMap((budget) => LIMITS.flatMap((limit) => verdictOf(budget, limit, estimated) ?? []));
}

export const holdsFor = ({ stack }: Budget, name: string): boolean => stack === undefined || stack === name;

export const isDenied = (verdicts: readonly Verdict[]): boolean =>
  verdicts.some(({ action, exceeded }) => exceeded && action === "deny");

function verdictOf(budget: Budget, limit: Limit, estimated: Estimated): Verdict | undefined {
  const allowed = budget[limit];
  const actual = ACTUAL[limit](estimated, budget.usage);
  if (allowed === undefined || actual === undefined) return undefined;
  // A tenth of a cent is the noise of adding up.
  const exceeded = actual > allowed + 0.001;
  return { budget: budget.name, limit, action: budget.action, allowed, actual, exceeded };
}

const ACTUAL: Readonly<Record<Limit, (estimated: Estimated, usage: Budget["usage"]) => number | undefined>> = {
  total: ({ total }, usage) => total.after.fixed + total.after.usage[usage],
  increase: ({ total }, usage) => total.difference.fixed + total.difference.usage[usage],
  increasePercent: ({ total: { before, difference } }, usage) => {
    const base = before.fixed + before.usage[usage];
    return base > 0 ? (100 * (difference.fixed + difference.usage[usage])) / base : undefined;
  },
  unknownLines: ({ total }) => total.after.unknown,
  unknownPercent: ({ total, lines }) => (lines === 0 ? 0 : (100 * total.after.unknown) / lines),
};
