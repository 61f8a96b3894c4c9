/** The launch template behind a scaling group, and what AWS refuses about it when the group is made. */
import type { AutoScalingGroup, LaunchTemplateSpecification } from "@aws-sdk/client-auto-scaling";
import { DescribeLaunchTemplateVersionsCommand, type LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import { DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { GroupArgs } from "@pulumi/aws/autoscaling/group.js";
import { ProviderError } from "../../../core/errors.ts";
import type { Plain } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { ec2 } from "../../ec2/ec2.ts";
import { checkArchitecture, imageOf } from "../../ec2/instance/launch.ts";
import { lb } from "../../lb/lb.ts";
import { groupRequest } from "./request.ts";

type Part = Pick<AutoScalingGroup, "LaunchTemplate" | "MixedInstancesPolicy">;

/** Which template and version a group launches from. */
const specificationOf = ({ LaunchTemplate, MixedInstancesPolicy }: Part): LaunchTemplateSpecification =>
  MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? LaunchTemplate ?? {};

/** The first choice among instance types, where the group has some of its own. */
export const overrideOf = ({ MixedInstancesPolicy }: Part): string | undefined =>
  MixedInstancesPolicy?.LaunchTemplate?.Overrides?.find(({ InstanceType }) => InstanceType)?.InstanceType;

export async function templateOf(call: AwsCall, group: Part): Promise<LaunchTemplateVersion> {
  const { LaunchTemplateId, LaunchTemplateName, Version = "$Default" } = specificationOf(group);
  const { LaunchTemplateVersions } = await ec2(call).send(
    new DescribeLaunchTemplateVersionsCommand({
      LaunchTemplateId,
      LaunchTemplateName: LaunchTemplateId ? undefined : LaunchTemplateName,
      Versions: [Version],
    }),
  );
  const version = LaunchTemplateVersions?.[0];
  if (version) return version;
  throw new ProviderError(`launch template ${LaunchTemplateId ?? LaunchTemplateName} has no version ${Version}`);
}

/** Refuses, as AWS does, a group that could launch nothing, or register it nowhere. */
export async function checkLaunch(call: AwsCall, inputs: Plain<GroupArgs>): Promise<void> {
  const group = groupRequest(inputs) as Part;
  const { LaunchTemplateData: data = {}, LaunchTemplateId } = await templateOf(call, group);
  const type = overrideOf(group) ?? data.InstanceType;
  for (const [name, value] of Object.entries({ imageId: data.ImageId, instanceType: type }))
    if (!value)
      throw new ProviderError(`launch template ${LaunchTemplateId} has no ${name}, which a scaling group needs`);
  await checkArchitecture(call, await imageOf(call, data.ImageId as string), type as string);
  const { targetGroupArns } = inputs;
  if (targetGroupArns?.length)
    await lb(call).send(new DescribeTargetGroupsCommand({ TargetGroupArns: targetGroupArns }));
}
