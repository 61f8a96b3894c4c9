import test from "ava";
import { type WatchedBalancer, watchBalancer } from "../../../components/alarms/load-balancer.ts";
import { namesOf, numbersOf } from "./support.ts";

const BALANCER: WatchedBalancer = {
  errorPercent: 2,
  minimumRequestsPerMinute: 30,
  latencyMilliseconds: 750,
  minimumTargets: 3,
};
const watch = watchBalancer(BALANCER);

const metric = (name: string, statistic: string, ...more: string[]) => ({
  namespace: "AWS/ApplicationELB",
  name,
  statistic,
  dimensions: ["LoadBalancer", ...more],
});

test("a load balancer has these alarms, and nothing of it goes unwatched", (t) => {
  t.deepEqual(namesOf(watch), [
    "errors",
    "latency",
    "unhealthy-hosts",
    "too-few-hosts",
    "no-hosts",
    "rejected-connections",
  ]);
  t.deepEqual(watch.gaps, []);
});

test("errors are a share of all requests, those without a server included, and count only with traffic", (t) => {
  t.deepEqual(numbersOf(watch, "errors"), {
    measure: {
      expression:
        "IF((FILL(requests, 0) + FILL(refused, 0)) >= 30, " +
        "100 * (FILL(failed, 0) + FILL(refused, 0)) / (FILL(requests, 0) + FILL(refused, 0)), 0)",
      label: "Failed requests in percent",
      metrics: {
        requests: metric("RequestCount", "Sum"),
        refused: metric("HTTPCode_ELB_5XX_Count", "Sum"),
        failed: metric("HTTPCode_Target_5XX_Count", "Sum"),
      },
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 2,
    periodSeconds: 60,
    periods: 5,
    badPeriods: 3,
    missing: "notBreaching",
  });
});

test("latency is the time of 95 of 100 answers, and counts only with traffic", (t) => {
  t.deepEqual(numbersOf(watch, "latency"), {
    measure: {
      expression: "IF(FILL(requests, 0) >= 30, 1000 * latency, 0)",
      label: "Time of 95 of 100 answers in milliseconds",
      metrics: { requests: metric("RequestCount", "Sum"), latency: metric("TargetResponseTime", "p95") },
    },
    comparison: "GreaterThanThreshold",
    threshold: 750,
    periodSeconds: 60,
    periods: 10,
    badPeriods: 8,
    missing: "notBreaching",
  });
});

test("an unhealthy server has ten minutes to be one that starts", (t) => {
  t.deepEqual(numbersOf(watch, "unhealthy-hosts"), {
    measure: metric("UnHealthyHostCount", "Maximum", "TargetGroup"),
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periodSeconds: 60,
    periods: 10,
    missing: "notBreaching",
  });
});

test("fewer healthy servers than the fleet has at least is an alarm, and so is no count", (t) => {
  t.deepEqual(numbersOf(watch, "too-few-hosts"), {
    measure: metric("HealthyHostCount", "Minimum", "TargetGroup"),
    comparison: "LessThanThreshold",
    threshold: 3,
    periodSeconds: 60,
    periods: 5,
    missing: "breaching",
  });
});

test("no healthy server is an alarm after three minutes, whatever the fleet's size", (t) => {
  t.deepEqual(numbersOf(watch, "no-hosts"), {
    measure: metric("HealthyHostCount", "Maximum", "TargetGroup"),
    comparison: "LessThanThreshold",
    threshold: 1,
    periodSeconds: 60,
    periods: 3,
    missing: "breaching",
  });
});

test("connections that are turned away are an alarm", (t) => {
  t.deepEqual(numbersOf(watch, "rejected-connections"), {
    measure: metric("RejectedConnectionCount", "Sum"),
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periodSeconds: 60,
    periods: 5,
    badPeriods: 3,
    missing: "notBreaching",
  });
});
