import { levelOf } from "./configuration.ts";
import { environments, type Rule, severities } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import { THRESHOLDS } from "./thresholds.ts";

const INTRODUCTION = `# Policies

What the policy pack in \`policy/\` looks at: each rule with what it means, where it comes from, and its level in each environment. It judges any Pulumi program
on AWS.

| command | what it does |
|---|---|
| \`make policy ENV=production\` | judges the change; \`FORMAT=json\` for programs, \`FORMAT=markdown\` for a pull request |
| \`make policy-state STATE=file.json\` | judges what \`pulumi stack export\` wrote, without program or provider |
| \`make up\`, \`make preview\` | run the pack, too |
| \`pulumi preview --policy-pack policy\` | the same on AWS, with the official CLI, from a checkout after \`npm ci\`; another project names the path of this directory |

The exit code is 1 where something mandatory is violated. A stack is held to what the environment of its name is held to, and one of any other name to what
production is. Levels and thresholds of an environment are in \`policy/configuration.ts\`; for one run, \`--policy-pack-config FILE\` has the thresholds under
\`thresholds\` and a level under the name of a rule. Values that are not known before the deployment never switch a rule off: it says that it is undecidable,
and by which property.

Of our own stacks nothing is undecidable, in the first preview of an empty account either: policies and user data are made of names, which Pulumi chooses
before it asks AWS, and not of ARNs and ids, which AWS chooses. Two settings bring in what is by chance and has no name: \`tls.certificate: own-ca\`, whose
authority web servers are told by its certificate, and \`dns.dnssec\`, whose key is for one zone by its id. With those a first preview says so, of the user data
of web servers and of that key.

## Waivers

\`policy/waivers.json\` belongs to the reviewers. An entry of \`waivers\` names the \`policy\`, the \`resource\` (a URN, in which \`*\` stands for any text), a \`reason\` of
at least 20 characters, an \`owner\`, a \`ticket\`, the last day \`expires\`, and optionally the text of the \`finding\`. What is waived is still told. A waiver that
has expired, that matches nothing or that is about something critical does not help: the finding is mandatory again, or the waiver is itself one.

This page is made from the rules by \`node docs/generate.ts\`; a test keeps it current.
`;

/** The page on policies, as Markdown. */
export function policyReference(): string {
  const ordered = severities.flatMap((severity) => RULES.filter((rule) => rule.severity === severity));
  const rows = ordered.map(row).join("");
  const head = `| rule | severity | ${environments.join(" | ")} | meaning | references |\n|---|---|${environments.map(() => "---|").join("")}---|---|\n`;
  const thresholds = Object.entries(THRESHOLDS).map(
    ([name, value]) => `| \`${name}\` | ${[value].flat().join(", ")} |\n`,
  );
  return [
    INTRODUCTION,
    `## The ${RULES.length} rules\n\n${head}${rows}`,
    `## Thresholds\n\n| threshold | unless an environment has its own |\n|---|---|\n${thresholds.join("")}`,
  ].join("\n");
}

function row(rule: Rule): string {
  const levels = environments.map((environment) => levelOf(rule, environment));
  const guards = rule.pitfalls?.length ? ` Guards against: ${rule.pitfalls.join(", ")}.` : "";
  const links = rule.references.map(({ standard, id, url }) => `[${standard} ${id}](${url})`);
  const meaning = `${rule.title}. ${rule.why}${guards} Fix: ${rule.remediation}`;
  return `| \`${rule.name}\` | ${[rule.severity, ...levels, meaning, links.join(", ")].map(cell).join(" | ")} |\n`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
