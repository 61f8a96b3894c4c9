import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
  SuspendProcessesCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import test from "ava";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { liveThrough, type Made } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { startAccount } from "../account.ts";
import { createFleetParts } from "./fleet.ts";

const GROUP = "aws:autoscaling/group:Group";

const { operations, client, stop } = await startAccount();
const scaling = new AutoScalingClient(client);
const ec2 = new EC2Client(client);
const elb = new ElasticLoadBalancingV2Client(client);
const { subnetIds, thirdSubnetId, groupId, imageId, targets, targetGroup, template } =
  await createFleetParts(operations);
const plain = await template("plain");
test.after.always(stop);

const describe = async (name: string) => {
  const { AutoScalingGroups } = await scaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  return AutoScalingGroups?.[0];
};
const instancesOf = async (name: string) => {
  const ids = (await describe(name))?.Instances?.map(({ InstanceId = "" }) => InstanceId) ?? [];
  if (ids.length === 0) return [];
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: ids }));
  return Reservations.flatMap(({ Instances = [] }) => Instances);
};
const statesOf = async (InstanceIds: string[]) => {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name));
};
const targetsOf = async (arn: string) => {
  const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
  return TargetHealthDescriptions.map(({ Target, TargetHealth }) => [Target?.Id, TargetHealth?.State]);
};
const launchTemplate = (made: Made) => ({ id: made.id, version: String(made.state.latestVersion) });
const common = { minSize: 2, maxSize: 4, vpcZoneIdentifiers: subnetIds, launchTemplate: launchTemplate(plain) };
const tag = (key: string, value: string, propagateAtLaunch: boolean) => ({ key, value, propagateAtLaunch });

test("a scaling group lives as AWS's own would", async (t) => {
  const inputs = {
    ...common,
    targetGroupArns: [targetGroup.id],
    minElbCapacity: 2,
    healthCheckType: "ELB",
    healthCheckGracePeriod: 60,
    defaultInstanceWarmup: 120,
    instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
    tags: [tag("Name", "web", true), tag("project", "test", false)],
  };
  let ids: string[] = [];
  await liveThrough(t, operations, {
    type: GROUP,
    name: "web",
    inputs,
    unknown: [
      "arn",
      "availabilityZoneDistribution",
      "availabilityZones",
      "capacityReservationSpecification",
      "defaultCooldown",
      "desiredCapacity",
      "predictedCapacity",
      "serviceLinkedRoleArn",
      "trafficSources",
      "warmPoolSize",
    ],
    empty: ["availabilityZoneDistribution", "capacityReservationSpecification", "trafficSources"],
    update: {
      inputs: {
        ...inputs,
        minSize: 3,
        healthCheckGracePeriod: 90,
        suspendedProcesses: ["AZRebalance"],
        tags: [tag("Name", "other", true)],
      },
      paths: ["healthCheckGracePeriod", "minSize", "suspendedProcesses", "tags[0]", "tags[1]"],
    },
    replace: { inputs: { ...inputs, name: "fixed" }, properties: ["name"] },
    importWithout: [
      "defaultInstanceWarmup",
      "forceDelete",
      "forceDeleteWarmPool",
      "ignoreFailedScalingActivities",
      "instanceMaintenancePolicy",
      "metricsGranularity",
      "minElbCapacity",
      "waitForCapacityTimeout",
    ],
    async account(name, step) {
      const group = await describe(name);
      if (step === "deleted") {
        t.is(group, undefined);
        t.deepEqual(await targetsOf(targetGroup.id), []);
        t.deepEqual(await statesOf(ids), ["terminated", "terminated", "terminated"]);
        return;
      }
      const size = step === "created" ? 2 : 3;
      t.regex(name, /^web-[0-9a-f]{7}$/);
      t.like(group, { MinSize: size, MaxSize: 4, DesiredCapacity: size, HealthCheckType: "ELB" });
      t.deepEqual(
        group?.Tags?.map(({ Key, Value, PropagateAtLaunch }) => [Key, Value, PropagateAtLaunch]),
        step === "created"
          ? [
              ["Name", "web", true],
              ["project", "test", false],
            ]
          : [["Name", "other", true]],
      );
      const instances = await instancesOf(name);
      ids = instances.map(({ InstanceId = "" }) => InstanceId);
      t.is(instances.length, size);
      t.deepEqual(new Set(instances.map(({ SubnetId }) => SubnetId)), new Set(subnetIds));
      t.deepEqual((await targetsOf(targetGroup.id)).sort(), ids.map((id) => [id, "healthy"]).sort());
    },
  });
});

