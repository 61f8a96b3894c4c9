import path from "node:path";
import { checkBudgets, holdsFor, type Verdict } from "../cost/budget/check.ts";
import { readBudgets } from "../cost/budget/schema.ts";
import type { CostEstimate } from "../cost/estimate.ts";
import type { Plan } from "../plan/plan.ts";
import { nameOf } from "../plan/urn.ts";
import type { Costs, HeldLimit } from "./budgets.ts";
import type { Thresholds } from "./thresholds.ts";

interface Known {
  /** Whether the plan says what there is before, so that increases can be told. */
  readonly past: boolean;
}

/**
 * Holds a stack to its budgets, as `make cost` does: the same files, the same prices. Nothing is priced, and no price loaded, where no budget holds for
 * the stack. Throws a Refusal where a file is not what it should be.
 */
export async function costsOf(
  plan: Plan,
  { budgetFile, usageFile }: Pick<Thresholds, "budgetFile" | "usageFile">,
  { past }: Known,
): Promise<Costs> {
  const budgets = readBudgets(fromHere(budgetFile)).filter((budget) => holdsFor(budget, plan.stack));
  if (budgets.length === 0) return [];
  const [{ costOf }, { readUsage }, { comparisonText }] = await Promise.all([
    import("../cost/estimate.ts"),
    import("../cost/usage/usage.ts"),
    import("../cost/report/notes.ts"),
  ]);
  const estimate = await costOf(plan, { usage: await readUsage(fromHere(usageFile)) });
  const verdicts = checkBudgets(budgets, estimate).filter(({ limit }) => past || !INCREASES.has(limit));
  const unpriced = verdicts.filter(({ limit }) => SHARES.has(limit));
  const isAccepted = unpriced.length > 0 && unpriced.every(({ exceeded }) => !exceeded);
  const gap = isAccepted ? undefined : gapOf(estimate);
  return verdicts.map((verdict) => held(verdict, `the budget ${comparisonText(verdict)}`, openBy(verdict, gap, plan)));
}

const INCREASES: ReadonlySet<string> = new Set(["increase", "increasePercent"]);
const SHARES: ReadonlySet<string> = new Set(["unknownLines", "unknownPercent"]);

const fromHere = (file: string): string => path.resolve(import.meta.dirname, file);

/** What is exceeded by what has a price is exceeded, whatever the rest costs. */
function held({ limit, action, exceeded }: Verdict, comparison: string, open: string | undefined): HeldLimit {
  const denies = action === "deny";
  if (exceeded || open === undefined) {
    return { limit, denies, outcome: exceeded ? "exceeded" : "kept", said: comparison };
  }
  return { limit, denies, outcome: "unknown", said: open };
}

/** Why nobody can tell whether a limit is kept. What has no price is in no sum. */
function openBy({ limit }: Verdict, gap: string | undefined, { unlisted }: Plan): string | undefined {
  if (SHARES.has(limit)) return undefined;
  if (unlisted > 0 && limit !== "increase") {
    return `the preview does not show ${unlisted} resources that stay the same: make it with --show-sames`;
  }
  return gap;
}

function gapOf({ total, lines, resources }: CostEstimate): string | undefined {
  const [first] = resources.flatMap(({ urn, lines: own }) =>
    own.flatMap((line) =>
      line.kind === "unknown" && line.side !== "before" ? `${nameOf(urn)}: ${line.item}: ${line.reason}` : [],
    ),
  );
  if (first === undefined) return undefined;
  const count = total.after.unknown;
  const more = count > 1 ? `, and ${count - 1} more` : "";
  return `${count} of ${lines} lines have no price, which is more than a budget accepts: ${first}${more}`;
}
