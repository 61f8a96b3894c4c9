/** Rules of a web ACL that AWS has and its emulator does not check: how the parts of a rule go together. */
import type { Path, Problem } from "../../../core/resource.ts";
import type { Args } from "./settings.ts";
import { checkStatement } from "./statements.ts";

type Rule = NonNullable<Args["rules"]>[number];
type IsGiven = (path: Path<Args>) => boolean;

/** Statements that bring rules, and with them actions, of their own. */
const GROUPS = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"] as const;

export function* checkAcl(inputs: Partial<Args>, isGiven: IsGiven): Iterable<Problem> {
  const { rules = [], defaultAction } = inputs;
  const keys = isGiven("customResponseBodies") ? inputs.customResponseBodies?.map(({ key }) => key) : [];
  yield* checkUnique(rules, "name", "names tell the rules apart");
  yield* checkUnique(rules, "priority", "AWS looks at the rules in the order of their priorities");
  yield* checkBody("defaultAction", defaultAction, keys);
  for (const [index, rule] of rules.entries()) {
    const at = `rules[${index}]` as const;
    yield* checkActions(rule, at, isGiven);
    yield* checkBody(`${at}.action`, rule.action, keys);
    if (rule.statement) yield* checkStatement(rule.statement, `${at}.statement`, isGiven);
  }
}

function* checkUnique(rules: readonly Rule[], property: "name" | "priority", why: string): Iterable<Problem> {
  const values = rules.map((rule) => rule[property]).filter((value) => value !== undefined);
  for (const value of new Set(values.filter((one, index) => values.indexOf(one) !== index)))
    yield { property: "rules", reason: `rules holds the ${property} ${value} more than once; ${why}` };
}

/** A rule has an action; a group's rules have theirs, which a rule can only override. */
function* checkActions({ statement }: Rule, at: `rules[${number}]`, isGiven: IsGiven): Iterable<Problem> {
  const kind = Object.keys(statement ?? {})[0];
  if (!kind) return;
  const isGroup = GROUPS.some((one) => one === kind);
  const [wanted, foreign] = isGroup ? (["overrideAction", "action"] as const) : (["action", "overrideAction"] as const);
  if (!isGiven(`${at}.${wanted}`)) yield { property: "rules", reason: `${at} needs ${wanted} beside its ${kind}` };
  if (isGiven(`${at}.${foreign}`))
    yield { property: "rules", reason: `${at}.${foreign} cannot be set beside ${kind}; use ${wanted}` };
}

/** `keys` are those of the bodies that there are, if all are known. */
function* checkBody(at: string, action: Rule["action"], keys: readonly string[] | undefined): Iterable<Problem> {
  const key = action?.block?.customResponse?.customResponseBodyKey;
  if (!key || !keys || keys.includes(key)) return;
  const place = `${at}.block.customResponse.customResponseBodyKey`;
  const property = at.startsWith("rules") ? "rules" : at;
  yield { property, reason: `${place} must be the key of one of customResponseBodies, got "${key}"` };
}
