import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { GetGroupArgs, GetGroupResult } from "@pulumi/aws/autoscaling/getGroup.js";
import { ProviderError } from "../../core/errors.ts";
import { invocation } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { regionOf } from "../ec2/ec2.ts";
import { describeGroup } from "./autoscaling.ts";
import { fromGroupTags } from "./group/tags.ts";

export default invocation<Aws, GetGroupArgs, GetGroupResult>(async (call, { name }) => {
  const group = await describeGroup(call, name);
  if (!group) throw new ProviderError(`there is no scaling group ${name} in ${regionOf(call)}`);
  return {
    id: name,
    name,
    region: regionOf(call),
    arn: group.AutoScalingGroupARN ?? "",
    availabilityZones: group.AvailabilityZones ?? [],
    defaultCooldown: group.DefaultCooldown ?? 0,
    desiredCapacity: group.DesiredCapacity ?? 0,
    desiredCapacityType: group.DesiredCapacityType ?? "",
    enabledMetrics: (group.EnabledMetrics ?? []).map(({ Metric = "" }) => Metric),
    healthCheckGracePeriod: group.HealthCheckGracePeriod ?? 0,
    healthCheckType: group.HealthCheckType ?? "",
    instanceMaintenancePolicies: [],
    launchConfiguration: "",
    launchTemplates: templatesOf(group),
    loadBalancers: group.LoadBalancerNames ?? [],
    maxInstanceLifetime: group.MaxInstanceLifetime ?? 0,
    maxSize: group.MaxSize ?? 0,
    minSize: group.MinSize ?? 0,
    mixedInstancesPolicies: mixedOf(group),
    newInstancesProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn ?? false,
    placementGroup: group.PlacementGroup ?? "",
    predictedCapacity: group.PredictedCapacity ?? 0,
    serviceLinkedRoleArn: group.ServiceLinkedRoleARN ?? "",
    status: group.Status ?? "",
    suspendedProcesses: (group.SuspendedProcesses ?? []).map(({ ProcessName = "" }) => ProcessName),
    tags: fromGroupTags(group.Tags) as GetGroupResult["tags"],
    targetGroupArns: group.TargetGroupARNs ?? [],
    terminationPolicies: group.TerminationPolicies ?? [],
    trafficSources: [],
    vpcZoneIdentifier: group.VPCZoneIdentifier ?? "",
    warmPoolSize: group.WarmPoolSize ?? 0,
    warmPools: [],
  };
});

function templatesOf({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): GetGroupResult["launchTemplates"] {
  if (!LaunchTemplate || MixedInstancesPolicy) return [];
  const { LaunchTemplateId = "", LaunchTemplateName = "", Version = "" } = LaunchTemplate;
  return [{ id: LaunchTemplateId, name: LaunchTemplateName, version: Version }];
}

function mixedOf({ MixedInstancesPolicy: policy }: AutoScalingGroup): GetGroupResult["mixedInstancesPolicies"] {
  if (!policy) return [];
  const { InstancesDistribution: distribution = {}, LaunchTemplate } = policy;
  const template = LaunchTemplate?.LaunchTemplateSpecification ?? {};
  return [
    {
      instancesDistributions: [
        {
          onDemandAllocationStrategy: distribution.OnDemandAllocationStrategy ?? "",
          onDemandBaseCapacity: distribution.OnDemandBaseCapacity ?? 0,
          onDemandPercentageAboveBaseCapacity: distribution.OnDemandPercentageAboveBaseCapacity ?? 100,
          spotAllocationStrategy: distribution.SpotAllocationStrategy ?? "",
          spotInstancePools: distribution.SpotInstancePools ?? 0,
          spotMaxPrice: distribution.SpotMaxPrice ?? "",
        },
      ],
      launchTemplates: [
        {
          launchTemplateSpecifications: [
            {
              launchTemplateId: template.LaunchTemplateId ?? "",
              launchTemplateName: template.LaunchTemplateName ?? "",
              version: template.Version ?? "",
            },
          ],
          overrides: (LaunchTemplate?.Overrides ?? []).map(({ InstanceType = "" }) => ({
            instanceRequirements: [],
            instanceType: InstanceType,
            launchTemplateSpecifications: [],
            weightedCapacity: "",
          })),
        },
      ],
    },
  ];
}
