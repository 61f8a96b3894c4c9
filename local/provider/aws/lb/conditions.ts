/** Which requests a rule is for, as the provider has it and as the API has it. */
import type { RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenerRuleArgs } from "@pulumi/aws/lb/listenerRule.js";
import type { Plain, Problem } from "../../core/resource.ts";

type Condition = Plain<ListenerRuleArgs>["conditions"][number];

const KINDS = ["hostHeader", "httpHeader", "httpRequestMethod", "pathPattern", "queryStrings", "sourceIp"] as const;

/** Each condition asks for one thing; several conditions have to hold together. */
export function* checkConditions(conditions: readonly Condition[] = []): Iterable<Problem> {
  for (const [index, condition] of conditions.entries()) {
    const given = KINDS.filter((kind) => condition[kind] !== undefined);
    if (given.length !== 1)
      yield {
        property: "conditions",
        reason: `conditions[${index}] needs exactly one of ${KINDS.join(", ")}, got ${given.join(", ") || "none"}`,
      };
  }
}

export function toCondition(condition: Condition): RuleCondition {
  const { hostHeader, httpHeader, httpRequestMethod, pathPattern, queryStrings, sourceIp } = condition;
  if (hostHeader) return { Field: "host-header", HostHeaderConfig: { Values: hostHeader.values } };
  if (httpHeader)
    return {
      Field: "http-header",
      HttpHeaderConfig: { HttpHeaderName: httpHeader.httpHeaderName, Values: httpHeader.values },
    };
  if (httpRequestMethod)
    return { Field: "http-request-method", HttpRequestMethodConfig: { Values: httpRequestMethod.values } };
  if (pathPattern) return { Field: "path-pattern", PathPatternConfig: { Values: pathPattern.values } };
  if (queryStrings)
    return {
      Field: "query-string",
      QueryStringConfig: { Values: queryStrings.map(({ key, value }) => ({ Key: key, Value: value })) },
    };
  return { Field: "source-ip", SourceIpConfig: { Values: sourceIp?.values } };
}

export function fromCondition(told: RuleCondition): Condition {
  const header = told.HttpHeaderConfig;
  const simple = (config: { Values?: string[] | undefined } | undefined) => config && { values: config.Values ?? [] };
  return {
    hostHeader: simple(told.HostHeaderConfig),
    httpHeader: header && { httpHeaderName: header.HttpHeaderName as string, values: header.Values },
    httpRequestMethod: simple(told.HttpRequestMethodConfig),
    pathPattern: simple(told.PathPatternConfig),
    queryStrings: told.QueryStringConfig?.Values?.map(({ Key, Value = "" }) => ({ key: Key, value: Value })),
    sourceIp: simple(told.SourceIpConfig),
  };
}
