import type { Properties, Value } from "../../../plan/values.ts";
import type { Line } from "../../line.ts";
import { fixed, hidden, used } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import { asGroup, asNumber, asText, listOf, numberOf, textOf, within } from "../../read.ts";
import type { Resource } from "../../resource.ts";

/** Below so many seconds an alarm is one of high resolution. */
const STANDARD_PERIOD = 60;

/** A band needs its two bounds beside the metric. https://aws.amazon.com/cloudwatch/pricing/ */
const METRICS_OF_A_BAND = 3;

/** Costs by the metrics that it looks at, and by its resolution. */
export default {
  usage: { analysedMetrics: "metrics that the query of a Metrics Insights alarm looks at" },
  lines: (resource, context) => {
    const queries = listOf(resource, "metricQueries");
    if (typeof queries === "symbol") return [hidden("alarm", "metricQueries", queries)];
    return queries === undefined || queries.length === 0
      ? simple(resource, context)
      : combined(resource, queries, context);
  },
} satisfies Pricing;

function simple(resource: Resource, context: Context): Line[] {
  const period = numberOf(resource, "period") ?? STANDARD_PERIOD;
  if (typeof period === "symbol") return [hidden("alarm", "period", period)];
  return [alarm(context, 1, period, false)];
}

function combined(resource: Resource, queries: readonly Value[], context: Context): Line[] {
  const groups = queries.map(asGroup);
  const secret = groups.find((group) => typeof group === "symbol");
  if (typeof secret === "symbol") return [hidden("alarm", "metricQueries", secret)];
  const insights = groups.some((group) =>
    String(asText(within(group, "expression")) ?? "")
      .trimStart()
      .startsWith("SELECT"),
  );
  if (insights) {
    const item = "alarm, by each metric that its query looks at";
    return [used(context, { item, key: "cloudwatch/alarm/metrics-insights", usage: "analysedMetrics" })];
  }
  const metrics = groups.map((group) => asGroup(within(group, "metric"))).filter((metric) => metric !== undefined);
  const periods = metrics.map((metric) => asNumber(within(metric as Properties, "period")));
  const unclear = periods.find((period) => typeof period === "symbol");
  if (typeof unclear === "symbol") return [hidden("alarm", "period", unclear)];
  const shortest = Math.min(
    STANDARD_PERIOD,
    ...periods.flatMap((period) => (typeof period === "number" ? period : [])),
  );
  const band = textOf(resource, "thresholdMetricId") !== undefined;
  return [alarm(context, Math.max(1, metrics.length), shortest, band)];
}

function alarm(context: Context, metrics: number, period: number, band: boolean): Line {
  const highResolution = period < STANDARD_PERIOD;
  const kind = highResolution ? "alarm, high resolution" : "alarm";
  return fixed(context, {
    item: band ? `${kind}, with a band` : kind,
    key: highResolution ? "cloudwatch/alarm/high-resolution" : "cloudwatch/alarm",
    each: band ? metrics * METRICS_OF_A_BAND : metrics,
  });
}
