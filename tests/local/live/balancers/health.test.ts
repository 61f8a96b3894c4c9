import test from "ava";
import { agreed, finding, type TargetHealth } from "../../../../local/live/balancers/health.ts";
import { GROUP, group, targets } from "./accounts.ts";

test("a server's row tells its health in AWS's words", (t) => {
  t.deepEqual(finding({ status: "UP", check_status: "L7OK" }), { state: "healthy" });
  t.deepEqual(finding({ status: "UP 1/2", check_status: "* L7STS" }), { state: "healthy" });
  t.deepEqual(finding({ status: "DOWN", check_status: "* L7STS", check_code: "404" }), {
    state: "unhealthy",
    reason: "Target.ResponseCodeMismatch",
    description: "Health checks failed with these codes: [404]",
  });
  for (const check_status of ["L4TOUT", "L6TOUT", "L7TOUT"])
    t.is(finding({ status: "DOWN 1/2", check_status }).reason, "Target.Timeout");
  t.deepEqual(finding({ status: "DOWN", check_status: "L4CON" }), {
    state: "unhealthy",
    reason: "Target.FailedHealthChecks",
    description: "Health checks failed",
  });
});

const found = (state: TargetHealth["state"]): TargetHealth => ({ targetGroupArn: GROUP, id: "i-1", port: 80, state });

test("nodes agree on a target: initial until all have looked, unhealthy only where all find it so", (t) => {
  const states = (...all: TargetHealth["state"][]) =>
    agreed(
      [],
      all.map((state) => [found(state)]),
    ).map(({ state }) => state);
  t.deepEqual(states("healthy", "healthy"), ["healthy"]);
  t.deepEqual(states("healthy", "initial"), ["initial"]);
  t.deepEqual(states("unhealthy", "healthy"), ["healthy"]);
  t.deepEqual(states("unhealthy", "unhealthy"), ["unhealthy"]);
  t.deepEqual(states("unhealthy", "initial"), ["initial"]);
  t.deepEqual(states("draining", "draining"), ["draining"]);
});

test("targets of a group that no node serves are unused", (t) => {
  const served = group({ targets: targets(80) });
  const idle = group({ arn: `${GROUP}0`, targets: targets(80) });
  t.deepEqual(agreed([served, idle], [[found("healthy")]]), [
    found("healthy"),
    {
      ...found("unused"),
      targetGroupArn: idle.arn,
      reason: "Target.NotInUse",
      description: "Target group is not configured to receive traffic from the load balancer",
    },
  ]);
});
