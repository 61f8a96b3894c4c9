import { PolicyPack, type ResourceValidationPolicy, type StackValidationPolicy } from "@pulumi/policy";
import type { Properties } from "../plan/values.ts";
import { environmentOf, levelOf, thresholdsOf } from "./configuration.ts";
import { explain } from "./explain.ts";
import { describe } from "./model/describe.ts";
import { Model } from "./model/model.ts";
import { inputsOf, planOf } from "./model/pack-arguments.ts";
import type { Level, Rule } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import type { Thresholds } from "./thresholds.ts";
import { schemaOf } from "./thresholds-schema.ts";
import { type Finding, review, type Verdict, WAIVERS_ARE_NEEDED } from "./verdict.ts";
import { dayOf } from "./waivers.ts";
import { ourWaivers } from "./waivers-file.ts";

/**
 * The CrossGuard pack. Each rule is a policy, so that its level can be set and its findings are called by its name, but all of them are judged at once,
 * over one model: it takes the inputs from where they are checked and the graph from where the stack is complete.
 */
const inputs = new Map<string, Properties>();
let verdict: Verdict | undefined;

// The language host says which stack is reviewed. One that does not has it held to what production is held to.
const environment = environmentOf(process.env.PULUMI_NODEJS_STACK ?? process.env.PULUMI_STACK ?? "production");
const waivers = ourWaivers();

const thresholds: ResourceValidationPolicy & StackValidationPolicy = {
  name: "thresholds",
  description: "What rules compare with. Reports nothing itself.",
  enforcementLevel: "advisory",
  configSchema: schemaOf(),
  validateResource: (args) => {
    inputs.set(args.urn, inputsOf(args));
  },
  validateStack: async ({ resources, getConfig }) => {
    const plan = planOf(resources, inputs);
    const changes = getConfig<Partial<Thresholds>>();
    // What budgets need is loaded here, and not when the pack starts.
    const { costsOf } = await import("./costs.ts");
    const costs = await costsOf(plan, thresholdsOf(environment, changes), { past: false });
    const model = new Model(describe(plan));
    verdict = review({ rules: RULES, model, waivers, today: dayOf(new Date()), thresholds: changes, costs });
  },
};

function policyOf(rule: Rule): StackValidationPolicy {
  const level = levelOf(rule, environment);
  return {
    ...metadata(rule, level),
    validateStack: (_, report) => {
      const found = findings().filter((finding) => finding.rule.name === rule.name && isRefused(finding));
      for (const finding of found) report(explain(finding), finding.resource.urn);
    },
  };
}

const isViolation = ({ level }: Finding): boolean => level === "mandatory" || level === "advisory";

/** What has the level that the engine knows its rule by. */
const isRefused = (finding: Finding): boolean => isViolation(finding) && !finding.warns;

const metadata = (rule: Finding["rule"], level: Level) => ({
  name: rule.name,
  description: rule.title,
  enforcementLevel: level === "off" ? ("disabled" as const) : level,
  severity: rule.severity,
  remediationSteps: rule.remediation,
  url: rule.references[0].url,
});

/** What is said, but never refuses a change. */
function remarks(name: string, description: string, isRemark: (finding: Finding) => boolean): StackValidationPolicy {
  return {
    name,
    description,
    enforcementLevel: "advisory",
    validateStack: (_, report) => {
      for (const finding of findings().filter(isRemark)) {
        report(`${finding.rule.name}: ${explain(finding)}`, finding.resource.urn);
      }
    },
  };
}

const neededWaivers: StackValidationPolicy = {
  ...metadata(WAIVERS_ARE_NEEDED, "mandatory"),
  validateStack: (_, report) => {
    const found = findings().filter(({ rule }) => rule === WAIVERS_ARE_NEEDED);
    for (const finding of found) report(explain(finding), finding.resource.urn);
  },
};

function findings(): readonly Finding[] {
  if (verdict === undefined) throw new Error("the policy `thresholds` is disabled: no rule can be judged without it");
  return verdict.findings;
}

new PolicyPack("webstack", {
  description: "Controls and topology rules for web stacks on AWS",
  policies: [
    thresholds,
    ...RULES.map(policyOf),
    remarks(
      "warned",
      "A budget that only warns is exceeded",
      (finding) => isViolation(finding) && finding.warns === true,
    ),
    remarks("waived", "A finding that reviewers accept until a day", ({ level }) => level === "waived"),
    remarks("undecidable", "A rule that cannot be decided", ({ level }) => level === "undecidable"),
    neededWaivers,
  ],
});
