import type { ArchitectureSettings } from "../architectures.ts";
import { MOST_ADDRESSES } from "../budget.ts";
import { shown } from "../problems.ts";
import type { Rule } from "./rule.ts";

const monthlyUsd = ["budget", "monthlyUsd"];
const own = ["budget", "emails"];
const alarms = ["monitoring", "emails"];

/** Whom a budget tells: those who are told of alarms, where there are alarms. */
export const toldOfBudget = (settings: ArchitectureSettings): readonly string[] =>
  settings.architecture === "secured" ? settings.monitoring.emails : settings.budget.emails;

export const budgetRules: readonly Rule[] = [
  {
    // Where the first address is wrong, it is said of that one, and not that there is none.
    needs: [monthlyUsd, [...own, 0], [...alarms, 0]],
    check: (settings) => {
      if (settings.budget.monthlyUsd === undefined) return undefined;
      const path = settings.architecture === "secured" ? alarms : own;
      const { length } = toldOfBudget(settings);
      if (length === 0) {
        return {
          path,
          complaint: `is [], but budget.monthlyUsd is ${settings.budget.monthlyUsd}: a budget that tells nobody is none.`,
          fix: { set: [...path, 0], to: "operations@example.com" },
        };
      }
      if (length <= MOST_ADDRESSES) return undefined;
      return {
        path,
        complaint: `has ${length} addresses. With budget.monthlyUsd it must have ${MOST_ADDRESSES} at most: AWS Budgets tells no more.`,
        fix: { remove: monthlyUsd },
      };
    },
  },
  {
    needs: [monthlyUsd, own],
    check: ({ budget }) => {
      if (budget.monthlyUsd !== undefined || !("emails" in budget) || budget.emails.length === 0) return undefined;
      return {
        path: own,
        complaint: `is ${shown(budget.emails)}, but there is no budget to tell of without budget.monthlyUsd.`,
        fix: { remove: own },
      };
    },
  },
];
