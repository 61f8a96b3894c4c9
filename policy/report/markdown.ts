import { severities } from "../rule.ts";
import { countsOf, type Finding, type Verdict } from "../verdict.ts";

/** The report as a comment on a pull request. */
export function markdownReport(verdict: Verdict): string {
  const { mandatory, advisory, waived, undecidable } = countsOf(verdict);
  const sections = severities.flatMap((severity) => {
    const findings = verdict.findings.filter(({ rule }) => rule.severity === severity);
    if (findings.length === 0) return [];
    const head = ["| level | resource | rule | seen | fix |", "|---|---|---|---|---|"];
    return [`### ${severity}`, [...head, ...findings.map(row)].join("\n")];
  });
  const counts = [
    "| passed | mandatory | advisory | waived | undecidable |",
    "|---|---|---|---|---|",
    `| ${verdict.passed} | ${mandatory} | ${advisory} | ${waived} | ${undecidable} |`,
  ].join("\n");
  return `${[`## Policy report of ${verdict.stack}`, counts, ...sections].join("\n\n")}\n`;
}

function row({ rule, level, resource, seen, waiver }: Finding): string {
  const accepted = waiver
    ? ` Waived until ${waiver.expires} by ${waiver.owner} (${waiver.ticket}): ${waiver.reason}`
    : "";
  const guards = rule.pitfalls?.length ? ` Guards against: ${rule.pitfalls.join(", ")}.` : "";
  const links = rule.references.map(({ standard, id, url }) => `[${standard} ${id}](${url})`).join(", ");
  const cells = [
    level,
    `\`${resource.name}\` (\`${resource.urn}\`)`,
    `**${rule.title}** (\`${rule.name}\`, ${links}). ${rule.why}${guards}`,
    seen + accepted,
    rule.remediation,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
