/** What an alarm must be beyond its schema. Source: API_PutMetricAlarm.html and API_MetricDataQuery.html of CloudWatch. */
import type { Problem } from "../../core/resource.ts";
import type { AlarmInputs } from "./alarms.ts";

type Inputs = Partial<AlarmInputs>;
type IsGiven = (property: keyof AlarmInputs & string) => boolean;
type Rule = (inputs: Inputs, isGiven: IsGiven) => Iterable<Problem>;

const RULES: readonly Rule[] = [what, periods, threshold, queries, dimensions];

export const checkAlarm = (inputs: Inputs, isGiven: IsGiven): Problem[] =>
  RULES.flatMap((rule) => [...rule(inputs, isGiven)]);

/** Operators that compare with a band which CloudWatch computes. */
const BAND = ["LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"];

/** An alarm watches one metric, or an expression over several. */
function* what(_inputs: Inputs, isGiven: IsGiven): Iterable<Problem> {
  if (isGiven("metricQueries")) return;
  for (const property of ["metricName", "namespace", "period"] as const)
    if (!isGiven(property)) yield { property, reason: `${property} is required without metricQueries, and missing` };
  if (!isGiven("statistic") && !isGiven("extendedStatistic"))
    yield { property: "statistic", reason: "statistic is missing: one of statistic, extendedStatistic is required" };
}

const isPeriod = (seconds: number): boolean => [10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0);
const PERIODS = "must be 10, 20, 30 or a multiple of 60 seconds";

const HOUR = 3600;
const DAY = 24 * HOUR;

function* periods({ period, evaluationPeriods = 1, datapointsToAlarm }: Inputs): Iterable<Problem> {
  if (period !== undefined && !isPeriod(period))
    yield { property: "period", reason: `period ${PERIODS}, got ${period}` };
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods)
    yield {
      property: "datapointsToAlarm",
      reason: `datapointsToAlarm must be at most evaluationPeriods (${evaluationPeriods}), got ${datapointsToAlarm}`,
    };
  const longest = (period ?? 0) >= HOUR ? 7 : 1;
  if (period !== undefined && period * evaluationPeriods > longest * DAY)
    yield {
      property: "evaluationPeriods",
      reason: `evaluationPeriods times period must be at most ${longest * DAY} seconds for a period of ${period}, got ${evaluationPeriods * period}`,
    };
}

function* threshold({ comparisonOperator = "", thresholdMetricId }: Inputs, isGiven: IsGiven): Iterable<Problem> {
  const wantsBand = BAND.includes(comparisonOperator);
  if (wantsBand && !isGiven("thresholdMetricId"))
    yield {
      property: "thresholdMetricId",
      reason: `thresholdMetricId is required with comparisonOperator ${comparisonOperator}, and missing`,
    };
  if (!wantsBand && comparisonOperator && thresholdMetricId !== undefined)
    yield {
      property: "thresholdMetricId",
      reason: `thresholdMetricId cannot be set with comparisonOperator ${comparisonOperator}; remove it, or choose one of ${BAND.join(", ")}`,
    };
}

function* queries({ metricQueries = [], thresholdMetricId }: Inputs): Iterable<Problem> {
  if (metricQueries.length === 0) return;
  const problem = (reason: string): Problem => ({ property: "metricQueries", reason: `metricQueries ${reason}` });
  const ids = metricQueries.map(({ id }) => id);
  for (const { id, metric, expression, period } of metricQueries) {
    if (!metric && !expression) yield problem(`holds ${id} without metric and without expression; set one of them`);
    if (metric && expression) yield problem(`holds ${id} with both metric and expression; remove one of them`);
    for (const seconds of [period, metric?.period])
      if (seconds !== undefined && !isPeriod(seconds))
        yield problem(`holds ${id} with a period that ${PERIODS}, got ${seconds}`);
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated) yield problem(`holds the id ${repeated} twice; ids tell the queries apart`);
  const returned = metricQueries.filter(({ returnData }) => returnData).map(({ id }) => id);
  // A band is returned beside the metric that it belongs to.
  if (!thresholdMetricId && returned.length !== 1)
    yield problem(`must hold one query with returnData, the one to be compared, got ${returned.join(", ") || "none"}`);
  if (thresholdMetricId && !ids.includes(thresholdMetricId))
    yield {
      property: "thresholdMetricId",
      reason: `thresholdMetricId must be the id of one of metricQueries (${ids.join(", ")}), got ${thresholdMetricId}`,
    };
}

/** As many as a metric has at most. */
const DIMENSIONS = 30;

function* dimensions({ dimensions: given = {} }: Inputs): Iterable<Problem> {
  const count = Object.keys(given).length;
  if (count > DIMENSIONS)
    yield { property: "dimensions", reason: `dimensions takes at most ${DIMENSIONS} entries, got ${count}` };
  for (const [name, value] of Object.entries(given))
    if (value === "") yield { property: "dimensions", reason: `dimensions.${name} must not be empty; leave it out` };
}
