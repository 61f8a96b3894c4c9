import { type AutoScalingClient, TerminateInstanceInAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import type { TargetHealth } from "./health.ts";

/** A scaling group, as far as it replaces what is not healthy. */
export interface WatchedGroup {
  readonly healthCheckType: "EC2" | "ELB";
  readonly gracePeriodSeconds: number;
  readonly targetGroupArns: readonly string[];
  readonly instances: readonly {
    readonly id: string;
    /** When its machine was started, in milliseconds. */
    readonly startedAt: number;
    readonly isRunning: boolean;
  }[];
}

/**
 * Instances that Amazon EC2 Auto Scaling replaces now: those that do not run, and, where the group goes by its load balancers, those that one of its
 * target groups calls unhealthy once their grace period is over.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
 *
 * @param now in milliseconds
 */
export function replacements(group: WatchedGroup, targets: readonly TargetHealth[], now: number): string[] {
  const unhealthy = new Set(
    targets
      .filter(({ targetGroupArn, state }) => state === "unhealthy" && group.targetGroupArns.includes(targetGroupArn))
      .map(({ id }) => id),
  );
  return group.instances
    .filter(({ id, startedAt, isRunning }) => {
      if (!isRunning) return true;
      const isGraceOver = now - startedAt >= group.gracePeriodSeconds * 1_000;
      return group.healthCheckType === "ELB" && isGraceOver && unhealthy.has(id);
    })
    .map(({ id }) => id);
}

/** Has the account put another instance in its place, at once. */
export async function replace(client: AutoScalingClient, instanceId: string): Promise<void> {
  const request = { InstanceId: instanceId, ShouldDecrementDesiredCapacity: false };
  await client.send(new TerminateInstanceInAutoScalingGroupCommand(request));
}
