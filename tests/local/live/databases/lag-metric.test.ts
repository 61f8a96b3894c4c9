import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";
import test from "ava";
import { type AlarmRule, alarmState } from "../../../../local/live/databases/alarm-state.ts";
import { LagMetric } from "../../../../local/live/databases/lag-metric.ts";
import { startEmulator } from "../../provider/emulator.ts";

const GOOD = 0;
const BAD = 31;
const NONE = undefined;

const RULE: AlarmRule = {
  ComparisonOperator: "GreaterThanThreshold",
  EvaluationPeriods: 3,
  Threshold: 30,
  StateValue: "OK",
};

const TREATMENTS = ["missing", "ignore", "breaching", "notBreaching"] as const;

/** The state for each way to treat what is missing. */
const states = (points: readonly (number | undefined)[], rule: Partial<AlarmRule> = {}): string =>
  TREATMENTS.map((TreatMissingData) => alarmState({ ...RULE, ...rule, TreatMissingData }, points)).join(" ");

test("an alarm judges the last data that it finds, and only then what is missing", (t) => {
  // The last one first: the other way round than in CloudWatch's user guide.
  t.is(states([BAD, NONE, BAD, NONE, GOOD]), "OK OK OK OK");
  t.is(states([GOOD, NONE, NONE, NONE, NONE]), "OK OK OK OK");
  t.is(states([NONE, NONE, NONE, NONE, NONE]), "INSUFFICIENT_DATA OK ALARM OK");
  t.is(states([BAD, NONE, BAD, BAD, GOOD]), "ALARM ALARM ALARM ALARM");
  t.is(states([NONE, NONE, BAD, NONE, NONE]), "ALARM OK ALARM OK");
});

test("an alarm for some of its periods counts those that breach", (t) => {
  const two = { DatapointsToAlarm: 2 };
  t.is(states([BAD, NONE, BAD, NONE, GOOD], two), "ALARM ALARM ALARM ALARM");
  t.is(states([BAD, GOOD, BAD, GOOD, GOOD], two), "ALARM ALARM ALARM ALARM");
  t.is(states([NONE, NONE, BAD, NONE, GOOD], two), "OK OK ALARM OK");
  t.is(states([GOOD, NONE, NONE, NONE, NONE], two), "OK OK ALARM OK");
  t.is(states([NONE, BAD, NONE, NONE, NONE], two), "ALARM OK ALARM OK");
  t.is(states([BAD, BAD, GOOD], { ...two, EvaluationPeriods: 2 }), "ALARM ALARM ALARM ALARM");
});

test("an alarm compares in its own way", (t) => {
  const one = (ComparisonOperator: AlarmRule["ComparisonOperator"]) =>
    [-1, 0, 1].map((point) => alarmState({ ...RULE, EvaluationPeriods: 1, Threshold: 0, ComparisonOperator }, [point]));
  t.deepEqual(one("GreaterThanThreshold"), ["OK", "OK", "ALARM"]);
  t.deepEqual(one("GreaterThanOrEqualToThreshold"), ["OK", "ALARM", "ALARM"]);
  t.deepEqual(one("LessThanThreshold"), ["ALARM", "OK", "OK"]);
  t.deepEqual(one("LessThanOrEqualToThreshold"), ["ALARM", "ALARM", "OK"]);
});

const OVER_LAG: PutMetricAlarmCommandInput = {
  AlarmName: "lagging",
  Namespace: "AWS/RDS",
  MetricName: "ReplicaLag",
  Dimensions: [{ Name: "DBInstanceIdentifier", Value: "replica-1" }],
  Statistic: "Maximum",
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 30,
  ComparisonOperator: "GreaterThanThreshold",
  TreatMissingData: "breaching",
};

test("lags are reported minute by minute, and alarms over them follow; others are left alone", async (t) => {
  const { endpoint, stop } = await startEmulator();
  t.teardown(stop);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const cloudwatch = new CloudWatchClient({ endpoint, region: "eu-central-1", credentials });
  const elsewhere = { Dimensions: [{ Name: "DBInstanceIdentifier", Value: "somebody" }] };
  for (const more of [
    {},
    {
      AlarmName: "stopped",
      Threshold: 0,
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "notBreaching",
    },
    { AlarmName: "of another database", ...elsewhere },
    { AlarmName: "over another metric", MetricName: "CPUUtilization" },
  ] as const)
    await cloudwatch.send(new PutMetricAlarmCommand({ ...OVER_LAG, ...more }));
  const said = async () => {
    const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand());
    return Object.fromEntries(MetricAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue]));
  };
  const alone = { "of another database": "OK", "over another metric": "OK" };

  t.deepEqual(await said(), { ...alone, lagging: "OK", stopped: "OK" });

  const metric = new LagMetric(cloudwatch);
  const start = Date.parse("2026-01-01T10:00:00Z");
  const note = (second: number, lag?: number) =>
    metric.note(new Map(lag === undefined ? [] : [["replica-1", lag]]), start + second * 1000);

  await note(1, 0);
  t.deepEqual(await said(), { ...alone, lagging: "ALARM", stopped: "OK" }, "nothing is known yet");
  await note(30, 7);
  await note(60, 40);
  t.deepEqual(await said(), { ...alone, lagging: "OK", stopped: "OK" }, "one good minute");
  await note(120, 41);
  t.deepEqual(await said(), { ...alone, lagging: "OK", stopped: "OK" }, "one bad minute");
  await note(180, -1);
  t.deepEqual(await said(), { ...alone, lagging: "ALARM", stopped: "OK" }, "two bad minutes");
  await note(240, -1);
  await note(300, -1);
  t.deepEqual(await said(), { ...alone, lagging: "OK", stopped: "ALARM" }, "it has stopped");
  for (const minute of [6, 7, 8, 9, 10]) await note(minute * 60);
  t.deepEqual(await said(), { ...alone, lagging: "ALARM", stopped: "OK" }, "it says nothing any more");

  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: "AWS/RDS",
      MetricName: "ReplicaLag",
      Dimensions: [...(OVER_LAG.Dimensions ?? [])],
      StartTime: new Date(start),
      EndTime: new Date(start + 3_600_000),
      Period: 60,
      Statistics: ["Maximum"],
    }),
  );
  t.deepEqual(
    Datapoints.map(({ Timestamp, Maximum }) => [((Timestamp?.getTime() ?? 0) - start) / 60_000, Maximum]).sort(),
    [
      [0, 7],
      [1, 40],
      [2, 41],
      [3, -1],
      [4, -1],
      [5, -1],
    ],
  );
});
