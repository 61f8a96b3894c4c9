import test from "ava";
import { type Properties, SECRET, UNKNOWN } from "../../../plan/values.ts";
import { aws, bill, fixedBill } from "./support.ts";

const INSTANCE = "ec2/instance:Instance";
const GROUP = "autoscaling/group:Group";
const TEMPLATE = "ec2/launchTemplate:LaunchTemplate";
const VOLUME = "ebs/volume:Volume";

const SYSTEM = { deviceName: "/dev/xvda", ebs: { volumeType: "gp3", volumeSize: 10 } };

const template = (inputs = {}) =>
  aws(TEMPLATE, { instanceType: "m6i.large", blockDeviceMappings: [SYSTEM], ...inputs }, { name: "template" });

const group = (inputs = {}) =>
  aws(
    GROUP,
    { minSize: 2, maxSize: 6, desiredCapacity: 3, launchTemplate: { id: UNKNOWN, version: "1" }, ...inputs },
    { propertyDependencies: { launchTemplate: ["template"], mixedInstancesPolicy: ["template"] } },
  );

test("a machine costs its hours and its volumes", async (t) => {
  const instance = aws(INSTANCE, {
    instanceType: "t3.small",
    rootBlockDevice: { volumeType: "gp3", volumeSize: 20 },
    ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize: 50 }],
    associatePublicIpAddress: false,
  });
  t.deepEqual(await bill(instance, { usage: { internetGb: 10 } }), [
    // 730 x 0.0208
    "machine t3.small: 730 hour x 0.0208 = 15.184",
    "system volume, gp3: 20 GB-month x 0.08 = 1.6",
    // AWS makes a volume of which nothing is said gp2.
    "volume, gp2: 50 GB-month x 0.1 = 5",
    "CPU credits: not estimated, 0.05 per vCPU-hour",
    "data to the internet: 10 GB x 0.09 = 0.9",
    "data between zones: not estimated, 0.01 per GB",
  ]);
});

test("a machine that is stopped at night keeps paying for its volumes", async (t) => {
  const instance = aws(INSTANCE, {
    instanceType: "m6i.large",
    rootBlockDevice: { volumeType: "gp3", volumeSize: 10 },
    associatePublicIpAddress: true,
  });
  t.deepEqual(await fixedBill(instance, { hours: { existing: 730, running: 200 } }), [
    // 200 x 0.096
    "machine m6i.large: 200 hour x 0.096 = 19.2",
    "system volume, gp3: 10 GB-month x 0.08 = 0.8",
    // The address of a machine goes when it is stopped: 200 x 0.005
    "public IPv4 address: 200 hour x 0.005 = 1",
  ]);
});

test("an Elastic IP takes the place of the address of a machine", async (t) => {
  const inputs = {
    instanceType: "m6i.large",
    rootBlockDevice: { volumeType: "gp3", volumeSize: 10 },
    associatePublicIpAddress: true,
  };
  const association = (allocationId: string) =>
    aws("ec2/eipAssociation:EipAssociation", { instanceId: "i-1", allocationId }, { name: "association" });
  const address = aws("ec2/eip:Eip", {}, { name: "address", id: "eipalloc-1" });
  const instance = aws(INSTANCE, inputs, { id: "i-1" });
  t.deepEqual(await fixedBill(instance, { beside: [association("eipalloc-1"), address] }), [
    "machine m6i.large: 730 hour x 0.096 = 70.08",
    "system volume, gp3: 10 GB-month x 0.08 = 0.8",
  ]);
  // One that is not in the plan is paid for as well.
  t.is((await fixedBill(instance, { beside: [association("eipalloc-2")] })).length, 3);
});

test("the subnet of a machine says whether it has an address", async (t) => {
  const subnet = (mapPublicIpOnLaunch: boolean) =>
    aws("ec2/subnet:Subnet", { mapPublicIpOnLaunch }, { name: "subnet" });
  const instance = aws(
    INSTANCE,
    { instanceType: "m6i.large", rootBlockDevice: { volumeType: "gp3", volumeSize: 10 }, subnetId: UNKNOWN },
    { propertyDependencies: { subnetId: ["subnet"] } },
  );
  const address = "public IPv4 address: 730 hour x 0.005 = 3.65";
  t.true((await fixedBill(instance, { beside: [subnet(true)] })).includes(address));
  t.is((await fixedBill(instance, { beside: [subnet(false)] })).length, 2);
  t.is(
    (await fixedBill(instance)).at(-1),
    "public IPv4 address: ? whether it has one is not known before the update [0 .. 3.65]",
  );
});

test("a machine takes from its launch template what it does not say itself", async (t) => {
  const instance = aws(
    INSTANCE,
    { instanceType: "t3.small", launchTemplate: { id: UNKNOWN }, associatePublicIpAddress: false },
    { propertyDependencies: { launchTemplate: ["template"] } },
  );
  t.deepEqual(await fixedBill(instance, { beside: [template({ monitoring: { enabled: true } })] }), [
    "machine t3.small: 730 hour x 0.0208 = 15.184",
    "system volume, gp3: 10 GB-month x 0.08 = 0.8",
    "detailed monitoring: 7 metric-month x 0.3 = 2.1",
  ]);
  t.deepEqual(await fixedBill(instance), ["machine: ? the plan does not have its launch template"]);
});

