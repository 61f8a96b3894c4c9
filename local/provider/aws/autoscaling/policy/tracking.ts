/** Scaling that keeps a metric at a value, as the provider has it and as the API has it. */
import type {
  CustomizedMetricSpecification,
  MetricDimension,
  TargetTrackingConfiguration,
} from "@aws-sdk/client-auto-scaling";
import type { PolicyArgs } from "@pulumi/aws/autoscaling/policy.js";
import type { Plain } from "../../../core/resource.ts";

type Tracking = NonNullable<Plain<PolicyArgs>["targetTrackingConfiguration"]>;
type Customized = NonNullable<Tracking["customizedMetricSpecification"]>;
type Dimensions = Customized["metricDimensions"];

export function toTracking(tracking: Tracking): TargetTrackingConfiguration {
  const { predefinedMetricSpecification: predefined, customizedMetricSpecification: customized } = tracking;
  return {
    TargetValue: tracking.targetValue,
    DisableScaleIn: tracking.disableScaleIn ?? false,
    PredefinedMetricSpecification: predefined && {
      PredefinedMetricType: predefined.predefinedMetricType as "ASGAverageCPUUtilization",
      ResourceLabel: predefined.resourceLabel,
    },
    CustomizedMetricSpecification: customized && toCustomized(customized),
  };
}

function toCustomized({ metrics, ...single }: Customized): CustomizedMetricSpecification {
  return {
    Dimensions: toDimensions(single.metricDimensions),
    MetricName: single.metricName,
    Namespace: single.namespace,
    Period: single.period,
    Statistic: single.statistic as "Average" | undefined,
    Unit: single.unit,
    Metrics: metrics?.map(({ id, expression, label, metricStat, returnData }) => ({
      Id: id,
      Expression: expression,
      Label: label,
      MetricStat: metricStat && {
        Metric: {
          Dimensions: toDimensions(metricStat.metric.dimensions),
          MetricName: metricStat.metric.metricName,
          Namespace: metricStat.metric.namespace,
        },
        Period: metricStat.period,
        Stat: metricStat.stat,
        Unit: metricStat.unit,
      },
      ReturnData: returnData,
    })),
  };
}

const toDimensions = (dimensions: Dimensions): MetricDimension[] | undefined =>
  dimensions?.map(({ name, value }) => ({ Name: name, Value: value }));

export function fromTracking(told: TargetTrackingConfiguration): Tracking {
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized } = told;
  return {
    targetValue: told.TargetValue as number,
    disableScaleIn: told.DisableScaleIn ?? false,
    predefinedMetricSpecification: predefined && {
      predefinedMetricType: predefined.PredefinedMetricType as string,
      resourceLabel: predefined.ResourceLabel,
    },
    customizedMetricSpecification: customized && fromCustomized(customized),
  };
}

function fromCustomized({ Metrics, ...single }: CustomizedMetricSpecification): Customized {
  return {
    metricDimensions: fromDimensions(single.Dimensions),
    metricName: single.MetricName,
    namespace: single.Namespace,
    period: single.Period,
    statistic: single.Statistic,
    unit: single.Unit,
    metrics: Metrics?.map(({ Id = "", Expression, Label, MetricStat, ReturnData }) => ({
      id: Id,
      expression: Expression,
      label: Label,
      metricStat: MetricStat && {
        metric: {
          dimensions: fromDimensions(MetricStat.Metric?.Dimensions),
          metricName: MetricStat.Metric?.MetricName as string,
          namespace: MetricStat.Metric?.Namespace as string,
        },
        period: MetricStat.Period,
        stat: MetricStat.Stat as string,
        unit: MetricStat.Unit,
      },
      returnData: ReturnData,
    })),
  };
}

const fromDimensions = (told: MetricDimension[] | undefined): Dimensions =>
  told?.map(({ Name = "", Value = "" }) => ({ name: Name, value: Value }));