test("instances are as the launch template and the tags of the group say, and spread over the zones", async (t) => {
  const profile = await operations.create("aws:iam/instanceProfile:InstanceProfile", "web", {});
  const made = await template("whole", {
    networkInterfaces: [{ associatePublicIpAddress: true, deleteOnTermination: true, securityGroups: [groupId] }],
    iamInstanceProfile: { name: profile.id },
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    monitoring: { enabled: true },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeType: "gp3", volumeSize: 16, iops: 4000, throughput: 250, encrypted: true },
      },
    ],
    tagSpecifications: [
      { resourceType: "instance", tags: { Name: "template", tier: "web" } },
      { resourceType: "volume", tags: { Name: "disk" } },
      { resourceType: "network-interface", tags: { Name: "interface" } },
    ],
    userData: Buffer.from("#cloud-config").toString("base64"),
  });
  const group = await operations.create(GROUP, "whole", {
    ...common,
    minSize: 3,
    launchTemplate: launchTemplate(made),
    vpcZoneIdentifiers: [...subnetIds, thirdSubnetId],
    tags: [tag("Name", "group", true), tag("hidden", "yes", false)],
  });
  const instances = await instancesOf(group.id);
  t.deepEqual(instances.map(({ SubnetId }) => SubnetId).sort(), [...subnetIds, thirdSubnetId].sort());
  for (const instance of instances) {
    t.is(instance.ImageId, imageId);
    t.is(instance.IamInstanceProfile?.Arn, profile.state.arn as string);
    t.like(instance.MetadataOptions, { HttpTokens: "required", HttpPutResponseHopLimit: 1 });
    t.regex(String(instance.Monitoring?.State), /enabled|pending/);
    t.truthy(instance.PublicIpAddress);
    t.deepEqual(
      instance.NetworkInterfaces?.[0]?.Groups?.map(({ GroupId }) => GroupId),
      [groupId],
    );
    t.deepEqual(Object.fromEntries((instance.Tags ?? []).map(({ Key = "", Value }) => [Key, Value])), {
      Name: "group",
      tier: "web",
      "aws:autoscaling:groupName": group.id,
    });
    t.is(instance.BlockDeviceMappings?.length, 1);
    const { Volumes } = await ec2.send(
      new DescribeVolumesCommand({ VolumeIds: [instance.BlockDeviceMappings?.[0]?.Ebs?.VolumeId as string] }),
    );
    t.like(Volumes?.[0], {
      VolumeType: "gp3",
      Size: 16,
      Iops: 4000,
      Throughput: 250,
      Encrypted: true,
      Tags: [{ Key: "Name", Value: "disk" }],
    });
    const { NetworkInterfaces } = await ec2.send(
      new DescribeNetworkInterfacesCommand({
        NetworkInterfaceIds: [instance.NetworkInterfaces?.[0]?.NetworkInterfaceId as string],
      }),
    );
    t.deepEqual(NetworkInterfaces?.[0]?.TagSet, [{ Key: "Name", Value: "interface" }]);
  }
  await operations.delete(group);
});

test("without a wanted size the live one stays", async (t) => {
  const made = await operations.create(GROUP, "live", common);
  await scaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: made.id, DesiredCapacity: 3 }));
  const grown = (await operations.refresh(made)) as Made;
  t.is(grown.state.desiredCapacity, 3);
  t.deepEqual((await operations.diff(grown, common)).differences, []);
  const changed = await operations.update(grown, { ...common, healthCheckGracePeriod: 10 });
  t.is((await describe(made.id))?.DesiredCapacity, 3);
  const bounded = await operations.update(changed, { ...common, minSize: 1, maxSize: 2, healthCheckGracePeriod: 10 });
  t.is(bounded.state.desiredCapacity, 2);
  t.is((await instancesOf(made.id)).length, 2);
  await operations.delete(bounded);
});

