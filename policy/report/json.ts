import { countsOf, type Verdict } from "../verdict.ts";

/** The report for programs: one document, whose form `version` names. */
export function jsonReport(verdict: Verdict): string {
  const { passed, stack, project, environment } = verdict;
  const findings = verdict.findings.map(({ rule, level, resource, seen, waiver }) => ({
    rule: rule.name,
    level,
    severity: rule.severity,
    urn: resource.urn,
    message: `${rule.title}: ${seen}`,
    remediation: rule.remediation,
    pitfalls: rule.pitfalls ?? [],
    references: rule.references,
    ...(waiver && { waiver }),
  }));
  const document = { version: 1, project, stack, environment, summary: { passed, ...countsOf(verdict) }, findings };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
