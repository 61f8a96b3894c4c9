import test from "ava";
import { Fleet, type FleetArgs } from "../../components/fleet.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: FleetArgs = {
  image: { id: "ami-1", pinned: false },
  instanceType: "t4g.small",
  instanceProfileName: "profile",
  securityGroupId: "sg-1",
  publicAddress: false,
  volumeGiB: 12,
  userData: "#cloud-config",
  subnetIds: ["subnet-1", "subnet-2"],
  targetGroupArn: "arn:targets",
  resourceLabel: "app/lb/1/targetgroup/tg/2",
  minimum: 2,
  maximum: 6,
  spotPercent: 0,
  targetCpuPercent: 55,
  targetRequestsPerMinute: 700,
  replacementTimeoutMinutes: 12,
  drainSeconds: 30,
  tags: TAGS,
};

const fleet = (changes: Partial<FleetArgs> = {}) => record(() => new Fleet("fl", { ...ARGS, ...changes }));

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:autoscaling/group:Group";
const POLICY = "aws:autoscaling/policy:Policy";

test("a server is encrypted, takes metadata requests of version 2 only, and all its parts have tags", async (t) => {
  t.deepEqual((await fleet()).one(TEMPLATE).inputs, {
    imageId: "ami-1",
    instanceType: "t4g.small",
    iamInstanceProfile: { name: "profile" },
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeType: "gp3", volumeSize: 12, encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    vpcSecurityGroupIds: ["sg-1"],
    userData: Buffer.from("#cloud-config").toString("base64"),
    updateDefaultVersion: true,
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
      resourceType,
      tags: tagsOf("fl"),
    })),
    tags: tagsOf("fl-template"),
  });
});

test("where there is no NAT a server has a public address, behind the same firewall", async (t) => {
  const { inputs } = (await fleet({ publicAddress: true })).one(TEMPLATE);
  t.deepEqual(inputs.networkInterfaces, [{ associatePublicIpAddress: "true", securityGroups: ["sg-1"] }]);
  t.is(inputs.vpcSecurityGroupIds, undefined);
});

test("a newer image leaves the fleet alone unless the image is pinned", async (t) => {
  t.deepEqual((await fleet()).one(TEMPLATE).ignoreChanges, ["imageId"]);
  t.deepEqual((await fleet({ image: { id: "ami-1", pinned: true } })).one(TEMPLATE).ignoreChanges, []);
});

test("the group waits for its servers to be healthy in the load balancer, over all zones, and has no fixed name", async (t) => {
  t.deepEqual((await fleet()).one(GROUP).inputs, {
    minSize: 2,
    maxSize: 6,
    desiredCapacity: 2,
    minElbCapacity: 2,
    waitForCapacityTimeout: "12m",
    launchTemplate: { id: "fl-template-id", version: "3" },
    vpcZoneIdentifiers: ["subnet-1", "subnet-2"],
    targetGroupArns: ["arn:targets"],
    healthCheckType: "ELB",
    healthCheckGracePeriod: 720,
    enabledMetrics: ["GroupInServiceInstances"],
    metricsGranularity: "1Minute",
    defaultInstanceWarmup: 120,
    instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
    tags: [{ key: "part", value: "fl", propagateAtLaunch: false }],
  });
});

test("another template is another group, which comes before the old one goes", async (t) => {
  const group = (await fleet()).one(GROUP);
  t.deepEqual(group.replaceOnChanges, ["launchTemplate", "mixedInstancesPolicy"]);
  t.false(group.deleteBeforeReplace);
});

test("an old group has the time to drain", async (t) => {
  t.deepEqual((await fleet({ drainSeconds: 30 })).one(GROUP).timeouts, { delete: "11m" });
  t.deepEqual((await fleet({ drainSeconds: 3600 })).one(GROUP).timeouts, { delete: "70m" });
});

for (const [liveSize, size] of [
  [5, 5],
  [1, 2],
  [9, 6],
] as const) {
  test(`where ${liveSize} servers run between a minimum of 2 and a maximum of 6, a new group starts with ${size}`, async (t) => {
    t.like((await fleet({ liveSize })).one(GROUP).inputs, { desiredCapacity: size, minElbCapacity: size });
  });
}

test("spot instances are a share of what is above the minimum, and are replaced before AWS takes them", async (t) => {
  const { inputs } = (await fleet({ spotPercent: 70 })).one(GROUP);
  t.is(inputs.launchTemplate, undefined);
  t.is(inputs.capacityRebalance, true);
  t.deepEqual(inputs.mixedInstancesPolicy, {
    instancesDistribution: {
      onDemandBaseCapacity: 2,
      onDemandPercentageAboveBaseCapacity: 30,
      spotAllocationStrategy: "price-capacity-optimized",
    },
    launchTemplate: { launchTemplateSpecification: { launchTemplateId: "fl-template-id", version: "3" } },
  });
});

test("the fleet follows its processor load and its requests", async (t) => {
  const { all, built } = await fleet();
  const common = { autoscalingGroupName: "fl-group-1234567", policyType: "TargetTrackingScaling" };
  t.deepEqual(
    all(POLICY).map(({ name, inputs }) => [name, inputs]),
    [
      [
        "fl-cpu",
        {
          ...common,
          targetTrackingConfiguration: {
            predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
            targetValue: 55,
          },
        },
      ],
      [
        "fl-requests",
        {
          ...common,
          targetTrackingConfiguration: {
            predefinedMetricSpecification: {
              predefinedMetricType: "ALBRequestCountPerTarget",
              resourceLabel: "app/lb/1/targetgroup/tg/2",
            },
            targetValue: 700,
          },
        },
      ],
    ],
  );
  t.is(await unwrap(built.groupName), "fl-group-1234567");
});

test("everything belongs to the component", async (t) => {
  const { seen } = await fleet();
  t.is(seen.length, 5);
  t.true(seen.slice(1).every(({ parent }) => parent === "fl"));
});
