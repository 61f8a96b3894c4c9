import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmDefinition, Calculation, Metric } from "./definition.ts";

/** Values of dimensions by their names. */
export type Dimensions = Readonly<Record<string, pulumi.Input<string>>>;

/** A definition as CloudWatch takes it. What is told to whom is left to the caller. */
export function metricAlarmArgs(definition: AlarmDefinition, dimensions: Dimensions): aws.cloudwatch.MetricAlarmArgs {
  const { means, act, measure, comparison, threshold, periodSeconds, periods, badPeriods, missing } = definition;
  return {
    alarmDescription: `${means} ${act}`,
    ...("expression" in measure
      ? { metricQueries: queries(measure, periodSeconds, dimensions) }
      : single(measure, periodSeconds, dimensions)),
    comparisonOperator: comparison,
    threshold,
    evaluationPeriods: periods,
    ...(badPeriods !== undefined && { datapointsToAlarm: badPeriods }),
    treatMissingData: missing,
  };
}

function single(metric: Metric, period: number, dimensions: Dimensions) {
  const { namespace, name, statistic } = metric;
  return { namespace, metricName: name, statistic, period, dimensions: valuesOf(metric, dimensions) };
}

function queries({ expression, label, metrics }: Calculation, period: number, dimensions: Dimensions) {
  const measured = Object.entries(metrics).map(([id, metric]) => {
    const { namespace, name, statistic } = metric;
    const values = valuesOf(metric, dimensions);
    return { id, metric: { namespace, metricName: name, stat: statistic, period, dimensions: values } };
  });
  return [{ id: "result", expression, label, returnData: true }, ...measured];
}

function valuesOf(metric: Metric, dimensions: Dimensions): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    metric.dimensions.map((name) => {
      const value = dimensions[name];
      if (value === undefined) throw new Error(`${metric.name} has the dimension ${name}, of which no value is given`);
      return [name, value];
    }),
  );
}
