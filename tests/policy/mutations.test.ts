import test from "ava";
import type { Costs } from "../../policy/budgets.ts";
import { thresholdsOf } from "../../policy/configuration.ts";
import { judge } from "../../policy/judge.ts";
import { Model } from "../../policy/model/model.ts";
import type { Description } from "../../policy/model/resource.ts";
import { costRules } from "../../policy/rules/cost/index.ts";
import { RULES } from "../../policy/rules/index.ts";
import { CASES } from "./cases/index.ts";
import { pricedChange } from "./priced.ts";
import { modes, mutated, productionStack } from "./production.ts";

const STACKS = await Promise.all(modes.map(async (mode) => [mode, await productionStack(mode)] as const));

const contextOf = (stack: readonly Description[], costs?: Costs) =>
  ({ model: new Model(stack), environment: "production", thresholds: thresholdsOf("production"), costs }) as const;

/** What is violated, as "rule: logical name". */
function violated(stack: readonly Description[], costs?: Costs): ReadonlySet<string> {
  const violations = judge(RULES, contextOf(stack, costs)).filter(({ outcome }) => outcome.kind === "violation");
  return new Set(violations.map(({ rule, resource }) => `${rule.name}: ${resource.name}`));
}

for (const [mode, stack] of STACKS) {
  const unchanged = violated(stack);

  test(`production keeps its budget, with values ${mode}`, async (t) => {
    const held = await pricedChange(stack, stack);
    t.deepEqual(
      held.map(({ limit, outcome }) => `${limit} ${outcome}`),
      ["total kept", "increase kept", "unknownLines kept"],
    );
  });

  test(`production breaks nothing mandatory, and nothing of it is left open, with values ${mode}`, (t) => {
    const judgements = judge(RULES, contextOf(stack));
    const broken = judgements.filter(
      ({ rule, outcome }) => outcome.kind === "violation" && rule.level.production === "mandatory",
    );
    t.deepEqual(
      broken.map(({ rule, resource }) => `${rule.name}: ${resource.name}`),
      [],
    );
    const undecided = judgements.flatMap(({ outcome }) => (outcome.kind === "undecidable" ? [outcome.property] : []));
    t.deepEqual(undecided, []);
  });

  for (const rule of RULES) {
    const mutation = CASES[rule.name]?.mutation;
    if (!mutation) continue;
    test(`${rule.name} is what breaks when production is changed, with values ${mode}`, async (t) => {
      const first = mutation.after?.reduce(mutated, stack);
      const before = first ? violated(first) : unchanged;
      const changed = mutated(first ?? stack, mutation);
      // Pricing takes a while, so only what is to break a budget is priced.
      const costs = costRules.includes(rule) ? await pricedChange(stack, changed) : undefined;
      const found = [...violated(changed, costs)].filter((each) => !before.has(each));
      t.deepEqual(found.sort(), [...mutation.found].sort());
    });
  }
}
