import { DescribeAutoScalingGroupsCommand, DescribePoliciesCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeLaunchTemplatesCommand, DescribeLaunchTemplateVersionsCommand } from "@aws-sdk/client-ec2";
import type { Account } from "../account.ts";
import { ofStack, part } from "./tags.ts";

/** Each scaling group of an environment with its size, its zones and what it follows. */
export async function fleets({ scaling }: Account, environment: string): Promise<string[]> {
  const { AutoScalingGroups = [] } = await scaling.send(
    new DescribeAutoScalingGroupsCommand({ Filters: ofStack(environment) }),
  );
  const { ScalingPolicies = [] } = await scaling.send(new DescribePoliciesCommand());
  return AutoScalingGroups.map(({ AutoScalingGroupName, Tags, MinSize, MaxSize, Instances = [], HealthCheckType }) => {
    const zones = new Set(Instances.map(({ AvailabilityZone }) => AvailabilityZone)).size;
    const follows = ScalingPolicies.filter((policy) => policy.AutoScalingGroupName === AutoScalingGroupName)
      .map(({ TargetTrackingConfiguration: tracked }) => {
        const metric = tracked?.PredefinedMetricSpecification?.PredefinedMetricType;
        return `${metric} ${tracked?.TargetValue}`;
      })
      .sort()
      .join(", ");
    return `${part(Tags)} ${MinSize}-${MaxSize}: ${Instances.length} in ${zones} zones, ${HealthCheckType}, ${follows}`;
  }).sort();
}

/** What each fleet launches: `web m7g.medium, tokens required, gp3 encrypted`. */
export async function launched({ ec2 }: Account, environment: string): Promise<string[]> {
  const { LaunchTemplates = [] } = await ec2.send(
    new DescribeLaunchTemplatesCommand({ Filters: ofStack(environment) }),
  );
  const described = await Promise.all(
    LaunchTemplates.map(async ({ LaunchTemplateId, Tags }) => {
      const { LaunchTemplateVersions = [] } = await ec2.send(
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ["$Latest"] }),
      );
      return LaunchTemplateVersions.map(({ LaunchTemplateData: data = {} }) => {
        const disks = data.BlockDeviceMappings?.map(
          ({ Ebs }) => `${Ebs?.VolumeType} ${Ebs?.Encrypted ? "encrypted" : "OPEN"}`,
        );
        return `${part(Tags)} ${data.InstanceType}, tokens ${data.MetadataOptions?.HttpTokens}, ${disks}`;
      });
    }),
  );
  return described.flat().sort();
}
