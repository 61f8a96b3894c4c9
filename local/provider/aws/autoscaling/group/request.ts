/** A scaling group as a request. */
import type { LaunchTemplateSpecification, MixedInstancesPolicy } from "@aws-sdk/client-auto-scaling";
import type { GroupArgs } from "@pulumi/aws/autoscaling/group.js";
import type { Plain } from "../../../core/resource.ts";

type Args = Plain<GroupArgs>;
type Mixed = NonNullable<Args["mixedInstancesPolicy"]>;

/** What is said in the same words when a group is made and when it is changed. */
export function groupRequest(inputs: Args) {
  const { launchTemplate, mixedInstancesPolicy, instanceMaintenancePolicy } = inputs;
  return {
    MinSize: inputs.minSize,
    MaxSize: inputs.maxSize,
    VPCZoneIdentifier: inputs.vpcZoneIdentifiers?.join(","),
    LaunchTemplate: launchTemplate && {
      // AWS tells both and takes one.
      LaunchTemplateId: launchTemplate.id,
      LaunchTemplateName: launchTemplate.id ? undefined : launchTemplate.name,
      Version: launchTemplate.version,
    },
    MixedInstancesPolicy: mixedInstancesPolicy && mixedRequest(mixedInstancesPolicy),
    CapacityRebalance: inputs.capacityRebalance,
    Context: inputs.context,
    DefaultCooldown: inputs.defaultCooldown,
    DefaultInstanceWarmup: inputs.defaultInstanceWarmup,
    HealthCheckGracePeriod: inputs.healthCheckGracePeriod,
    HealthCheckType: inputs.healthCheckType,
    InstanceMaintenancePolicy: instanceMaintenancePolicy && {
      MinHealthyPercentage: instanceMaintenancePolicy.minHealthyPercentage,
      MaxHealthyPercentage: instanceMaintenancePolicy.maxHealthyPercentage,
    },
    MaxInstanceLifetime: inputs.maxInstanceLifetime,
    NewInstancesProtectedFromScaleIn: inputs.protectFromScaleIn ?? false,
    TerminationPolicies: inputs.terminationPolicies?.length ? inputs.terminationPolicies : ["Default"],
  };
}

function mixedRequest({ instancesDistribution, launchTemplate }: Mixed): MixedInstancesPolicy {
  const { launchTemplateSpecification: template, overrides } = launchTemplate;
  const specification: LaunchTemplateSpecification = {
    LaunchTemplateId: template.launchTemplateId,
    LaunchTemplateName: template.launchTemplateId ? undefined : template.launchTemplateName,
    Version: template.version,
  };
  return {
    InstancesDistribution: instancesDistribution && {
      OnDemandAllocationStrategy: instancesDistribution.onDemandAllocationStrategy,
      OnDemandBaseCapacity: instancesDistribution.onDemandBaseCapacity,
      OnDemandPercentageAboveBaseCapacity: instancesDistribution.onDemandPercentageAboveBaseCapacity,
      SpotAllocationStrategy: instancesDistribution.spotAllocationStrategy,
      SpotInstancePools: instancesDistribution.spotInstancePools,
      SpotMaxPrice: instancesDistribution.spotMaxPrice,
    },
    LaunchTemplate: {
      LaunchTemplateSpecification: specification,
      Overrides: overrides?.map(({ instanceType }) => ({ InstanceType: instanceType })),
    },
  };
}
