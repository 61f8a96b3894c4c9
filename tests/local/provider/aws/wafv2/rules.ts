/** Parts of web ACLs for tests. */
import type { Values } from "../../../../../local/provider/core/values.ts";

export const seen = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

export const group = (name: string, priority: number, more: Values = {}): Values => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name: `AWSManagedRules${name}`, ...more } },
  visibilityConfig: seen(name),
});

export const rule = (name: string, priority: number, statement: Values, action: Values = { block: {} }): Values => ({
  name,
  priority,
  action,
  statement,
  visibilityConfig: seen(name),
});

export const PLAIN = { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig: seen("all") };
