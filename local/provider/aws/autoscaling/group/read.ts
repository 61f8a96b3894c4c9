/** What the account says of a scaling group. */
import type { AutoScalingGroup, MixedInstancesPolicy } from "@aws-sdk/client-auto-scaling";
import type { GroupState } from "@pulumi/aws/autoscaling/group.js";
import type { Plain } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { describeGroup, subnetsOf } from "../autoscaling.ts";
import { fromGroupTags } from "./tags.ts";

type State = Partial<Plain<GroupState>>;

/**
 * Left out, because moto tells nothing of them: what the provider itself does with a group (waiting, refreshing, deleting
 * by force), context, defaultInstanceWarmup, instanceMaintenancePolicy and maxInstanceLifetime.
 */
export async function readGroup(call: AwsCall, name: string, known: State): Promise<State | undefined> {
  const group = await describeGroup(call, name);
  if (!group) return undefined;
  return {
    arn: group.AutoScalingGroupARN,
    name: group.AutoScalingGroupName,
    minSize: group.MinSize,
    maxSize: group.MaxSize,
    desiredCapacity: group.DesiredCapacity,
    availabilityZones: group.AvailabilityZones ?? [],
    vpcZoneIdentifiers: subnetsOf(group),
    ...launching(group),
    targetGroupArns: orNothing(group.TargetGroupARNs),
    healthCheckType: group.HealthCheckType,
    healthCheckGracePeriod: group.HealthCheckGracePeriod,
    protectFromScaleIn: group.NewInstancesProtectedFromScaleIn ?? false,
    suspendedProcesses: orNothing(group.SuspendedProcesses?.map(({ ProcessName = "" }) => ProcessName)),
    serviceLinkedRoleArn: group.ServiceLinkedRoleARN,
    predictedCapacity: group.PredictedCapacity ?? 0,
    warmPoolSize: group.WarmPoolSize ?? 0,
    tags: orNothing(fromGroupTags(group.Tags)),
    ...unchanging(group, known),
  };
}

const orNothing = <T>(list: T[] | undefined): T[] | undefined => (list?.length ? list : undefined);

function launching({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): State {
  if (MixedInstancesPolicy) return { launchTemplate: undefined, mixedInstancesPolicy: mixedFrom(MixedInstancesPolicy) };
  const { LaunchTemplateId, LaunchTemplateName, Version } = LaunchTemplate ?? {};
  return {
    launchTemplate: { id: LaunchTemplateId, name: LaunchTemplateName, version: Version },
    mixedInstancesPolicy: undefined,
  };
}

function mixedFrom({ InstancesDistribution, LaunchTemplate }: MixedInstancesPolicy): State["mixedInstancesPolicy"] {
  const template = LaunchTemplate?.LaunchTemplateSpecification;
  return {
    instancesDistribution: InstancesDistribution && {
      onDemandAllocationStrategy: InstancesDistribution.OnDemandAllocationStrategy,
      onDemandBaseCapacity: InstancesDistribution.OnDemandBaseCapacity,
      onDemandPercentageAboveBaseCapacity: InstancesDistribution.OnDemandPercentageAboveBaseCapacity,
      spotAllocationStrategy: InstancesDistribution.SpotAllocationStrategy,
      spotInstancePools: InstancesDistribution.SpotInstancePools,
      spotMaxPrice: InstancesDistribution.SpotMaxPrice,
    },
    launchTemplate: {
      launchTemplateSpecification: {
        launchTemplateId: template?.LaunchTemplateId,
        launchTemplateName: template?.LaunchTemplateName,
        version: template?.Version,
      },
      overrides: (LaunchTemplate?.Overrides ?? []).map(({ InstanceType }) => ({ instanceType: InstanceType })),
    },
  };
}

/** moto never changes these after the creation of a group: what is known of them is what was last asked for. */
function unchanging(group: AutoScalingGroup, known: State): State {
  const { TerminationPolicies: policies = [] } = group;
  const isUsual = policies.length === 1 && policies[0] === "Default";
  return Object.keys(known).length > 0
    ? { defaultCooldown: known.defaultCooldown ?? group.DefaultCooldown }
    : {
        capacityRebalance: group.CapacityRebalance,
        defaultCooldown: group.DefaultCooldown,
        enabledMetrics: (group.EnabledMetrics ?? []).map(({ Metric }) => Metric as "GroupMinSize"),
        terminationPolicies: isUsual ? undefined : policies,
      };
}
