import { PolicyPack, type ResourceValidationPolicy, type StackValidationPolicy } from "@pulumi/policy";
import type { Properties } from "../plan/values.ts";
import { environmentOf, levelOf, thresholdsOf } from "./configuration.ts";
import { explain } from "./explain.ts";
import { describe } from "./model/describe.ts";
import { Model } from "./model/model.ts";
import { inputsOf, planOf } from "./model/pack-arguments.ts";
import type { Level } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import type { Thresholds } from "./thresholds.ts";
import { configured, schemaOf } from "./thresholds-schema.ts";
import { type Finding, review, WAIVERS_ARE_NEEDED } from "./verdict.ts";
import { dayOf } from "./waivers.ts";
import { ourWaivers } from "./waivers-file.ts";

/**
 * The CrossGuard pack. Each rule is a policy, so that its level can be set and its findings are called by its name, but all of them are judged at once,
 * over one model: it takes the inputs from where they are checked and the graph from where the stack is complete.
 */
const inputs = new Map<string, Properties>();
/** What the policies tell, by their names, once the stack is judged. */
let findings: ReadonlyMap<string, readonly Finding[]> | undefined;

// The language host says which stack is reviewed. One that does not has it held to what production is held to.
const environment = environmentOf(process.env.PULUMI_NODEJS_STACK ?? process.env.PULUMI_STACK ?? "production");
const waivers = ourWaivers();

const thresholds: ResourceValidationPolicy & StackValidationPolicy = {
  name: "thresholds",
  description: "What rules compare with. Reports nothing itself.",
  enforcementLevel: "advisory",
  configSchema: schemaOf(),
  validateResource: (args) => {
    configured(args.getConfig());
    inputs.set(args.urn, inputsOf(args));
  },
  validateStack: async ({ resources, getConfig }) => {
    const plan = planOf(resources, inputs);
    const model = new Model(describe(plan));
    const changes = getConfig<Partial<Thresholds>>();
    // What budgets need is loaded here, and not when the pack starts.
    const { costsOf } = await import("./costs.ts");
    const costs = await costsOf(plan, thresholdsOf(environment, changes), { past: false });
    const today = dayOf(new Date());
    const verdict = review({ rules: RULES, model, waivers, today, thresholds: changes, costs, offToo: true });
    findings = Map.groupBy(verdict.findings, policyOf);
  },
};

/** Findings that never refuse a change are told by a policy of their own, whatever their rule. */
const policyOf = ({ rule, level, warns }: Finding): string =>
  level === "waived" || level === "undecidable" ? level : warns ? "warned" : rule.name;

const metadata = (rule: Finding["rule"], level: Level) => ({
  name: rule.name,
  description: rule.title,
  enforcementLevel: level === "off" ? ("disabled" as const) : level,
  severity: rule.severity,
  remediationSteps: rule.remediation,
  url: rule.references[0].url,
});

const remark = (name: "warned" | "waived" | "undecidable", description: string) => ({
  name,
  description,
  enforcementLevel: "advisory" as const,
});

/**
 * A policy that tells the findings of its name. For each policy that it runs, Pulumi's library makes all resources of the stack anew, which takes longer
 * than judging them by all rules. So one that has nothing to tell has nothing to run: `thresholds`, which comes first, has judged the stack by then.
 */
function telling(
  policy: Omit<StackValidationPolicy, "validateStack">,
  tell: (finding: Finding) => string = explain,
): StackValidationPolicy {
  const validateStack: StackValidationPolicy["validateStack"] = (_, report) => {
    if (!findings) throw new Error("the policy `thresholds` is disabled: no rule can be judged without it");
    for (const finding of findings.get(policy.name) ?? []) report(tell(finding), finding.resource.urn);
  };
  return Object.defineProperty({ ...policy, validateStack }, "validateStack", {
    get: () => (findings && !findings.has(policy.name) ? undefined : validateStack),
  });
}

const named = (finding: Finding): string => `${finding.rule.name}: ${explain(finding)}`;

new PolicyPack("webstack", {
  description: "Controls and topology rules for web stacks on AWS",
  policies: [
    thresholds,
    ...RULES.map((rule) => telling(metadata(rule, levelOf(rule, environment)))),
    telling(remark("warned", "A budget that only warns is exceeded"), named),
    telling(remark("waived", "A finding that reviewers accept until a day"), named),
    telling(remark("undecidable", "A rule that cannot be decided"), named),
    telling(metadata(WAIVERS_ARE_NEEDED, "mandatory")),
  ],
});
