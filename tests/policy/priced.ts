/** What budgets say of a change of a stack, in us-east-1: see budget.yaml. */
import path from "node:path";
import type { Plan, Resource } from "../../plan/plan.ts";
import { providerAt } from "../../plan/provider.ts";
import type { Properties } from "../../plan/values.ts";
import type { Costs } from "../../policy/budgets.ts";
import { costsOf } from "../../policy/costs.ts";
import type { Description } from "../../policy/model/resource.ts";
import { THRESHOLDS } from "../../policy/thresholds.ts";
import { urnOf } from "./stack.ts";

const BUDGET = path.join(import.meta.dirname, "budget.yaml");

export function pricedChange(before: readonly Description[], after: readonly Description[]): Promise<Costs> {
  return costsOf(planOf(before, after), { ...THRESHOLDS, budgetFile: BUDGET }, { past: true });
}

function planOf(before: readonly Description[], after: readonly Description[]): Plan {
  const were = new Map(before.map((each) => [each.urn, resourceOf(each)]));
  const changes = after.map(resourceOf).map((resource) => ({
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    kind: "update" as const,
    steps: ["update"],
    changed: [],
    replacing: [],
    ...(were.has(resource.urn) && { before: were.get(resource.urn) as Resource }),
    after: resource,
    unshown: false,
  }));
  return { stack: "production", config: {}, changes, linked: true, unlisted: 0, warnings: [] };
}

const PROVIDER = providerAt(urnOf("pulumi:providers:aws", "default"), { region: "us-east-1" });

function resourceOf({ urn, type, name, inputs, propertyDependencies = {} }: Description): Resource {
  return {
    urn,
    type,
    name,
    custom: /^(aws|random|tls):/.test(type),
    provider: PROVIDER,
    inputs: inputs as Properties,
    given: inputs as Properties,
    outputs: {},
    options: { protect: false, ignoreChanges: [], deleteBeforeReplace: false, retainOnDelete: false },
    dependencies: [],
    propertyDependencies,
  };
}