test("a wanted size is carried out and seen to drift, evenly over the zones", async (t) => {
  const inputs = { ...common, desiredCapacity: 4 };
  const made = await operations.create(GROUP, "wanted", inputs);
  const inFirst = async () => (await instancesOf(made.id)).filter(({ SubnetId }) => SubnetId === subnetIds[0]).length;
  t.is(await inFirst(), 2);
  const less = await operations.update(made, { ...common, desiredCapacity: 2 });
  t.is((await describe(made.id))?.DesiredCapacity, 2);
  t.is(await inFirst(), 1);
  await scaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: made.id, DesiredCapacity: 3 }));
  const found = (await operations.refresh(less)) as Made;
  t.deepEqual(
    (await operations.diff(found, { ...common, desiredCapacity: 2 })).differences.map(({ path }) => path),
    ["desiredCapacity"],
  );
  await operations.delete(found);
});

test("another launch template changes in place, for instances to come", async (t) => {
  const next = await template("next", { instanceType: "t4g.medium" });
  const made = await operations.create(GROUP, "next", common);
  const inputs = { ...common, minSize: 3, launchTemplate: launchTemplate(next) };
  const plan = await operations.diff(made, inputs);
  t.deepEqual([plan.changed, plan.replaces], [["launchTemplate", "minSize"], []]);
  const updated = await operations.update(made, inputs);
  t.like(updated.state.launchTemplate, { id: next.id, version: "1" });
  t.deepEqual((await instancesOf(made.id)).map(({ InstanceType }) => InstanceType).sort(), [
    "t4g.medium",
    "t4g.small",
    "t4g.small",
  ]);
  await operations.delete(updated);
});

test("a mixed group has as many spot instances as its distribution says", async (t) => {
  const inputs = {
    minSize: 4,
    maxSize: 6,
    vpcZoneIdentifiers: subnetIds,
    capacityRebalance: true,
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandBaseCapacity: 1,
        onDemandPercentageAboveBaseCapacity: 50,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: plain.id, version: "1" },
        overrides: [{ instanceType: "t4g.medium" }, { instanceType: "t4g.small" }],
      },
    },
  };
  const made = await operations.create(GROUP, "mixed", inputs);
  const instances = await instancesOf(made.id);
  t.deepEqual(instances.map(({ InstanceLifecycle }) => InstanceLifecycle ?? "on-demand").sort(), [
    "on-demand",
    "on-demand",
    "on-demand",
    "spot",
  ]);
  t.true(instances.every(({ InstanceType }) => InstanceType === "t4g.medium"));
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  const updated = await operations.update(made, { ...inputs, healthCheckGracePeriod: 30 });
  t.is((await describe(made.id))?.MixedInstancesPolicy?.InstancesDistribution?.OnDemandBaseCapacity, 1);
  await operations.delete(updated);
});

test("target groups come and go in place, and targets with them", async (t) => {
  const second = await targets("second");
  const made = await operations.create(GROUP, "moving", { ...common, targetGroupArns: [second.id] });
  t.is((await targetsOf(second.id)).length, 2);
  const third = await targets("third");
  const moved = await operations.update(made, { ...common, targetGroupArns: [third.id] });
  t.is((await targetsOf(second.id)).length, 0);
  t.is((await targetsOf(third.id)).length, 2);
  await operations.delete(moved);
});

test("protected instances stay when a group shrinks, and go with it", async (t) => {
  const made = await operations.create(GROUP, "kept", { ...common, protectFromScaleIn: true, desiredCapacity: 3 });
  t.true((await describe(made.id))?.Instances?.every(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn));
  const error = await t.throwsAsync(
    operations.update(made, {
      ...common,
      protectFromScaleIn: true,
      desiredCapacity: 2,
      waitForCapacityTimeout: "300ms",
    }),
  );
  t.is(
    error?.message,
    `waited for scaling group ${made.id} to have exactly 2 instances in service until the timeout of 0.3 s was over; it is still at 3 in service, 3 healthy in every target group`,
  );
  await operations.delete(made);
  t.is(await describe(made.id), undefined);
});

test("by force a group goes at once, instances and all", async (t) => {
  const group = await targets("forced");
  const made = await operations.create(GROUP, "forced", {
    ...common,
    forceDelete: true,
    protectFromScaleIn: true,
    targetGroupArns: [group.id],
  });
  const ids = (await instancesOf(made.id)).map(({ InstanceId = "" }) => InstanceId);
  await operations.delete(made);
  t.deepEqual(await targetsOf(group.id), []);
  t.deepEqual(await statesOf(ids), ["terminated", "terminated"]);
  t.is(await describe(made.id), undefined);
});

