import test from "ava";
import type { AlarmDefinition } from "../../../components/alarms/definition.ts";
import { metricAlarmArgs } from "../../../components/alarms/metric-alarm.ts";

const METRIC = { namespace: "N", name: "M", statistic: "Maximum", dimensions: ["D"] };
const DEFINITION: AlarmDefinition = {
  name: "a",
  means: "It is bad.",
  act: "Make it good.",
  measure: METRIC,
  comparison: "LessThanThreshold",
  threshold: 7,
  periodSeconds: 60,
  periods: 4,
  missing: "breaching",
};

test("an alarm over a metric", (t) => {
  t.deepEqual(metricAlarmArgs(DEFINITION, { D: "d", E: "e" }), {
    alarmDescription: "It is bad. Make it good.",
    namespace: "N",
    metricName: "M",
    statistic: "Maximum",
    period: 60,
    dimensions: { D: "d" },
    comparisonOperator: "LessThanThreshold",
    threshold: 7,
    evaluationPeriods: 4,
    treatMissingData: "breaching",
  });
});

test("an alarm over a calculation compares its result only", (t) => {
  const measure = { expression: "x / y", label: "L", metrics: { x: METRIC, y: { ...METRIC, statistic: "p95" } } };
  t.deepEqual(metricAlarmArgs({ ...DEFINITION, measure, badPeriods: 3 }, { D: "d" }), {
    alarmDescription: "It is bad. Make it good.",
    metricQueries: [
      { id: "result", expression: "x / y", label: "L", returnData: true },
      { id: "x", metric: { namespace: "N", metricName: "M", stat: "Maximum", period: 60, dimensions: { D: "d" } } },
      { id: "y", metric: { namespace: "N", metricName: "M", stat: "p95", period: 60, dimensions: { D: "d" } } },
    ],
    comparisonOperator: "LessThanThreshold",
    threshold: 7,
    evaluationPeriods: 4,
    datapointsToAlarm: 3,
    treatMissingData: "breaching",
  });
});

test("a dimension without a value is an error, since such an alarm would never see anything", (t) => {
  t.throws(() => metricAlarmArgs(DEFINITION, { E: "e" }), {
    message: "M has the dimension D, of which no value is given",
  });
});
