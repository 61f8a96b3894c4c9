import { severities } from "../rule.ts";
import { countsOf, type Finding, type Verdict } from "../verdict.ts";

/** The report as a person reads it on a terminal. */
export function textReport(verdict: Verdict): string {
  const { stack, project, environment } = verdict;
  const sections = severities.flatMap((severity) => {
    const findings = verdict.findings.filter(({ rule }) => rule.severity === severity);
    return findings.length === 0 ? [] : [severity.toUpperCase(), ...findings.map(told)];
  });
  const title = `Policy report of ${stack} (${project}), held to what ${environment} is held to`;
  return `${[title, ...sections, summary(verdict)].join("\n\n")}\n`;
}

function told(finding: Finding): string {
  const { rule, resource, level, seen } = finding;
  const lines = [
    `${level}: ${rule.title} [${rule.name}]`,
    `  Resource: ${resource.name} (${resource.type})`,
    `  Seen: ${seen}`,
    `  Why: ${rule.why}`,
    ...(rule.pitfalls?.length ? [`  Guards against: ${rule.pitfalls.join(", ")}`] : []),
    `  Fix: ${rule.remediation}`,
    ...waiverLines(finding),
    `  See: ${rule.references.map(({ standard, id }) => `${standard} ${id}`).join(", ")}`,
    `       ${rule.references[0].url}`,
    `  URN: ${resource.urn}`,
  ];
  return lines.map((line) => `  ${line}`).join("\n");
}

function waiverLines({ waiver }: Finding): string[] {
  if (!waiver) return [];
  return [`  Waived until ${waiver.expires} by ${waiver.owner} (${waiver.ticket}): ${waiver.reason}`];
}

function summary(verdict: Verdict): string {
  const { mandatory, advisory, waived, undecidable } = countsOf(verdict);
  const counts = `${verdict.passed} passed, ${mandatory + advisory} failed (${mandatory} mandatory, ${advisory} advisory)`;
  return `${counts}, ${waived} waived, ${undecidable} undecidable`;
}
