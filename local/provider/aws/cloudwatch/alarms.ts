/** Alarms in the words of Pulumi and in those of the API. */
import type {
  ComparisonOperator,
  Dimension,
  MetricAlarm,
  MetricDataQuery,
  PutMetricAlarmCommandInput,
  StandardUnit,
  Statistic,
} from "@aws-sdk/client-cloudwatch";
import type { MetricAlarmArgs, MetricAlarmState } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import type { Plain } from "../../core/resource.ts";

export type AlarmInputs = Plain<MetricAlarmArgs>;
type Query = NonNullable<AlarmInputs["metricQueries"]>[number];
type State = Partial<Plain<MetricAlarmState>>;

const toDimensions = (dimensions: Readonly<Record<string, string>> = {}): Dimension[] =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

const fromDimensions = (dimensions: readonly Dimension[] = []): Record<string, string> =>
  Object.fromEntries(dimensions.map(({ Name = "", Value = "" }) => [Name, Value]));

/** The API tells an empty list of what was not set. */
const some = <T>(list: T[] | undefined): T[] | undefined => (list?.length ? list : undefined);

export function toAlarm(inputs: AlarmInputs): Omit<PutMetricAlarmCommandInput, "AlarmName"> {
  return {
    ActionsEnabled: inputs.actionsEnabled,
    AlarmActions: inputs.alarmActions,
    AlarmDescription: inputs.alarmDescription,
    ComparisonOperator: inputs.comparisonOperator as ComparisonOperator,
    DatapointsToAlarm: inputs.datapointsToAlarm,
    Dimensions: inputs.dimensions && toDimensions(inputs.dimensions),
    EvaluateLowSampleCountPercentile: inputs.evaluateLowSampleCountPercentiles,
    EvaluationPeriods: inputs.evaluationPeriods,
    ExtendedStatistic: inputs.extendedStatistic,
    InsufficientDataActions: inputs.insufficientDataActions,
    MetricName: inputs.metricName,
    Metrics: inputs.metricQueries?.map(toQuery),
    Namespace: inputs.namespace,
    OKActions: inputs.okActions,
    Period: inputs.period,
    Statistic: inputs.statistic as Statistic | undefined,
    // Without a band that AWS computes there is a threshold, if only 0.
    Threshold: inputs.thresholdMetricId ? undefined : (inputs.threshold ?? 0),
    ThresholdMetricId: inputs.thresholdMetricId,
    TreatMissingData: inputs.treatMissingData,
    Unit: inputs.unit as StandardUnit | undefined,
  };
}

const toQuery = ({ id, accountId, expression, label, metric, period, returnData }: Query): MetricDataQuery => ({
  Id: id,
  AccountId: accountId,
  Expression: expression,
  Label: label,
  Period: period,
  ReturnData: returnData,
  MetricStat: metric && {
    Metric: {
      MetricName: metric.metricName,
      Namespace: metric.namespace,
      Dimensions: toDimensions(metric.dimensions),
    },
    Period: metric.period,
    Stat: metric.stat,
    Unit: metric.unit as StandardUnit | undefined,
  },
});

export function fromAlarm(alarm: MetricAlarm, known: State): State {
  return {
    actionsEnabled: alarm.ActionsEnabled,
    alarmActions: some(alarm.AlarmActions),
    alarmDescription: alarm.AlarmDescription,
    arn: alarm.AlarmArn,
    comparisonOperator: alarm.ComparisonOperator,
    datapointsToAlarm: alarm.DatapointsToAlarm,
    dimensions: some(alarm.Dimensions) && fromDimensions(alarm.Dimensions),
    evaluateLowSampleCountPercentiles: alarm.EvaluateLowSampleCountPercentile,
    evaluationPeriods: alarm.EvaluationPeriods,
    extendedStatistic: alarm.ExtendedStatistic,
    insufficientDataActions: some(alarm.InsufficientDataActions),
    metricName: alarm.MetricName,
    metricQueries: some(alarm.Metrics)?.map((query) => fromQuery(query, known)),
    name: alarm.AlarmName,
    namespace: alarm.Namespace,
    okActions: some(alarm.OKActions),
    period: alarm.Period,
    statistic: alarm.Statistic,
    threshold: alarm.Threshold,
    thresholdMetricId: alarm.ThresholdMetricId,
    treatMissingData: alarm.TreatMissingData,
    unit: alarm.Unit,
  };
}

function fromQuery({ Id = "", ...query }: MetricDataQuery, { metricQueries = [] }: State): Query {
  const { Metric, Period, Stat, Unit } = query.MetricStat ?? {};
  return {
    id: Id,
    // The emulated API forgets it.
    accountId: query.AccountId ?? metricQueries.find(({ id }) => id === Id)?.accountId,
    expression: query.Expression,
    label: query.Label,
    period: query.Period,
    returnData: query.ReturnData,
    metric: Metric && {
      metricName: Metric.MetricName ?? "",
      namespace: Metric.Namespace,
      dimensions: fromDimensions(Metric.Dimensions),
      period: Period ?? 0,
      stat: Stat ?? "",
      unit: Unit,
    },
  };
}
