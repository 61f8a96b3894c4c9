import test from "ava";
import { thresholdsOf } from "../../policy/configuration.ts";
import { judge } from "../../policy/judge.ts";
import { Model } from "../../policy/model/model.ts";
import type { Description } from "../../policy/model/resource.ts";
import { RULES } from "../../policy/rules/index.ts";
import { CASES } from "./cases/index.ts";
import { modes, mutated, productionStack } from "./production.ts";

const STACKS = await Promise.all(modes.map(async (mode) => [mode, await productionStack(mode)] as const));

const contextOf = (stack: readonly Description[]) =>
  ({ model: new Model(stack), environment: "production", thresholds: thresholdsOf("production") }) as const;

/** What is violated, as "rule: logical name". */
function violated(stack: readonly Description[]): ReadonlySet<string> {
  const context = {
    model: new Model(stack),
    environment: "production",
    thresholds: thresholdsOf("production"),
  } as const;
  const violations = judge(RULES, context).filter(({ outcome }) => outcome.kind === "violation");
  return new Set(violations.map(({ rule, resource }) => `${rule.name}: ${resource.name}`));
}

for (const [mode, stack] of STACKS) {
  const unchanged = violated(stack);

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
    test(`${rule.name} is what breaks when production is changed, with values ${mode}`, (t) => {
      const first = mutation.after?.reduce(mutated, stack);
      const before = first ? violated(first) : unchanged;
      const found = [...violated(mutated(first ?? stack, mutation))].filter((each) => !before.has(each));
      t.deepEqual(found.sort(), [...mutation.found].sort());
    });
  }
}
