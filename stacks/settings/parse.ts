import {
  ARCHITECTURE_NAMES,
  type ArchitectureName,
  type ArchitectureSettings,
  architectures,
} from "./architectures.ts";
import { problemsOf } from "./issues.ts";
import { nearest } from "./nearest.ts";
import { keyOf, type Problem, shown } from "./problems.ts";
import { repair } from "./repair.ts";
import { balancingRules } from "./rules/balancing.ts";
import { budgetRules } from "./rules/budget.ts";
import { certificateRules } from "./rules/certificates.ts";
import { databaseRules } from "./rules/database.ts";
import { machineRules } from "./rules/machines.ts";
import { monitoringRules } from "./rules/monitoring.ts";
import { nameRules } from "./rules/names.ts";
import { protectionRules } from "./rules/protection.ts";
import type { Rule } from "./rules/rule.ts";
import type { Path } from "./shape.ts";

const RULES: readonly Rule[] = [
  ...nameRules,
  ...certificateRules,
  ...machineRules,
  ...balancingRules,
  ...databaseRules,
  ...monitoringRules,
  ...budgetRules,
  ...protectionRules,
];

export type Raw = Readonly<Record<string, unknown>>;
export type Parsed = { readonly settings: ArchitectureSettings } | { readonly problems: readonly Problem[] };

/** Checks a configuration against the architecture it names: each setting by itself, then the rules over several. */
export function parse(project: string, raw: Raw): Parsed {
  const { architecture = "simple" } = raw;
  const name = ARCHITECTURE_NAMES.find((known) => known === architecture);
  if (name !== undefined) return parseAs(name, project, raw);

  const wrong: Problem = {
    path: ["architecture"],
    complaint: `is ${shown(architecture)}. It must be simple, distributed or secured.`,
    fix: { set: ["architecture"], to: nearest(String(architecture), ARCHITECTURE_NAMES) ?? "simple" },
  };
  return { problems: [wrong, ...problemsOfAny(project, raw)] };
}

/** What is wrong whichever architecture was meant. */
function problemsOfAny(project: string, raw: Raw): readonly Problem[] {
  const [first = [], ...others] = ARCHITECTURE_NAMES.map((name) => {
    const parsed = parseAs(name, project, raw);
    return "problems" in parsed ? parsed.problems : [];
  });
  const has = (problems: readonly Problem[], { path }: Problem) =>
    problems.some((other) => keyOf(project, other.path) === keyOf(project, path));
  return first.filter((problem) => others.every((problems) => has(problems, problem)));
}

function parseAs(architecture: ArchitectureName, project: string, raw: Raw): Parsed {
  const schema = architectures[architecture];
  const named = { ...raw, architecture };
  const parsed = schema.safeParse(named);
  if (parsed.success) {
    const broken = brokenRules(parsed.data, []);
    return broken.length === 0 ? { settings: parsed.data } : { problems: broken };
  }
  const problems = problemsOf(project, architecture, raw, parsed.error.issues);
  const wrong = problems.map(({ path }) => path);
  // Defaults in the place of what is wrong, so that the rules over everything else can be asked in the same run.
  const repaired = schema.safeParse({ domain: "example.com", ...repair(named, wrong) });
  return { problems: repaired.success ? [...problems, ...brokenRules(repaired.data, wrong)] : problems };
}

function brokenRules(settings: ArchitectureSettings, wrong: readonly Path[]): Problem[] {
  const isWrong = (needed: Path) => wrong.some((path) => path.every((step, place) => step === needed[place]));
  return RULES.filter(({ needs }) => !needs.some(isWrong)).flatMap(({ check }) => check(settings) ?? []);
}
