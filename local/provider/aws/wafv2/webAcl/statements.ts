/** Rules of the conditions of a web ACL that span several of their properties. */
import type { Path, Problem } from "../../../core/resource.ts";
import { isObject, type Value } from "../../../core/values.ts";
import type { Args } from "./settings.ts";

type Statement = NonNullable<Args["rules"]>[number]["statement"];
type Place = Path<Pick<Args, "rules">>;
type IsGiven = (path: Path<Args>) => boolean;
type RateBased = NonNullable<Statement["rateBasedStatement"]>;

/** How deep the official provider lets `and`, `or` and `not` nest; a scope-down statement takes one level. */
const LEVELS = 3;

export function checkStatement(statement: Statement, at: Place, isGiven: IsGiven): Problem[] {
  const { rateBasedStatement } = statement;
  return [
    ...checkDepth(statement, at, LEVELS),
    ...checkTransformations(statement, at),
    ...(rateBasedStatement ? checkRate(rateBasedStatement, `${at}.rateBasedStatement`, isGiven) : []),
  ].map((reason) => ({ property: "rules", reason }));
}

function* checkDepth(statement: Statement, at: string, left: number): Iterable<string> {
  const { notStatement, rateBasedStatement, managedRuleGroupStatement } = statement;
  const scopes = { rateBasedStatement, managedRuleGroupStatement };
  for (const [name, group] of Object.entries(scopes))
    if (group?.scopeDownStatement)
      yield* checkDepth(group.scopeDownStatement as Statement, `${at}.${name}.scopeDownStatement`, left - 1);
  const inner = notStatement?.statement ? [[`${at}.notStatement.statement`, notStatement.statement] as const] : [];
  const lists = (["andStatement", "orStatement"] as const).flatMap((name) =>
    (statement[name]?.statements ?? []).map((one, index) => [`${at}.${name}.statements[${index}]`, one] as const),
  );
  const all = [...inner, ...lists];
  if (all.length > 0 && left === 0) yield `${at} nests too deep: and, or and not go ${LEVELS} levels deep at most`;
  else for (const [place, one] of all) yield* checkDepth(one as Statement, place, left - 1);
}

/** Wherever they are: AWS applies them in the order of their priorities. */
function* checkTransformations(value: Value, at: string): Iterable<string> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* checkTransformations(item, `${at}[${index}]`);
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      if (name === "textTransformations") yield* checkPriorities(item as { priority: number }[], `${at}.${name}`);
      else yield* checkTransformations(item, `${at}.${name}`);
    }
  }
}

function* checkPriorities(transformations: readonly { priority: number }[], at: string): Iterable<string> {
  const priorities = transformations.map(({ priority }) => priority);
  const twice = priorities.find((one, index) => priorities.indexOf(one) !== index);
  if (twice !== undefined)
    yield `${at} holds the priority ${twice} more than once; AWS applies them in the order of their priorities`;
}

/** What each way to count needs beside it. */
function* checkRate(rate: RateBased, at: Place, isGiven: IsGiven): Iterable<string> {
  const { aggregateKeyType: type, customKeys } = rate;
  if (!type) return;
  const [keys, forwarding] = [isGiven(`${at}.customKeys`), isGiven(`${at}.forwardedIpConfig`)];
  if (type === "CUSTOM_KEYS" && !keys)
    yield `${at}.customKeys is required for aggregateKeyType CUSTOM_KEYS, and missing`;
  if (type !== "CUSTOM_KEYS" && keys)
    yield `${at}.customKeys is only for aggregateKeyType CUSTOM_KEYS, got "${type}"; remove it`;
  const forwarded = type === "FORWARDED_IP" || customKeys?.some(({ forwardedIp }) => forwardedIp) === true;
  if (forwarded && !forwarding)
    yield `${at}.forwardedIpConfig is required to count by forwarded addresses, and missing`;
  if (!forwarded && forwarding && (type !== "CUSTOM_KEYS" || customKeys))
    yield `${at}.forwardedIpConfig is only for counting by forwarded addresses, got aggregateKeyType "${type}"; remove it`;
  if (type === "CONSTANT" && !isGiven(`${at}.scopeDownStatement`))
    yield `${at}.scopeDownStatement is required for aggregateKeyType CONSTANT, and missing`;
}
