import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type FleetTemplateArgs, launchTemplateArgs } from "./launch-template.ts";
import type { Tagger } from "./tagger.ts";

export interface FleetArgs extends FleetTemplateArgs {
  /** One subnet in each zone. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly targetGroupArn: pulumi.Input<string>;
  /** What the requests per server are counted by. */
  readonly resourceLabel: pulumi.Input<string>;
  readonly minimum: number;
  readonly maximum: number;
  /** How many servers run now. A group that takes the place of another starts with as many. @default the minimum */
  readonly liveSize?: number;
  /** Share of the servers above the minimum that are spot instances. */
  readonly spotPercent: number;
  readonly targetCpuPercent: number;
  readonly targetRequestsPerMinute: number;
  /** How long new servers may take to become healthy in the load balancer before the update fails. */
  readonly replacementTimeoutMinutes: number;
  /** How long the load balancer lets a server that leaves finish. */
  readonly drainSeconds: number;
  /** What the servers cannot become healthy without: their time for it starts when they do. @default nothing */
  readonly needs?: readonly pulumi.Resource[];
  readonly tags: Tagger;
}

/** How long a new server is busy with becoming one, and its load says nothing about the visitors. */
const WARM_UP_SECONDS = 120;

/** While a server that has become unhealthy is replaced, its successor comes first, and not all at once. */
const CAREFULLY = { minHealthyPercentage: 100, maxHealthyPercentage: 150 };

/**
 * Equal servers over several zones, as many as the load needs.
 *
 * Every version of the launch template has a scaling group of its own. The new one comes beside the old one, with as many servers, and the old one is
 * drained and removed only when those of the new one are healthy in the load balancer. If they do not become so in time the update fails, and the old
 * group serves on.
 */
export class Fleet extends pulumi.ComponentResource {
  readonly groupName: pulumi.Output<string>;
  /** Known once the servers are healthy in the load balancer, and in a preview at once. */
  readonly groupUrn: pulumi.Output<pulumi.URN>;

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:fleet:Fleet", name, {}, opts);
    const owned = { parent: this };

    const template = new aws.ec2.LaunchTemplate(`${name}-template`, launchTemplateArgs(name, args), {
      ...owned,
      ignoreChanges: args.image.pinned ? [] : ["imageId"],
    });
    const group = new aws.autoscaling.Group(`${name}-group`, groupArgs(name, args, template), {
      ...owned,
      replaceOnChanges: ["launchTemplate", "mixedInstancesPolicy"],
      customTimeouts: { delete: `${10 + Math.ceil(args.drainSeconds / 60)}m` },
      dependsOn: [...(args.needs ?? [])],
    });
    const track = (part: string, targetTrackingConfiguration: Tracking) =>
      new aws.autoscaling.Policy(
        `${name}-${part}`,
        { autoscalingGroupName: group.name, policyType: "TargetTrackingScaling", targetTrackingConfiguration },
        owned,
      );
    track("cpu", {
      predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
      targetValue: args.targetCpuPercent,
    });
    track("requests", {
      predefinedMetricSpecification: {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: args.resourceLabel,
      },
      targetValue: args.targetRequestsPerMinute,
    });

    this.groupName = group.name;
    this.groupUrn = group.urn;
    this.registerOutputs({ groupName: this.groupName });
  }
}

type Tracking = aws.types.input.autoscaling.PolicyTargetTrackingConfiguration;

function groupArgs(name: string, args: FleetArgs, template: aws.ec2.LaunchTemplate): aws.autoscaling.GroupArgs {
  const { minimum, maximum, liveSize = minimum, replacementTimeoutMinutes } = args;
  const size = Math.min(Math.max(liveSize, minimum), maximum);
  return {
    minSize: minimum,
    maxSize: maximum,
    desiredCapacity: size,
    // Asked for when the group is made only: later the group may be in the middle of growing.
    minElbCapacity: size,
    waitForCapacityTimeout: `${replacementTimeoutMinutes}m`,
    ...launch(args, template),
    vpcZoneIdentifiers: [...args.subnetIds],
    targetGroupArns: [args.targetGroupArn],
    healthCheckType: "ELB",
    healthCheckGracePeriod: replacementTimeoutMinutes * 60,
    enabledMetrics: ["GroupInServiceInstances"],
    metricsGranularity: "1Minute",
    defaultInstanceWarmup: WARM_UP_SECONDS,
    instanceMaintenancePolicy: CAREFULLY,
    // Servers get theirs from the launch template. These are how the group is found again.
    tags: Object.entries(args.tags.named(name)).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
  };
}

/** The version is a number and never `$Latest`, so that another template is another group. */
function launch({ minimum, spotPercent }: FleetArgs, template: aws.ec2.LaunchTemplate) {
  const version = pulumi.interpolate`${template.latestVersion}`;
  if (spotPercent === 0) return { launchTemplate: { id: template.id, version } };
  return {
    capacityRebalance: true,
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandBaseCapacity: minimum,
        onDemandPercentageAboveBaseCapacity: 100 - spotPercent,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: { launchTemplateSpecification: { launchTemplateId: template.id, version } },
    },
  };
}
