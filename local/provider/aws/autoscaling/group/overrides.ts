/**
 * moto counts instances wrongly, and ends or launches some by itself, while a group has instance types of its own: they
 * are taken away from the group meanwhile.
 */
import {
  type AutoScalingGroup,
  type MixedInstancesPolicy,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { AwsCall } from "../../client.ts";
import { autoscaling } from "../autoscaling.ts";

export async function withoutOverrides<T>(call: AwsCall, group: AutoScalingGroup, work: () => Promise<T>): Promise<T> {
  const { AutoScalingGroupName, MixedInstancesPolicy: policy } = group;
  const put = (MixedInstancesPolicy: MixedInstancesPolicy) =>
    autoscaling(call).send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MixedInstancesPolicy }));
  if (!policy?.LaunchTemplate?.Overrides?.length) return work();
  const own = oneName(policy);
  await put(plain(own));
  try {
    return await work();
  } finally {
    await put(own);
  }
}

/** A launch template is told by id and name, and taken by one of them. */
function oneName(policy: MixedInstancesPolicy): MixedInstancesPolicy {
  const { LaunchTemplateName: _, ...specification } = policy.LaunchTemplate?.LaunchTemplateSpecification ?? {};
  return { ...policy, LaunchTemplate: { ...policy.LaunchTemplate, LaunchTemplateSpecification: specification } };
}

export const plain = (policy: MixedInstancesPolicy): MixedInstancesPolicy => ({
  ...policy,
  LaunchTemplate: { ...policy.LaunchTemplate, Overrides: [] },
});
