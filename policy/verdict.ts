import type { Costs } from "./budgets.ts";
import { environmentOf, levelOf, thresholdsOf } from "./configuration.ts";
import { type Judgement, judge } from "./judge.ts";
import type { Model } from "./model/model.ts";
import type { Resource } from "./model/resource.ts";
import type { Environment, Rule, Severity } from "./rule.ts";
import type { Thresholds } from "./thresholds.ts";
import { concerns, covers, type Waiver } from "./waivers.ts";

export type FindingLevel = "mandatory" | "advisory" | "waived" | "undecidable";

/** Something that the review has to say about a resource. */
export interface Finding {
  readonly rule: Pick<Rule, "name" | "title" | "why" | "severity" | "pitfalls" | "references" | "remediation">;
  readonly level: FindingLevel;
  readonly resource: Pick<Resource, "urn" | "name" | "type">;
  /** As sentences. */
  readonly seen: string;
  /** What accepts it, where it is waived. */
  readonly waiver?: Waiver;
  /** Whether it is only said where its rule is mandatory; see {@link Violation.warns}. */
  readonly warns?: boolean;
}

export interface Verdict {
  readonly stack: string;
  readonly project: string;
  readonly environment: Environment;
  /** How many times a rule was kept by a resource. */
  readonly passed: number;
  /** Those of the highest severity first. */
  readonly findings: readonly Finding[];
}

export interface Review {
  readonly rules: readonly Rule[];
  readonly model: Model;
  readonly waivers: readonly Waiver[];
  /** As `2026-11-24`. Waivers hold until the end of their last day. */
  readonly today: string;
  /** @default what the environment is configured with */
  readonly thresholds?: Partial<Thresholds>;
  /** Whether rules are judged that the environment has switched off, too: a run of the pack may switch them on. @default false */
  readonly offToo?: boolean;
  /** @default - no budget holds for the stack */
  readonly costs?: Costs;
}

/** Judges a stack. */
export function review({ rules, model, waivers, today, thresholds, offToo = false, costs }: Review): Verdict {
  const stackUrn = model.stack?.urn ?? model.resources[0]?.urn ?? "";
  const [stack = "", project = ""] = stackUrn.replace("urn:pulumi:", "").split("::");
  const environment = environmentOf(stack);
  const context = { model, environment, thresholds: thresholdsOf(environment, thresholds), costs };
  const inForce = rules.filter((rule) => offToo || levelOf(rule, environment) !== "off");
  const judgements = judge(inForce, context);

  const here = waivers.filter((waiver) => concerns(waiver, stackUrn));
  const used = new Set<Waiver>();
  const waive = (rule: string, urn: string, seen: string) => {
    const waiver = here.find((each) => covers(each, rule, urn, seen));
    if (waiver) used.add(waiver);
    return waiver;
  };
  const findings = dedupe(judgements.flatMap((judgement) => findingOf(judgement, environment, waive, today)));
  const unused = here.filter((waiver) => !used.has(waiver)).map((waiver) => unusedWaiver(waiver, stackUrn, stack));
  return {
    stack,
    project,
    environment,
    passed: judgements.filter(({ outcome }) => outcome.kind === "passed").length,
    findings: [...findings, ...unused].sort(bySeverity),
  };
}

type Waive = (rule: string, urn: string, seen: string) => Waiver | undefined;

function findingOf(
  { rule, resource, outcome }: Judgement,
  environment: Environment,
  waive: Waive,
  today: string,
): Finding[] {
  if (outcome.kind === "undecidable") {
    return [{ rule, resource, level: "undecidable", seen: `${outcome.reason}.` }];
  }
  if (outcome.kind !== "violation") return [];
  const { seen, warns } = outcome;
  const level: FindingLevel = levelOf(rule, environment) === "mandatory" && !warns ? "mandatory" : "advisory";
  const waiver = waive(rule.name, resource.urn, seen);
  const found = { rule, resource, level, ...(warns && { warns }) };
  if (!waiver) return [{ ...found, seen }];
  if (rule.severity === "critical") {
    return [{ ...found, seen: `${seen} What is critical cannot be waived (${waiver.ticket}).` }];
  }
  if (waiver.expires < today) {
    return [{ ...found, seen: `${seen} The waiver ${waiver.ticket} expired on ${waiver.expires}.` }];
  }
  return [{ rule, resource, level: "waived", seen, waiver }];
}

/** The one rule that is about the waivers themselves. */
export const WAIVERS_ARE_NEEDED = {
  name: "waivers-are-needed",
  title: "A waiver accepts something that there is",
  why: "A waiver of nothing would silently accept the finding when it comes back.",
  severity: "medium",
  references: [{ standard: "Webstack", id: "waivers", url: "https://www.pulumi.com/docs/insights/policy/" }],
  remediation: "Take the entry out of policy/waivers.json, or correct the names in it.",
} as const satisfies Finding["rule"];

function unusedWaiver({ policy, resource, ticket }: Waiver, urn: string, stack: string): Finding {
  return {
    rule: WAIVERS_ARE_NEEDED,
    level: "mandatory",
    resource: { urn, name: stack, type: "pulumi:pulumi:Stack" },
    seen: `The waiver ${ticket} of ${policy} for ${resource} matches no finding.`,
  };
}

/** The same thing is said once, also where a rule came to it by several ways. */
function dedupe(findings: readonly Finding[]): Finding[] {
  const byText = findings.map((finding) => [
    [finding.rule.name, finding.resource.urn, finding.seen].join("\n"),
    finding,
  ]);
  return [...new Map(byText as [string, Finding][]).values()];
}

const RANKS: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

function bySeverity(one: Finding, other: Finding): number {
  return RANKS[one.rule.severity] - RANKS[other.rule.severity];
}

/** How many findings there are of each level. */
export function countsOf({ findings }: Verdict): Readonly<Record<FindingLevel, number>> {
  const count = (level: FindingLevel) => findings.filter((finding) => finding.level === level).length;
  return {
    mandatory: count("mandatory"),
    advisory: count("advisory"),
    waived: count("waived"),
    undecidable: count("undecidable"),
  };
}
