import { levelOf, thresholdsOf } from "./configuration.ts";
import { environments, type Rule, severities } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import { MEANINGS, type Thresholds } from "./thresholds.ts";

const INTRODUCTION = `# Policies

What the policy pack in \`policy/\` looks at: each rule with what it means, where it comes from, and its level in each environment. It judges any Pulumi program
on AWS.

| command | what it does |
|---|---|
| \`make policy ENV=production\` | judges the change; \`FORMAT=json\` for programs, \`FORMAT=markdown\` for a pull request |
| \`make policy-state STATE=file.json\` | judges what \`pulumi stack export\` wrote, without program or provider |
| \`make up\`, \`make preview\` | run the pack, too |
| \`pulumi preview --policy-pack policy\` | the same on AWS, with the official CLI |

The exit code is 1 where something mandatory is violated. A stack is held to what the environment of its name is held to, and one of any other name to what
production is. Values that are not known before the deployment never switch a rule off: it says that it is undecidable, and by which property. A
secret that a plan does not show is no different.

\`make policy\` and \`make policy-state\` (\`node policy/main.ts FILE\`, or \`-\` for standard input) take what [cost previews](cost.md#what-is-read) take, and
refuse what is none of it with the same words. The events of the engine do not say what comes from what: rules that follow the graph are undecidable
there. What a preview without \`--show-sames\` leaves out is not judged, and told of.

## On AWS, and on other projects

A checkout needs nothing but \`npm ci\`: Node 22.20 or newer loads the pack's TypeScript as it is, so that nothing is compiled beforehand and no types are
checked at review time.

    pulumi preview --policy-pack policy                  # this project
    pulumi up --policy-pack ../webstack/policy           # another one, in whatever language it is written

A pack given on the command line is no part of the program, so another project needs none of this one's packages. It tells tiers apart by the tag \`tier\`, and
what has none by its name.

Levels and thresholds of an environment are in \`policy/configuration.ts\`. For one run \`--policy-pack-config FILE\` names a JSON file with the thresholds under
\`thresholds\` and a level, \`mandatory\`, \`advisory\` or \`disabled\`, under the name of a rule, or under \`all\`:

    { "thresholds": { "logRetentionDays": 90 }, "zone-query-log": "disabled", "egress-restricted": "mandatory" }

The engine refuses a level or a value of a wrong type, and the pack a threshold that there is not. The name of a rule that there is not is passed over: that is
how Pulumi treats them.

## Budgets

The limits of the rules \`monthly-cost\`, \`cost-increase\` and \`unpriced-share\` are in one place, \`cost/budget.yaml\`, which [cost previews](cost.md#budgets)
read, too, and costs are worked out as they do it, with \`cost/usage.yaml\` and a month of 730 hours. The limits themselves are no thresholds: they would be
a second source. Which files to read is one: \`budgetFile\` and \`usageFile\`, named from the directory of the pack, for an environment in
\`policy/configuration.ts\` or for one run under \`thresholds\`. \`make policy\` takes \`BUDGET=\` and \`USAGE=\`.

- A budget holds for the stack that it names, or for each. Where a stack has none with such a limit, the rule does not apply, and where it has none at all
  no price is loaded.
- \`action: deny\` makes a finding mandatory, \`warn\` advisory; the engine tells of the latter as \`warned\`. A level for the rule lowers what denies, too.
- What has no price is in no sum. Where a total is kept without the lines that have none, and these are more than the budgets of the stack accept
  (\`unknownLines\`, \`unknownPercent\`; without either, one is more), the rule is undecidable and names the first. A total that is exceeded already is exceeded.
- The pack is told what there will be, and not what there was: \`cost-increase\` applies in \`make policy\`, over a preview.

Of our own stacks nothing is undecidable, in the first preview of an empty account either: policies and user data are made of names, which Pulumi chooses
before it asks AWS, and not of ARNs and ids, which AWS chooses. Two settings bring in what is by chance and has no name: \`tls.certificate: own-ca\`, whose
authority web servers are told by its certificate, and \`dns.dnssec\`, whose key is for one zone by its id. With those a first preview says so, of the user data
of web servers and of that key.

## Waivers

\`policy/waivers.json\` belongs to the reviewers. An entry of \`waivers\` names the \`policy\`, the \`resource\` (a URN, in which \`*\` stands for any text), a \`reason\` of
at least 20 characters, an \`owner\`, a \`ticket\`, the last day \`expires\`, and optionally the text of the \`finding\`. What is waived is still told. A waiver that
has expired, that matches nothing or that is about something critical does not help: the finding is mandatory again, or the waiver is itself one.

This page is made from the rules by \`make docs\`; \`make check\` keeps it current.
`;

/** The page on policies, as Markdown. */
export function policyReference(): string {
  const ordered = severities.flatMap((severity) => RULES.filter((rule) => rule.severity === severity));
  const rows = ordered.map(row).join("");
  const head = `| rule | severity | ${environments.join(" | ")} | meaning | references |\n|---|---|${environments.map(() => "---|").join("")}---|---|\n`;
  const thresholds = (Object.keys(MEANINGS) as (keyof Thresholds)[]).map((name) => {
    const values = environments.map((environment) => [thresholdsOf(environment)[name]].flat().join(", "));
    const told =
      new Set(values).size === 1 ? values.slice(0, 1) : values.map((value, at) => `${environments[at]}: ${value}`);
    return `| \`${name}\` | ${MEANINGS[name]} | ${told.join("; ")} |\n`;
  });
  return [
    INTRODUCTION,
    `## The ${RULES.length} rules\n\n${head}${rows}`,
    `## Thresholds\n\n| threshold | meaning | value |\n|---|---|---|\n${thresholds.join("")}`,
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
