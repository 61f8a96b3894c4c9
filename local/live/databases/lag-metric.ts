import {
  type CloudWatchClient,
  type MetricAlarm,
  PutMetricDataCommand,
  paginateDescribeAlarms,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { all } from "../account/clients.ts";
import { alarmState } from "./alarm-state.ts";

const METRIC = { Namespace: "AWS/RDS", MetricName: "ReplicaLag" };

/** RDS reports it once a minute. */
const MINUTE_MS = 60_000;

/** The longest time that an alarm may look back, in minutes. */
const MEMORY_MINUTES = 24 * 60;

interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

type Minutes = ReadonlyMap<number, Summary>;

/**
 * Reports how far replicas are behind, as RDS does, and sets the alarms over it, as CloudWatch would: both once a minute, since neither is there to do
 * it.
 */
export class LagMetric {
  readonly #cloudwatch: CloudWatchClient;
  readonly #minutes = new Map<string, Map<number, Summary>>();
  #reported: number | undefined;

  constructor(cloudwatch: CloudWatchClient) {
    this.#cloudwatch = cloudwatch;
  }

  /** Takes note of the replicas' lags, in seconds by instance identifier; with a new minute, tells of the one before. */
  async note(lags: ReadonlyMap<string, number>, now = Date.now()): Promise<void> {
    const minute = Math.floor(now / MINUTE_MS);
    const isNew = minute !== this.#reported;
    if (isNew) await this.#report(minute, new Set(lags.keys()));
    for (const [identifier, seconds] of lags) {
      const minutes = this.#minutes.get(identifier) ?? new Map<number, Summary>();
      minutes.set(minute, withSample(minutes.get(minute), seconds));
      minutes.delete(minute - MEMORY_MINUTES);
      this.#minutes.set(identifier, minutes);
    }
  }

  async #report(minute: number, present: ReadonlySet<string>): Promise<void> {
    await this.#publish(minute - 1);
    const alarms = await all(paginateDescribeAlarms({ client: this.#cloudwatch }, {}), (page) => page.MetricAlarms);
    await Promise.all(alarms.filter(isOverLag).map((alarm) => this.#judge(alarm, minute, present)));
    this.#reported = minute;
  }

  async #publish(minute: number): Promise<void> {
    const MetricData = [...this.#minutes].flatMap(([identifier, minutes]) => {
      const summary = minutes.get(minute);
      if (!summary) return [];
      return [
        {
          MetricName: METRIC.MetricName,
          Dimensions: [{ Name: "DBInstanceIdentifier", Value: identifier }],
          Timestamp: new Date(minute * MINUTE_MS),
          Unit: "Seconds" as const,
          StatisticValues: {
            SampleCount: summary.count,
            Sum: summary.sum,
            Minimum: summary.minimum,
            Maximum: summary.maximum,
          },
        },
      ];
    });
    if (MetricData.length > 0)
      await this.#cloudwatch.send(new PutMetricDataCommand({ Namespace: METRIC.Namespace, MetricData }));
  }

  /** Alarms over databases that do not run here are somebody else's. */
  async #judge(alarm: MetricAlarm, minute: number, present: ReadonlySet<string>): Promise<void> {
    const identifier = identifierOf(alarm);
    const minutes = this.#minutes.get(identifier);
    if (!minutes && !present.has(identifier)) return;
    const points = pointsOf(alarm, minutes ?? new Map(), minute);
    const state = alarmState(alarm, points);
    if (state === alarm.StateValue) return;
    const said = points.slice(0, alarm.EvaluationPeriods).map((point) => point ?? "missing");
    await this.#cloudwatch.send(
      new SetAlarmStateCommand({
        AlarmName: alarm.AlarmName,
        StateValue: state,
        StateReason: `The lag of ${identifier}, the last first, in seconds: ${said.join(", ")}`,
      }),
    );
  }
}

const identifierOf = ({ Dimensions = [] }: MetricAlarm): string =>
  (Dimensions.length === 1 && Dimensions[0]?.Name === "DBInstanceIdentifier" && Dimensions[0].Value) || "";

const isOverLag = ({ Namespace, MetricName }: MetricAlarm): boolean =>
  Namespace === METRIC.Namespace && MetricName === METRIC.MetricName;

function withSample(before: Summary | undefined, seconds: number): Summary {
  const { count = 0, sum = 0, minimum = seconds, maximum = seconds } = before ?? {};
  return {
    count: count + 1,
    sum: sum + seconds,
    minimum: Math.min(minimum, seconds),
    maximum: Math.max(maximum, seconds),
  };
}

/** How far back an alarm is told of, in periods. */
const PERIODS = 32;

/** The alarm's statistic over its periods, of which the last ends where a minute begins. */
function pointsOf({ Period = 60, Statistic }: MetricAlarm, minutes: Minutes, minute: number): (number | undefined)[] {
  const length = Math.max(1, Math.round(Period / 60));
  return Array.from({ length: PERIODS }, (_, index) => {
    const end = minute - index * length;
    const within = Array.from({ length }, (_, each) => minutes.get(end - 1 - each)).filter(
      (each) => each !== undefined,
    );
    return within.length === 0 ? undefined : statistic(Statistic, within);
  });
}

function statistic(name: string | undefined, summaries: readonly Summary[]): number {
  const count = summaries.reduce((total, each) => total + each.count, 0);
  const sum = summaries.reduce((total, each) => total + each.sum, 0);
  switch (name) {
    case "Minimum":
      return Math.min(...summaries.map(({ minimum }) => minimum));
    case "Maximum":
      return Math.max(...summaries.map(({ maximum }) => maximum));
    case "Sum":
      return sum;
    case "SampleCount":
      return count;
    default:
      return sum / count;
  }
}
