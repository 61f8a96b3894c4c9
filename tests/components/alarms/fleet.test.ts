import test from "ava";
import { type WatchedFleet, watchFleet } from "../../../components/alarms/fleet.ts";
import { HOST_METRICS, HOST_NAMESPACE } from "../../../machines/monitoring.ts";
import { namesOf, numbersOf } from "./support.ts";

const FLEET: WatchedFleet = {
  cpuPercent: 75,
  memoryPercent: 88,
  diskPercent: 82,
  minimum: 2,
  maximum: 6,
  instanceType: "m7g.large",
};
const watch = (changes: Partial<WatchedFleet> = {}) => watchFleet({ ...FLEET, ...changes });

const CLIENTS = "clients: that of one server may be silent unseen while those of the others report";
const GROUP = ["AutoScalingGroupName"];

test("a fleet has these alarms", (t) => {
  t.deepEqual(namesOf(watch()), ["cpu", "memory", "disk", "at-maximum"]);
  t.deepEqual(watch().gaps, [CLIENTS]);
});

test("load is the average of all servers, in the steps of five minutes that EC2 reports", (t) => {
  t.deepEqual(numbersOf(watch(), "cpu"), {
    measure: { namespace: "AWS/EC2", name: "CPUUtilization", statistic: "Average", dimensions: GROUP },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 75,
    periodSeconds: 300,
    periods: 3,
    missing: "notBreaching",
  });
});

for (const [name, metric, threshold] of [
  ["memory", HOST_METRICS.memory, 88],
  ["disk", HOST_METRICS.disk, 82],
] as const) {
  test(`${name} is what the monitoring client reports of the fullest server, and its silence is an alarm`, (t) => {
    t.deepEqual(numbersOf(watch(), name), {
      measure: { namespace: HOST_NAMESPACE, name: metric, statistic: "Maximum", dimensions: GROUP },
      comparison: "GreaterThanOrEqualToThreshold",
      threshold,
      periodSeconds: 60,
      periods: 10,
      missing: "breaching",
    });
  });
}

test("a fleet that cannot grow any more is an alarm", (t) => {
  t.deepEqual(numbersOf(watch(), "at-maximum"), {
    measure: {
      namespace: "AWS/AutoScaling",
      name: "GroupInServiceInstances",
      statistic: "Minimum",
      dimensions: GROUP,
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 6,
    periodSeconds: 60,
    periods: 15,
    missing: "notBreaching",
  });
});

test("a fleet of one size would always be at its maximum, and it is said that there is no alarm", (t) => {
  const fixed = watch({ minimum: 3, maximum: 3 });
  t.deepEqual(namesOf(fixed), ["cpu", "memory", "disk"]);
  t.deepEqual(fixed.gaps, [CLIENTS, "at-maximum: minimum and maximum are both 3, so the fleet is there always"]);
});

test("burstable servers are watched for their credits", (t) => {
  t.deepEqual(numbersOf(watch({ instanceType: "t4g.small" }), "credits"), {
    measure: { namespace: "AWS/EC2", name: "CPUSurplusCreditBalance", statistic: "Maximum", dimensions: GROUP },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 144,
    periodSeconds: 300,
    periods: 3,
    missing: "notBreaching",
  });
  t.deepEqual(watch({ instanceType: "t5.small" }).gaps, [CLIENTS, "credits: what t5.small earns is not known here"]);
});