test("detailed monitoring is seven metrics", async (t) => {
  const instance = aws(INSTANCE, {
    instanceType: "m6i.large",
    rootBlockDevice: { volumeType: "gp3", volumeSize: 10 },
    associatePublicIpAddress: false,
    monitoring: true,
  });
  // 7 x 0.30
  t.is((await fixedBill(instance)).at(-1), "detailed monitoring: 7 metric-month x 0.3 = 2.1");
});

test("what a machine is may be decided by the image, be a secret, or be nothing that there is a price for", async (t) => {
  const instance = (inputs: object) => aws(INSTANCE, { associatePublicIpAddress: false, ...inputs });
  t.deepEqual(await fixedBill(instance({ instanceType: SECRET })), [
    "machine: ? instanceType is a secret",
    "system volume: ? its size is decided by its image or snapshot",
  ]);
  t.deepEqual(
    await fixedBill(instance({ instanceType: "m6i.large", tenancy: "host", rootBlockDevice: { volumeSize: 10 } })),
    [
      "machine m6i.large: ? the price book has no prices for host tenancy",
      // 10 x 0.08 .. 10 x 0.10
      "system volume: ? its type is decided by its image [0.8 .. 1]",
    ],
  );
  t.is(
    (await fixedBill(instance({ instanceType: "u-24tb1.metal" })))[0],
    "machine u-24tb1.metal: ? the price book has no ec2/u-24tb1.metal for us-east-1",
  );
});

test("what the program does not say of a system volume the provider does", async (t) => {
  const inputs = { instanceType: "m6i.large", associatePublicIpAddress: false, rootBlockDevice: { volumeSize: 30 } };
  const outputs: Properties = {
    rootBlockDevice: { volumeSize: 8, volumeType: "gp3", iops: 3000, throughput: UNKNOWN },
  };
  t.is((await fixedBill(aws(INSTANCE, inputs, { outputs })))[1], "system volume, gp3: 30 GB-month x 0.08 = 2.4");
});

test("a spot machine costs at most what it costs on demand", async (t) => {
  const instance = aws(INSTANCE, { instanceType: "m6i.large", instanceMarketOptions: { marketType: "spot" } });
  t.is(
    (await fixedBill(instance))[0],
    // 730 x 0.096
    "spot machine m6i.large: ? spot prices change by the hour; on-demand is the most that it can be [0 .. 70.08]",
  );
});

test("a scaling group costs by the size that is wanted, between its smallest and its largest", async (t) => {
  t.deepEqual(await fixedBill(group(), { beside: [template()] }), [
    // 3 x 730 x 0.096 between 2 x 730 x 0.096 and 6 x 730 x 0.096
    "machine m6i.large: 2190 hour x 0.096 = 210.24 [140.16 .. 420.48]",
    // 3 x 10 x 0.08 between 2 x 10 x 0.08 and 6 x 10 x 0.08
    "system volume, gp3: 30 GB-month x 0.08 = 2.4 [1.6 .. 4.8]",
  ]);
});

test("a scaling group that does not say how large it is costs by its live size, else by its smallest", async (t) => {
  const quiet = group({ desiredCapacity: undefined });
  const live = { ...quiet, outputs: { desiredCapacity: 5 } };
  const beside = [template()];
  // 5 x 730, 2 x 730
  t.is((await fixedBill(live, { beside }))[0], "machine m6i.large: 3650 hour x 0.096 = 350.4 [140.16 .. 420.48]");
  t.is((await fixedBill(quiet, { beside }))[0], "machine m6i.large: 1460 hour x 0.096 = 140.16 [140.16 .. 420.48]");
});

test("a live size is moved between new bounds", async (t) => {
  const beside = [template()];
  const live = (minSize: number, maxSize: number) => ({
    ...group({ desiredCapacity: undefined, minSize, maxSize }),
    outputs: { desiredCapacity: 5 },
  });
  // 4 x 730, 7 x 730
  t.is((await fixedBill(live(1, 4), { beside }))[0], "machine m6i.large: 2920 hour x 0.096 = 280.32 [70.08 .. 280.32]");
  t.is(
    (await fixedBill(live(7, 9), { beside }))[0],
    "machine m6i.large: 5110 hour x 0.096 = 490.56 [490.56 .. 630.72]",
  );
});

test("a scaling group of a size that is not known costs between its smallest and its largest", async (t) => {
  t.deepEqual(await fixedBill(group({ desiredCapacity: UNKNOWN }), { beside: [template()] }), [
    // 140.16 + 1.60 .. 420.48 + 4.80
    "machines: ? desiredCapacity is not known before the update [141.76 .. 425.28]",
  ]);
});

