import { costSection, costSums } from "../../cost/report/markdown.ts";
import { sumText } from "../../cost/report/numbers.ts";
import { countText, titleOf, typeTitle } from "../../cost/report/rows.ts";
import { countsOf, type Finding } from "../../policy/verdict.ts";
import type { Coverage, Hop, Pitfall, ResourceChange, Review, Risk, TierChanges } from "../document.ts";
import { code, folded, list, prose, table } from "./text.ts";

/** A part of a comment, whole and in as few words as it can be. */
export interface Section {
  /** What it is called where it is said that it is shorter or not there. */
  readonly name: string;
  /** The whole, and then each shorter form. Where the last one does not fit either, the section is left out. */
  readonly forms: readonly [string, ...string[]];
}

/** Those that a reader wants first, first. */
export const sectionsOf = (review: Review): readonly Section[] =>
  [
    riskSection(review.risks),
    planSection(review.tiers),
    policySection(review),
    costPart(review),
    pitfallSection(review.pitfalls),
    hopSection(review.hops),
    alarmSection(review.alarms),
  ].flatMap((section) => section ?? []);

const title = (resource: { readonly urn: string; readonly type: string }): string => code(titleOf(resource));

/** As many as a comment names in any case. */
const FIRST_RISKS = 10;

function riskSection(risks: readonly Risk[]): Section | undefined {
  if (risks.length === 0) return undefined;
  const items = risks.map(riskText);
  const rest = items.length - FIRST_RISKS;
  const short = rest > 0 ? [...items.slice(0, FIRST_RISKS), `and ${rest} more`] : items;
  return { name: "at risk", forms: [`### At risk\n\n${list(items)}`, `### At risk\n\n${list(short)}`] };
}

function riskText(risk: Risk): string {
  const { level, kind, because, lost, safeguards } = risk;
  const reason =
    because.length > 0 ? ` ${kind === "update" ? "in" : "because of"} ${because.map(code).join(", ")}` : "";
  const loss = level === "loss" ? `**Lost: ${prose(lost)}**` : prose(lost);
  return [`${title(risk)} is ${kind}d${reason}. ${loss}`, ...safeguards.map(prose)].join(" ");
}

function planSection(tiers: readonly TierChanges[]): Section | undefined {
  if (tiers.length === 0) return undefined;
  const all = tiers.flatMap(({ changes }) => changes);
  const fold = (tell: (tier: TierChanges) => string) =>
    folded(
      `Plan: ${countText(all.length, "resource")} ${all.length === 1 ? "changes" : "change"}`,
      tiers.map(tell).join("\n\n"),
    );
  return { name: "plan", forms: [fold(tierText), fold(tierNames), tierCounts(tiers)] };
}

const KINDS = ["replace", "delete", "update", "create", "import"] as const;

const ofKind = (changes: readonly ResourceChange[], kind: ResourceChange["kind"]) =>
  changes.filter((change) => change.kind === kind);

const tierTitle = ({ tier }: TierChanges): string => `#### ${tier === undefined ? "no tier" : prose(tier)}`;

function tierText(tier: TierChanges): string {
  const rows = KINDS.flatMap((kind) => ofKind(tier.changes, kind)).flatMap(propertyRows);
  const properties = rows.length > 0 ? [table(["", "resource", "property", "before", "after"], rows)] : [];
  return [tierTitle(tier), ...properties, ...wholeNames(tier, ["delete", "create", "import"])].join("\n\n");
}

function propertyRows(change: ResourceChange): readonly (readonly string[])[] {
  if (change.kind !== "update" && change.kind !== "replace") return [];
  const { kind, properties } = change;
  if (properties.length === 0) return [[kind, title(change), "", "", ""]];
  return properties.map(({ path, before, after, replaces }, index) => [
    index === 0 ? kind : "",
    index === 0 ? title(change) : "",
    `${code(path)}${replaces ? " **forces replacement**" : ""}`,
    code(before),
    code(after),
  ]);
}

const tierNames = (tier: TierChanges): string => [tierTitle(tier), ...wholeNames(tier, KINDS)].join("\n\n");

/** Names by type, which else would stand beside each. */
const wholeNames = ({ changes }: TierChanges, kinds: readonly ResourceChange["kind"][]): readonly string[] =>
  kinds.flatMap((kind) => {
    const types = Map.groupBy(ofKind(changes, kind), ({ type }) => typeTitle(type));
    const items = [...types].map(([type, own]) => {
      const names = own.map(({ name }) => code(name)).join(", ");
      return `${kind} ${own.length === 1 ? "" : `${own.length} `}${code(type)}: ${names}`;
    });
    return items.length === 0 ? [] : [list(items)];
  });

function tierCounts(tiers: readonly TierChanges[]): string {
  const rows = tiers
    .slice(0, FIRST_TIERS)
    .map(({ tier, changes }) => [
      tier === undefined ? "no tier" : prose(tier),
      ...KINDS.map((kind) => String(ofKind(changes, kind).length || "")),
    ]);
  return table(["tier", ...KINDS], rows);
}

