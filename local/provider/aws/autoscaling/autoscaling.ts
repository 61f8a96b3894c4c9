/** What the types of scaling share: the client, and finding a group. */
import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import type { AwsCall } from "../client.ts";

export const autoscaling = ({ context, region }: AwsCall): AutoScalingClient =>
  context.client("autoscaling", AutoScalingClient, region);

export async function describeGroup(call: AwsCall, name: string): Promise<AutoScalingGroup | undefined> {
  const { AutoScalingGroups } = await autoscaling(call).send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  return AutoScalingGroups?.[0];
}

export const subnetsOf = ({ VPCZoneIdentifier }: AutoScalingGroup): string[] =>
  VPCZoneIdentifier ? VPCZoneIdentifier.split(",") : [];
