import type { AlarmDefinition, Metric, Watch } from "./definition.ts";
import type { Thresholds } from "./thresholds.ts";

export interface WatchedBalancer
  extends Pick<Thresholds, "errorPercent" | "minimumRequestsPerMinute" | "latencyMilliseconds"> {
  /** How many servers its fleet never has less than. */
  readonly minimumTargets: number;
}

const metric = (name: string, statistic: string, ...dimensions: string[]): Metric => ({
  namespace: "AWS/ApplicationELB",
  name,
  statistic,
  dimensions: ["LoadBalancer", ...dimensions],
});

/** Load balancers report every minute. */
const MINUTE = 60;

/** Counts of what did not happen are not reported, and stand for nought. */
const count = (name: string) => `FILL(${name}, 0)`;

/** Source: Elastic Load Balancing user guide, CloudWatch metrics of Application Load Balancers. */
export function watchBalancer(balancer: WatchedBalancer): Watch {
  return {
    alarms: [
      errors(balancer),
      latency(balancer),
      unhealthyHosts,
      tooFewHosts(balancer.minimumTargets),
      noHosts,
      rejectedConnections,
    ],
    gaps: [],
  };
}

/**
 * `RequestCount` leaves out requests for which there was no server to choose, so what the load balancer refused itself is counted on top: when all
 * fails the share is 100, and for the few that are counted twice it is a little low, never high.
 */
function errors({ errorPercent, minimumRequestsPerMinute }: WatchedBalancer): AlarmDefinition {
  const all = `(${count("requests")} + ${count("refused")})`;
  const bad = `(${count("failed")} + ${count("refused")})`;
  return {
    name: "errors",
    means: "Too many requests are answered with an error of the server (5xx).",
    act: "Look whether the load balancer or the servers make them, then at the logs of that tier and at the last deploy.",
    measure: {
      expression: `IF(${all} >= ${minimumRequestsPerMinute}, 100 * ${bad} / ${all}, 0)`,
      label: "Failed requests in percent",
      metrics: {
        requests: metric("RequestCount", "Sum"),
        refused: metric("HTTPCode_ELB_5XX_Count", "Sum"),
        failed: metric("HTTPCode_Target_5XX_Count", "Sum"),
      },
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: errorPercent,
    periodSeconds: MINUTE,
    periods: 5,
    badPeriods: 3,
    // Nobody asked, so nobody was let down. That nobody can ask is what the alarms over hosts are for.
    missing: "notBreaching",
  };
}

/** A percentile of a handful of requests is the slowest of them, so it counts only where there is traffic. */
const latency = ({ latencyMilliseconds, minimumRequestsPerMinute }: WatchedBalancer): AlarmDefinition => ({
  name: "latency",
  means: "One answer in twenty takes too long.",
  act: "Find the slow tier on the dashboard, from the database upwards.",
  measure: {
    expression: `IF(${count("requests")} >= ${minimumRequestsPerMinute}, 1000 * latency, 0)`,
    label: "Time of 95 of 100 answers in milliseconds",
    metrics: { requests: metric("RequestCount", "Sum"), latency: metric("TargetResponseTime", "p95") },
  },
  comparison: "GreaterThanThreshold",
  threshold: latencyMilliseconds,
  periodSeconds: MINUTE,
  periods: 10,
  badPeriods: 8,
  // No requests, no answers.
  missing: "notBreaching",
});

const unhealthyHosts: AlarmDefinition = {
  name: "unhealthy-hosts",
  means: "A server has failed its health checks for ten minutes, and its scaling group has not brought another.",
  act: "Look at the activities of the scaling group: new servers fail to start, or fail the check as the old one does.",
  measure: metric("UnHealthyHostCount", "Maximum", "TargetGroup"),
  comparison: "GreaterThanOrEqualToThreshold",
  threshold: 1,
  periodSeconds: MINUTE,
  // A server that starts may be unhealthy until it is done.
  periods: 10,
  // Without servers there is none that could be unhealthy: that is for the alarms over too few of them.
  missing: "notBreaching",
};

const tooFewHosts = (minimumTargets: number): AlarmDefinition => ({
  name: "too-few-hosts",
  means: "Fewer servers are healthy than the fleet is to have at least. The others carry their load.",
  act: "Look at the activities of the scaling group and at what the health check of the missing servers says.",
  measure: metric("HealthyHostCount", "Minimum", "TargetGroup"),
  comparison: "LessThanThreshold",
  threshold: minimumTargets,
  periodSeconds: MINUTE,
  periods: 5,
  // A load balancer reports no count when it has no servers.
  missing: "breaching",
});

const noHosts: AlarmDefinition = {
  name: "no-hosts",
  means: "No server behind the load balancer is healthy.",
  act: "Ask the target group why: it says what the health check of each server got.",
  // What the most hopeful part of the load balancer sees, since this is what pages.
  measure: metric("HealthyHostCount", "Maximum", "TargetGroup"),
  comparison: "LessThanThreshold",
  threshold: 1,
  periodSeconds: MINUTE,
  periods: 3,
  // A load balancer reports no count when it has no servers.
  missing: "breaching",
};

const rejectedConnections: AlarmDefinition = {
  name: "rejected-connections",
  means: "The load balancer has as many connections as it can, and turns visitors away.",
  act: "Look whether the traffic is real; if it is not, lower protection.requestsPerFiveMinutes.",
  measure: metric("RejectedConnectionCount", "Sum"),
  comparison: "GreaterThanOrEqualToThreshold",
  threshold: 1,
  periodSeconds: MINUTE,
  periods: 5,
  badPeriods: 3,
  // Reported only when there are some.
  missing: "notBreaching",
};
