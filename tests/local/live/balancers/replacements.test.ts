import test from "ava";
import type { TargetHealth } from "../../../../local/live/balancers/health.ts";
import { replacements, type WatchedGroup } from "../../../../local/live/balancers/replacements.ts";

const instance = (id: string, more: Partial<WatchedGroup["instances"][number]> = {}) => ({
  id,
  startedAt: 0,
  isRunning: true,
  ...more,
});

const group = (more: Partial<WatchedGroup> = {}): WatchedGroup => ({
  healthCheckType: "ELB",
  gracePeriodSeconds: 300,
  targetGroupArns: ["web"],
  instances: [instance("i-1"), instance("i-2")],
  ...more,
});

const found = (id: string, state: TargetHealth["state"], targetGroupArn = "web"): TargetHealth => ({
  targetGroupArn,
  id,
  port: 80,
  state,
});

test("an instance that a target group calls unhealthy is replaced once its grace period is over", (t) => {
  const targets = [found("i-1", "unhealthy"), found("i-2", "healthy")];
  t.deepEqual(replacements(group(), targets, 299_999), []);
  t.deepEqual(replacements(group(), targets, 300_000), ["i-1"]);
});

test("initial, draining and unused targets are not unhealthy, and other groups' findings count for nothing", (t) => {
  for (const state of ["initial", "draining", "unused"] as const)
    t.deepEqual(replacements(group(), [found("i-1", state)], 300_000), [], state);
  t.deepEqual(replacements(group(), [found("i-1", "unhealthy", "other")], 300_000), []);
});

test("a group that goes by EC2 replaces only what does not run, and all groups replace that at once", (t) => {
  const targets = [found("i-1", "unhealthy")];
  t.deepEqual(replacements(group({ healthCheckType: "EC2" }), targets, 300_000), []);
  const instances = [instance("i-1"), instance("i-2", { isRunning: false })];
  t.deepEqual(replacements(group({ healthCheckType: "EC2", instances }), targets, 1), ["i-2"]);
  t.deepEqual(replacements(group({ instances }), [], 1), ["i-2"]);
});
