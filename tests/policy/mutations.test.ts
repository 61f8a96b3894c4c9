import test from "ava";
import { thresholdsOf } from "../../policy/configuration.ts";
import { judge } from "../../policy/judge.ts";
import { Model } from "../../policy/model/model.ts";
import type { Description } from "../../policy/model/resource.ts";
import { RULES } from "../../policy/rules/index.ts";
import { CASES } from "./cases/index.ts";
import { modes, mutated, productionStack, seenIn } from "./production.ts";

const PRODUCTION = await productionStack();

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

for (const mode of modes) {
  const stack = seenIn(mode, PRODUCTION);
  const unchanged = violated(stack);

  test(`production breaks nothing mandatory, with values ${mode}`, (t) => {
    const judgements = judge(RULES, contextOf(stack));
    const broken = judgements.filter(
      ({ rule, outcome }) => outcome.kind === "violation" && rule.level.production === "mandatory",
    );
    t.deepEqual(
      broken.map(({ rule, resource }) => `${rule.name}: ${resource.name}`),
      [],
    );
    const undecided = judgements.flatMap(({ outcome }) => (outcome.kind === "undecidable" ? [outcome.property] : []));
    // Documents have ARNs in them, which AWS makes: without those the whole document is not known.
    t.deepEqual([...new Set(undecided)].sort(), mode === "known" ? [] : ["policy", "userData"]);
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