test("the system volume of a template is counted once, and other volumes beside it", async (t) => {
  const data = { deviceName: "/dev/sdf", ebs: { volumeType: "gp3", volumeSize: "100", iops: 4000, throughput: 200 } };
  const one = group({ desiredCapacity: 1, minSize: 1, maxSize: 1 });
  t.deepEqual((await fixedBill(one, { beside: [template({ blockDeviceMappings: [SYSTEM, data] })] })).slice(1), [
    "system volume, gp3: 10 GB-month x 0.08 = 0.8",
    "volume, gp3: 100 GB-month x 0.08 = 8",
    // 4000 - 3000, 200 - 125
    "volume, IOPS: 1000 IOPS-month x 0.005 = 5",
    "volume, throughput: 75 MiB/s-month x 0.04 = 3",
  ]);
  t.deepEqual(
    (await fixedBill(one, { beside: [template({ blockDeviceMappings: [data] })] }))[1],
    "system volume: ? its size is decided by its image or snapshot",
  );
});

test("a mix takes the types of its overrides, and spot above the base", async (t) => {
  const mixedInstancesPolicy = {
    instancesDistribution: { onDemandBaseCapacity: 2, onDemandPercentageAboveBaseCapacity: 50 },
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: UNKNOWN, version: "1" },
      overrides: [{ instanceType: "c6i.large" }, { instanceType: "m6i.xlarge" }],
    },
  };
  const mixed = group({ launchTemplate: undefined, mixedInstancesPolicy, desiredCapacity: 6, minSize: 6, maxSize: 6 });
  t.deepEqual(await fixedBill(mixed, { beside: [template()] }), [
    // 2 and half of the 4 above them: 4 x 730 x 0.085
    "machine c6i.large: 2920 hour x 0.085 = 248.2",
    // 2 of at most the dearest type: 2 x 730 x 0.192
    "spot machine m6i.xlarge: ? spot prices change by the hour; on-demand is the most that it can be [0 .. 280.32]",
    // 6 x 10 x 0.08
    "system volume, gp3: 60 GB-month x 0.08 = 4.8",
  ]);
});

test("capacity in weights is fewer machines", async (t) => {
  const mixedInstancesPolicy = {
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: UNKNOWN },
      overrides: [{ instanceType: "m6i.xlarge", weightedCapacity: "2" }],
    },
  };
  const mixed = group({ launchTemplate: undefined, mixedInstancesPolicy, desiredCapacity: 5, minSize: 5, maxSize: 5 });
  // 5 / 2, rounded up: 3 x 730 x 0.192
  t.is((await fixedBill(mixed, { beside: [template()] }))[0], "machine m6i.xlarge: 2190 hour x 0.192 = 420.48");
});

test("a scaling group of which the plan does not show the template, the types or the size is unknown", async (t) => {
  t.deepEqual(await fixedBill(group()), ["machines: ? the plan does not have its launch template"]);
  t.is(
    (await fixedBill(group({ launchTemplate: undefined, mixedInstancesPolicy: UNKNOWN }), { beside: [template()] }))[0],
    "machines: ? which types mixedInstancesPolicy takes is not known before the update",
  );
  t.deepEqual(await fixedBill(group({ minSize: UNKNOWN }), { beside: [template()] }), [
    "machines: ? minSize is not known before the update",
  ]);
  t.is(
    (await fixedBill(group({ warmPool: {} }), { beside: [template()] })).at(-1),
    "warm pool: ? how many machines wait in it, and whether they run, is not worked out",
  );
});

test("a launch configuration monitors in detail unless it is told not to", async (t) => {
  const configuration = aws(
    "ec2/launchConfiguration:LaunchConfiguration",
    { instanceType: "m6i.large", rootBlockDevice: { volumeType: "gp3", volumeSize: 10 } },
    { name: "configuration" },
  );
  const old = aws(
    GROUP,
    { minSize: 2, maxSize: 2, launchConfiguration: UNKNOWN },
    { propertyDependencies: { launchConfiguration: ["configuration"] } },
  );
  t.deepEqual(await fixedBill(old, { beside: [configuration] }), [
    "machine m6i.large: 1460 hour x 0.096 = 140.16",
    "system volume, gp3: 20 GB-month x 0.08 = 1.6",
    // 2 x 7 x 0.30
    "detailed monitoring: 14 metric-month x 0.3 = 4.2",
  ]);
});

test("a launch template costs nothing by itself", async (t) => {
  t.deepEqual(await bill(template()), ["free: aws:ec2/launchTemplate:LaunchTemplate"]);
});

test("a volume costs what is allocated, and what is provisioned above the baseline", async (t) => {
  t.deepEqual(await bill(aws(VOLUME, { type: "gp3", size: 100, iops: 3000, throughput: 125 })), [
    "volume, gp3: 100 GB-month x 0.08 = 8",
  ]);
  t.deepEqual(await bill(aws(VOLUME, { type: "io2", size: 100, iops: 500 })), [
    "volume, io2: 100 GB-month x 0.125 = 12.5",
    "volume, IOPS: ? the price book has no ebs/io2/iops for us-east-1",
  ]);
  t.deepEqual(await bill(aws(VOLUME, { size: UNKNOWN })), ["volume: ? its size is not known before the update"]);
});