test("a refresh sees what somebody else has suspended", async (t) => {
  const made = await operations.create(GROUP, "drift", common);
  await scaling.send(
    new SuspendProcessesCommand({ AutoScalingGroupName: made.id, ScalingProcesses: ["Launch", "Terminate"] }),
  );
  const found = (await operations.refresh(made)) as Made;
  t.deepEqual((await operations.diff(found, common)).changed, ["suspendedProcesses"]);
  await operations.update(found, common);
  t.deepEqual((await describe(made.id))?.SuspendedProcesses, []);
  await operations.delete(made);
});

test("an instance refresh is kept in the state, and what does not happen is said", async (t) => {
  const inputs = { ...common, instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 100 } } };
  const made = await operations.create(GROUP, "refreshed", inputs);
  t.like(made.state.instanceRefresh, { strategy: "Rolling" });
  const next = await template("refresh", { instanceType: "t4g.medium" });
  await operations.update(made, { ...inputs, launchTemplate: launchTemplate(next) });
  t.true(
    operations.messages.includes(
      `info: ${made.id} keeps its instances as they are: the emulated AWS API has no instance refresh; new ones are of the new kind`,
    ),
  );
  await operations.delete(made);
});

test("a launch template that could launch nothing is refused before a group is made", async (t) => {
  const amd = await template("amd", { instanceType: "t3.small" });
  const create = (name: string, more: Values) => operations.create(GROUP, name, { ...common, ...more });
  await t.throwsAsync(create("amd", { launchTemplate: launchTemplate(amd) }), {
    message: /^instanceType t3\.small runs .*x86_64.*, but the image ami-\w+ is made for arm64; choose/,
  });
  await t.throwsAsync(create("version", { launchTemplate: { id: plain.id, version: "7" } }), {
    name: "InvalidLaunchTemplateId.VersionNotFound",
  });
  const bare = await operations.create("aws:ec2/launchTemplate:LaunchTemplate", "bare", { imageId });
  await t.throwsAsync(create("bare", { launchTemplate: launchTemplate(bare) }), {
    message: `launch template ${bare.id} has no instanceType, which a scaling group needs`,
  });
  await t.throwsAsync(create("targets", { targetGroupArns: [`${targetGroup.id}0`] }), {
    name: "TargetGroupNotFoundException",
  });
});

const id = "lt-1";
const place = { vpcZoneIdentifiers: ["subnet-1"] };
refuses(
  operations,
  GROUP,
  { minSize: 3, maxSize: 2, launchTemplate: { id } },
  "minSize must be at most maxSize (2), got 3",
  "vpcZoneIdentifiers is required and missing: instances are launched into subnets",
);
refuses(
  operations,
  GROUP,
  { ...place, minSize: 1, maxSize: 2, desiredCapacity: 3, launchTemplate: { id } },
  "desiredCapacity must be at most maxSize (2), got 3",
);
refuses(
  operations,
  GROUP,
  { ...place, minSize: 1, maxSize: 2 },
  "launchConfiguration is missing: one of launchConfiguration, launchTemplate, mixedInstancesPolicy is required",
);
refuses(
  operations,
  GROUP,
  {
    ...place,
    minSize: 1,
    maxSize: 2,
    launchTemplate: { id },
    healthCheckType: "ALB",
    suspendedProcesses: ["Sleep"],
    waitForCapacityTimeout: "soon",
    terminationPolicies: ["Random"],
    instanceMaintenancePolicy: { minHealthyPercentage: 90, maxHealthyPercentage: 99 },
  },
  'healthCheckType must be one of EC2, ELB, EBS, VPC_LATTICE, got "ALB"',
  'suspendedProcesses[0] must be one of Launch, Terminate, HealthCheck, ReplaceUnhealthy, AZRebalance, AlarmNotification, ScheduledActions, AddToLoadBalancer, InstanceRefresh, got "Sleep"',
  'waitForCapacityTimeout must be a duration such as 10m or 1h30m, or 0 to not wait, got "soon"',
  'terminationPolicies[0] must be a policy such as OldestLaunchTemplate or Default, or the ARN of a function, got "Random"',
  "instanceMaintenancePolicy.maxHealthyPercentage must be -1 or from 100 to 200, got 99",
);
refuses(
  operations,
  GROUP,
  { ...place, minSize: 1, maxSize: 2, launchTemplate: { id }, loadBalancers: ["classic"], placementGroup: "near" },
  "loadBalancers is not supported offline; name target groups in targetGroupArns",
  "placementGroup is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);