/** Of a program that has a tier for each of its resources, the rest is left out. */
const FIRST_TIERS = 20;

function policySection({ policy }: Review): Section | undefined {
  if (policy === undefined || policy.findings.length === 0) return undefined;
  const counts = Object.entries(countsOf(policy)).flatMap(([level, count]) => (count > 0 ? [`${count} ${level}`] : []));
  const name = `Policy: ${counts.join(", ")}`;
  const fold = (tell: (findings: readonly Finding[]) => string) =>
    folded(
      name,
      LEVELS.flatMap((level) => {
        const own = policy.findings.filter((finding) => finding.level === level);
        return own.length === 0 ? [] : [`#### ${level}\n\n${tell(own)}`];
      }).join("\n\n"),
    );
  return { name: "policy findings", forms: [fold(findingTable), fold(ruleCounts)] };
}

const LEVELS = ["mandatory", "advisory", "undecidable", "waived"] as const;

const findingTable = (findings: readonly Finding[]): string =>
  table(
    ["severity", "resource", "rule", "seen", "fix"],
    findings.map(({ rule, resource, seen, waiver }) => [
      rule.severity,
      title(resource),
      `[${prose(rule.title)}](${rule.references[0].url}) (${code(rule.name)})`,
      prose(
        waiver
          ? `${seen} Waived until ${waiver.expires} by ${waiver.owner} (${waiver.ticket}): ${waiver.reason}`
          : seen,
      ),
      prose(rule.remediation),
    ]),
  );

function ruleCounts(findings: readonly Finding[]): string {
  const rules = Map.groupBy(findings, ({ rule }) => rule);
  return table(
    ["severity", "rule", "findings", "first"],
    [...rules].map(([{ severity, name }, own]) => [
      severity,
      code(name),
      String(own.length),
      own[0] ? title(own[0].resource) : "",
    ]),
  );
}

function costPart({ cost }: Review): Section | undefined {
  if (cost === undefined) return undefined;
  const { estimate, budgets } = cost;
  return {
    name: "cost lines",
    forms: [folded("Cost", costSection(estimate, budgets)), folded("Cost", costSums(estimate, budgets))],
  };
}

function pitfallSection(pitfalls: readonly Pitfall[] | undefined): Section | undefined {
  if (pitfalls === undefined) return undefined;
  const present = pitfalls.filter((pitfall) => pitfall.present);
  const name = `Pitfalls: ${present.length} present, ${pitfalls.length - present.length} removed`;
  const tell = (those: readonly Pitfall[]) =>
    table(["pitfall", "", "why", "resources", "configuration", "per month"], those.map(pitfallRow));
  const ordered = [...present, ...pitfalls.filter((pitfall) => !pitfall.present)];
  return {
    name: "pitfalls",
    forms: [folded(name, tell(ordered)), ...(present.length > 0 ? [folded(name, tell(present))] : [])],
  };
}

function pitfallRow({
  name,
  severity,
  present,
  waived,
  because,
  resources,
  removedBy,
  monthly,
}: Pitfall): readonly string[] {
  const settings = removedBy.map(({ setting, rule, to }) =>
    present ? `${code(setting)} must be ${prose(rule)}: ${code(to)}` : `${code(setting)} is ${code(to)}`,
  );
  return [
    code(name),
    present ? `**present** (${severity}${waived ? ", waived" : ""})` : "removed",
    prose(because),
    resources.map((resource) => code(resource.split(" ").slice(1).join(" "))).join(", "),
    settings.join("; "),
    monthly === undefined ? "" : sumText(monthly),
  ];
}

function hopSection(hops: readonly Hop[] | undefined): Section | undefined {
  if (hops === undefined) return undefined;
  const encrypted = hops.filter((hop) => hop.encrypted).length;
  const rows = hops.map((hop) => [prose(hop.from), prose(hop.to), hop.encrypted ? "yes" : "**no**", prose(hop.by)]);
  return {
    name: "hops",
    forms: [folded(`Hops: ${encrypted} of ${hops.length} encrypted`, table(["from", "to", "encrypted", "by"], rows))],
  };
}

function alarmSection(alarms: readonly Coverage[] | undefined): Section | undefined {
  if (alarms === undefined) return undefined;
  const watched = alarms.filter((each) => each.alarms.length > 0).length;
  const rows = alarms.map((each) => [
    code(each.resource),
    each.alarms.map(code).join(", ") || "**none**",
    prose(each.gaps.join("; ")),
  ]);
  return {
    name: "alarm coverage",
    forms: [
      folded(
        `Alarms: ${watched} of ${countText(alarms.length, "resource")} watched`,
        table(["resource", "alarms", "not watched"], rows),
      ),
    ],
  };
}
