import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What an alarm says of itself, as far as its state follows from it. */
export type AlarmRule = Pick<
  MetricAlarm,
  "ComparisonOperator" | "DatapointsToAlarm" | "EvaluationPeriods" | "StateValue" | "Threshold" | "TreatMissingData"
>;

/** How many periods CloudWatch looks back beyond those that an alarm evaluates, in search of data. */
const BEYOND = 2;

/**
 * The state of an alarm over one metric. Source: CloudWatch user guide, configuring how alarms treat missing data.
 *
 * @param points one for each period that is over, the last one first; undefined where no data came
 */
export function alarmState(alarm: AlarmRule, points: readonly (number | undefined)[]): AlarmState {
  const periods = alarm.EvaluationPeriods ?? 1;
  const needed = alarm.DatapointsToAlarm ?? periods;
  const treatment = alarm.TreatMissingData ?? "missing";
  const real = points.slice(0, periods + BEYOND).filter((point) => point !== undefined);
  const judged = real.slice(0, periods).map((point) => breaches(alarm, point));
  const breaching = judged.filter((each) => each).length;
  const missing = periods - judged.length;
  const kept = (alarm.StateValue ?? "INSUFFICIENT_DATA") as AlarmState;
  if (treatment === "breaching") return breaching + missing >= needed ? "ALARM" : "OK";
  if (breaching >= needed) return "ALARM";
  if (treatment === "notBreaching" || judged.includes(false)) return "OK";
  if (treatment === "ignore") return kept;
  // All that is known breaches, and nothing is known to be well.
  return judged.length > 0 ? "ALARM" : "INSUFFICIENT_DATA";
}

function breaches({ ComparisonOperator, Threshold = 0 }: AlarmRule, point: number): boolean {
  switch (ComparisonOperator) {
    case "GreaterThanThreshold":
      return point > Threshold;
    case "GreaterThanOrEqualToThreshold":
      return point >= Threshold;
    case "LessThanThreshold":
      return point < Threshold;
    case "LessThanOrEqualToThreshold":
      return point <= Threshold;
    default:
      return false;
  }
}
