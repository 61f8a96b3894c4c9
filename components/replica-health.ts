import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Tagger } from "./tagger.ts";

export interface ReplicaHealth {
  readonly region: string;
  readonly maximumLagSeconds: number;
  readonly tags: Tagger;
}

/** How long a replica must be wrong, or right again, in minutes. */
const PERIODS = 2;

/**
 * A health check that fails while a replica lags or has stopped, as Route 53 can ask it of a machine that it cannot reach: by alarms.
 *
 * RDS reports a lag of -1 when replication has stopped, which one alarm over the lag would take for a good answer, and Route 53 takes no alarm over an
 * expression. So there are two alarms, and both must be quiet. Source: RDS user guide, monitoring read replication.
 *
 * @returns the id of the health check
 */
export function replicaHealth(
  name: string,
  identifier: pulumi.Output<string>,
  { region, maximumLagSeconds, tags }: ReplicaHealth,
  owned: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const check = (part: string, alarm: Partial<aws.cloudwatch.MetricAlarmArgs>) => {
    const made = new aws.cloudwatch.MetricAlarm(
      `${name}-${part}`,
      { ...lag(identifier), ...alarm, tags: tags.named(`${name}-${part}`) },
      owned,
    );
    return new aws.route53.HealthCheck(
      `${name}-${part}`,
      {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: made.name,
        cloudwatchAlarmRegion: region,
        insufficientDataHealthStatus: "Unhealthy",
        // Route 53 copies the alarm and would not notice another threshold.
        triggers: { threshold: String(alarm.threshold) },
        tags: tags.named(`${name}-${part}`),
      },
      owned,
    );
  };
  const lagging = check("lagging", {
    alarmDescription: `Reads avoid a replica that is more than ${maximumLagSeconds} seconds behind`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: maximumLagSeconds,
    // A replica that says nothing is not trusted either.
    treatMissingData: "breaching",
  });
  const stopped = check("stopped", {
    alarmDescription: "Reads avoid a replica that no longer follows",
    comparisonOperator: "LessThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
  });
  const health = new aws.route53.HealthCheck(
    `${name}-health`,
    {
      type: "CALCULATED",
      childHealthchecks: [lagging.id, stopped.id],
      childHealthThreshold: 2,
      tags: tags.named(`${name}-health`),
    },
    owned,
  );
  return health.id;
}

function lag(identifier: pulumi.Output<string>) {
  return {
    namespace: "AWS/RDS",
    metricName: "ReplicaLag",
    dimensions: { DBInstanceIdentifier: identifier },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: PERIODS,
  };
}
