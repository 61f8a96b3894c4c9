import { type AutoScalingGroup, paginateDescribeAutoScalingGroups } from "@aws-sdk/client-auto-scaling";
import type { ScalingGroup } from "./account.ts";
import { all } from "./clients.ts";
import { belongs, type Source } from "./source.ts";

export async function readScalingGroups({ clients: { scaling }, scope }: Source): Promise<ScalingGroup[]> {
  const groups = await all(
    paginateDescribeAutoScalingGroups({ client: scaling }, {}),
    ({ AutoScalingGroups }) => AutoScalingGroups,
  );
  return groups.filter(({ Tags }) => belongs(Tags, scope)).map(scalingGroupOf);
}

function scalingGroupOf(group: AutoScalingGroup): ScalingGroup {
  return {
    name: group.AutoScalingGroupName ?? "",
    healthCheckType: group.HealthCheckType?.split(",").includes("ELB") ? "ELB" : "EC2",
    gracePeriodSeconds: group.HealthCheckGracePeriod ?? 0,
    targetGroupArns: group.TargetGroupARNs ?? [],
    desired: group.DesiredCapacity ?? 0,
    instanceIds: (group.Instances ?? []).map(({ InstanceId = "" }) => InstanceId),
  };
}
