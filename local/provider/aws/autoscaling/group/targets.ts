/** The instances of a scaling group in its target groups. */
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { DeregisterTargetsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsCall } from "../../client.ts";
import { lb } from "../../lb/lb.ts";

/** Takes instances that are about to end out of their target groups; moto would go on to call them healthy. */
export async function leaveTargetGroups(call: AwsCall, group: AutoScalingGroup, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (const TargetGroupArn of group.TargetGroupARNs ?? []) {
    try {
      await lb(call).send(new DeregisterTargetsCommand({ TargetGroupArn, Targets: ids.map((Id) => ({ Id })) }));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

/** Somebody else was faster: with the target, or with the whole target group. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && /^(InvalidTarget|TargetGroupNotFound)/.test(error.name);
