import {
  AttachVolumeCommand,
  CreateVolumeCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
  EC2Client,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateInstanceProfileCommand, IAMClient } from "@aws-sdk/client-iam";
import test from "ava";
import { startFaultyApi } from "../../faults.ts";
import { liveThrough } from "../../operations.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const INSTANCE = "aws:ec2/instance:Instance";

const { operations, provider, client, stop } = await startAccount();
const ec2 = new EC2Client(client);
const iam = new IAMClient(client);

const made = async (type: string, name: string, inputs: Record<string, unknown>) =>
  (await operations.create(type, name, inputs)).id;
const vpc = await operations.create("aws:ec2/vpc:Vpc", "main", {
  cidrBlock: "10.0.0.0/16",
  enableDnsHostnames: true,
  assignGeneratedIpv6CidrBlock: true,
});
const ipv6CidrBlock = String(vpc.state.ipv6CidrBlock).replace("/56", "/64");
const subnetId = await made("aws:ec2/subnet:Subnet", "public", {
  vpcId: vpc.id,
  cidrBlock: "10.0.1.0/24",
  availabilityZone: "eu-west-1b",
  mapPublicIpOnLaunch: true,
  ipv6CidrBlock,
});
const group = (name: string) => made("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id });
const [web, other] = [await group("web"), await group("other")];
const image = async (architecture: string) =>
  (
    await operations.invoke("aws:ec2/getAmi:getAmi", {
      owners: ["136693071363"],
      mostRecent: true,
      filters: [
        { name: "name", values: ["debian-13-*"] },
        { name: "architecture", values: [architecture] },
      ],
    })
  ).id as string;
const [arm, intel] = [await image("arm64"), await image("x86_64")];
for (const InstanceProfileName of ["first", "second"])
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
test.after.always(stop);

const describe = async (id: string) => {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0];
};
const volumeOf = async (id: string) => {
  const { Volumes } = await ec2.send(
    new DescribeVolumesCommand({ Filters: [{ Name: "attachment.instance-id", Values: [id] }] }),
  );
  return Volumes?.[0];
};
const userDataOf = async (InstanceId: string) => {
  const { UserData } = await ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: "userData" }));
  return Buffer.from(UserData?.Value ?? "", "base64").toString();
};

const small = { ami: arm, instanceType: "t4g.small", subnetId };

test("an instance lives as AWS's own would", async (t) => {
  const inputs = {
    ...small,
    vpcSecurityGroupIds: [web],
    iamInstanceProfile: "first",
    userData: "#cloud-config\n",
    monitoring: false,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    rootBlockDevice: { volumeType: "gp3", volumeSize: 20, encrypted: true, throughput: 200, tags: { Name: "root" } },
    tags: { Name: "server" },
  };
  let root: string | undefined;
  await liveThrough(t, operations, {
    type: INSTANCE,
    name: "server",
    inputs,
    unknown: [
      "arn",
      "associatePublicIpAddress",
      "availabilityZone",
      "capacityReservationSpecification",
      "cpuOptions",
      "disableApiStop",
      "disableApiTermination",
      "ebsBlockDevices",
      "ebsOptimized",
      "enablePrimaryIpv6",
      "enclaveOptions",
      "ephemeralBlockDevices",
      "hostId",
      "hostResourceGroupArn",
      "instanceInitiatedShutdownBehavior",
      "instanceLifecycle",
      "instanceMarketOptions",
      "instanceState",
      "ipv6AddressCount",
      "ipv6Addresses",
      "keyName",
      "maintenanceOptions",
      "networkInterfaces",
      "outpostArn",
      "passwordData",
      "placementGroup",
      "placementGroupId",
      "placementPartitionNumber",
      "primaryNetworkInterface",
      "primaryNetworkInterfaceId",
      "privateDns",
      "privateDnsNameOptions",
      "privateIp",
      "publicDns",
      "publicIp",
      "secondaryNetworkInterfaces",
      "secondaryPrivateIps",
      "securityGroups",
      "spotInstanceRequestId",
      "tenancy",
      "userDataBase64",
    ],
    empty: [
      "capacityReservationSpecification",
      "cpuOptions",
      "enablePrimaryIpv6",
      "enclaveOptions",
      "ephemeralBlockDevices",
      "hostId",
      "hostResourceGroupArn",
      "instanceLifecycle",
      "instanceMarketOptions",
      "keyName",
      "maintenanceOptions",
      "networkInterfaces",
      "outpostArn",
      "passwordData",
      "placementGroup",
      "placementGroupId",
      "placementPartitionNumber",
      "privateDnsNameOptions",
      "secondaryNetworkInterfaces",
      "spotInstanceRequestId",
      "userDataBase64",
    ],
    update: {
      inputs: {
        ...inputs,
        vpcSecurityGroupIds: [other],
        iamInstanceProfile: "second",
        userData: "#cloud-config\npackages: [nginx]\n",
        instanceType: "t4g.medium",
        monitoring: true,
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
        rootBlockDevice: {
          volumeType: "gp3",
          volumeSize: 30,
          iops: 4000,
          encrypted: true,
          throughput: 250,
          tags: { Name: "disk" },
          deleteOnTermination: false,
        },
        sourceDestCheck: false,
        disableApiStop: false,
        tags: { Name: "machine" },
      },
      paths: [
        "iamInstanceProfile",
        "instanceType",
        "metadataOptions.httpPutResponseHopLimit",
        "monitoring",
        "rootBlockDevice.deleteOnTermination",
        "rootBlockDevice.iops",
        "rootBlockDevice.tags.Name",
        "rootBlockDevice.throughput",
        "rootBlockDevice.volumeSize",
        "sourceDestCheck",
        "tags.Name",
        "userData",
        "vpcSecurityGroupIds[0]",
      ],
    },
    replace: {
      inputs: { ...inputs, ami: intel, rootBlockDevice: { ...inputs.rootBlockDevice, encrypted: false } },
      properties: ["ami", "rootBlockDevice"],
    },
    importWithout: ["forceDestroy", "getPasswordData", "userDataReplaceOnChange"],
    async account(id, step) {
      const instance = await describe(id);
      if (step === "deleted") {
        t.is(instance?.State?.Name, "terminated");
        const { Volumes } = await ec2.send(new DescribeVolumesCommand({ VolumeIds: [root as string] }));
        t.is(Volumes?.[0]?.State, "available", "the disk stays, because deleteOnTermination is false");
        return;
      }
      const created = step === "created";
      t.is(instance?.State?.Name, "running");
      t.is(instance?.InstanceType, created ? "t4g.small" : "t4g.medium");
      t.is(instance?.Monitoring?.State, created ? "disabled" : "enabled");
      t.is(instance?.SourceDestCheck, created);
      t.like(instance?.MetadataOptions, { HttpTokens: "required", HttpPutResponseHopLimit: created ? 1 : 2 });
      t.regex(instance?.IamInstanceProfile?.Arn ?? "", created ? /\/first$/ : /\/second$/);
      t.deepEqual(instance?.Tags, [{ Key: "Name", Value: created ? "server" : "machine" }]);
      t.is(instance?.NetworkInterfaces?.length, 1);
      t.deepEqual(
        instance?.NetworkInterfaces?.[0]?.Groups?.map(({ GroupId }) => GroupId),
        [created ? web : other],
      );
      t.is(await userDataOf(id), created ? "#cloud-config\n" : "#cloud-config\npackages: [nginx]\n");
      t.is(instance?.BlockDeviceMappings?.length, 1, "no ghost of a second root disk");
      t.is(instance?.BlockDeviceMappings?.[0]?.DeviceName, instance?.RootDeviceName);
      t.is(instance?.BlockDeviceMappings?.[0]?.Ebs?.DeleteOnTermination, created);
      const volume = await volumeOf(id);
      root = volume?.VolumeId;
      t.like(volume, {
        VolumeType: "gp3",
        Encrypted: true,
        Size: created ? 20 : 30,
        Iops: created ? 3000 : 4000,
        Throughput: created ? 200 : 250,
        Tags: [{ Key: "Name", Value: created ? "root" : "disk" }],
      });
    },
  });
});

test("an instance on an interface of the program's leaves the interface when it ends, and the next one takes it", async (t) => {
  const interfaceId = await made("aws:ec2/networkInterface:NetworkInterface", "server", {
    subnetId,
    securityGroups: [web],
  });
  const inputs = {
    ami: arm,
    instanceType: "t4g.small",
    primaryNetworkInterface: { networkInterfaceId: interfaceId },
    userData: "first",
    userDataReplaceOnChange: true,
  };
  const first = await operations.create(INSTANCE, "server", inputs);
  t.like(first.state, { subnetId, availabilityZone: "eu-west-1b", primaryNetworkInterfaceId: interfaceId });
  t.deepEqual(first.state.primaryNetworkInterface, { networkInterfaceId: interfaceId, deleteOnTermination: false });
  t.deepEqual((await operations.diff(first, inputs)).differences, []);
  t.deepEqual((await operations.diff(first, { ...inputs, userData: "second" })).replaces, ["userData"]);
  await operations.delete(first);
  const second = await operations.create(INSTANCE, "server", { ...inputs, userData: "second" });
  t.is(second.state.privateIp, first.state.privateIp);
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [interfaceId] }),
  );
  t.is(NetworkInterfaces?.[0]?.Attachment?.InstanceId, second.id);
});

test("an interface that came with its instance goes with it", async (t) => {
  const instance = await operations.create(INSTANCE, "implied", { ...small, vpcSecurityGroupIds: [web] });
  const interfaceId = instance.state.primaryNetworkInterfaceId as string;
  await operations.delete(instance);
  await t.throwsAsync(ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [interfaceId] })), {
    name: "InvalidNetworkInterfaceID.NotFound",
  });
});

test("user data keeps the form that the program gave it", async (t) => {
  const bytes = Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0xff]).toString("base64");
  const binary = await operations.create(INSTANCE, "binary", { ...small, userDataBase64: bytes });
  t.is(binary.state.userDataBase64, bytes);
  t.is(binary.state.userData, undefined);
  t.deepEqual((await operations.refresh(binary))?.state, binary.state);
  const encoded = Buffer.from("#!/bin/sh\n").toString("base64");
  const text = await operations.create(INSTANCE, "encoded", { ...small, userData: encoded });
  t.is(text.state.userData, encoded);
  t.is(await userDataOf(text.id), "#!/bin/sh\n");
  const without = await operations.update(text, small);
  t.is(without.state.userData, undefined);
  t.is(await userDataOf(text.id), "");
});

test("addresses of all kinds are as asked for", async (t) => {
  const inputs = {
    ...small,
    privateIp: "10.0.1.50",
    secondaryPrivateIps: ["10.0.1.51", "10.0.1.52"],
    ipv6AddressCount: 2,
    associatePublicIpAddress: false,
  };
  const instance = await operations.create(INSTANCE, "addressed", inputs);
  t.like(instance.state, { privateIp: "10.0.1.50", ipv6AddressCount: 2, associatePublicIpAddress: false });
  t.deepEqual(instance.state.secondaryPrivateIps, ["10.0.1.51", "10.0.1.52"]);
  t.is((instance.state.ipv6Addresses as string[]).length, 2);
  t.is(instance.state.publicIp, undefined);
  const moved = await operations.update(instance, { ...inputs, secondaryPrivateIps: ["10.0.1.52", "10.0.1.53"] });
  t.deepEqual(moved.state.secondaryPrivateIps, ["10.0.1.52", "10.0.1.53"]);
});

test("a subnet that maps public addresses gives one, with AWS's name for it", async (t) => {
  const { state, id } = await operations.create(INSTANCE, "public", small);
  t.is(state.associatePublicIpAddress, true);
  t.is(state.publicDns, `ec2-${String(state.publicIp).replaceAll(".", "-")}.eu-west-1.compute.amazonaws.com`);
  t.is(state.privateDns, `ip-${String(state.privateIp).replaceAll(".", "-")}.eu-west-1.compute.internal`);
  t.is(state.arn, `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:instance/${id}`);
});

test("further disks are made with the instance; a volume that others attach is none of its business", async (t) => {
  const inputs = { ...small, ebsBlockDevices: [{ deviceName: "/dev/sdg", volumeSize: 5, volumeType: "gp3" }] };
  const instance = await operations.create(INSTANCE, "disks", inputs);
  t.like((instance.state.ebsBlockDevices as object[])[0], { deviceName: "/dev/sdg", volumeSize: 5, iops: 3000 });
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: "eu-west-1b", Size: 1, ClientToken: "x" }),
  );
  await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: instance.id, Device: "/dev/sdh" }));
  const read = await operations.refresh(instance);
  t.deepEqual(read?.state, instance.state);
});

test("tags of all disks at once", async (t) => {
  const inputs = { ...small, volumeTags: { Owner: "web" } };
  const instance = await operations.create(INSTANCE, "tagged", inputs);
  t.deepEqual((await volumeOf(instance.id))?.Tags, [{ Key: "Owner", Value: "web" }]);
  t.deepEqual((await operations.diff(instance, inputs)).differences, []);
  const changed = await operations.update(instance, { ...small, volumeTags: { Team: "web" } });
  t.deepEqual((await volumeOf(instance.id))?.Tags, [{ Key: "Team", Value: "web" }]);
  t.deepEqual(changed.state.volumeTags, { Team: "web" });
});

test("an image for other processors is refused, as AWS refuses it", async (t) => {
  await t.throwsAsync(operations.create(INSTANCE, "mixed", { ...small, instanceType: "t3.small" }), {
    message: `instanceType t3.small runs x86_64, but the image ${arm} is made for arm64; choose an instance type or an image of the other architecture`,
  });
  const instance = await operations.create(INSTANCE, "right", small);
  await t.throwsAsync(operations.update(instance, { ...small, instanceType: "t3.small" }), {
    message: `instanceType t3.small runs x86_64, but the image ${arm} is made for arm64; choose an instance type or an image of the other architecture`,
  });
  t.is((await describe(instance.id))?.State?.Name, "running");
});

test("a protected instance stays, unless the program has asked for force before", async (t) => {
  const inputs = { ...small, disableApiTermination: true };
  const instance = await operations.create(INSTANCE, "protected", inputs);
  t.is(instance.state.disableApiTermination, true);
  await t.throwsAsync(operations.delete(instance), { name: "OperationNotPermitted" });
  t.is((await describe(instance.id))?.State?.Name, "running");
  const forced = await operations.update(instance, { ...inputs, forceDestroy: true });
  await operations.delete(forced);
  t.is((await describe(instance.id))?.State?.Name, "terminated");
});

test("an instance that somebody ended is gone", async (t) => {
  const instance = await operations.create(INSTANCE, "ended", small);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [instance.id] }));
  t.is(await operations.refresh(instance), undefined);
});

test("what the emulated API cannot change is remembered, and said", async (t) => {
  const mine = await provider();
  const instance = await mine.create(INSTANCE, "credits", {
    ...small,
    creditSpecification: { cpuCredits: "standard" },
  });
  const changed = await mine.update(instance, { ...small, creditSpecification: { cpuCredits: "unlimited" } });
  t.deepEqual(changed.state.creditSpecification, { cpuCredits: "unlimited" });
  t.deepEqual(mine.messages, [
    "warning: the emulated AWS API cannot change creditSpecification; the state remembers it, the instance does not",
  ]);
});

test("a profile that IAM has only just made is waited for", async (t) => {
  let refusals = 0;
  const api = await startFaultyApi(client.endpoint, (action, before) => {
    if (action !== "RunInstances" || before > 0) return undefined;
    refusals++;
    return {
      status: 400,
      code: "InvalidParameterValue",
      message: "Value (first) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name",
    };
  });
  t.teardown(api.stop);
  const mine = await provider({ endpoints: [{ ec2: api.endpoint, sts: client.endpoint }] });
  const instance = await mine.create(INSTANCE, "fresh", { ...small, iamInstanceProfile: "first" });
  t.is(instance.state.iamInstanceProfile, "first");
  t.is(refusals, 1);
});

test("an instance is there when it runs, not when it has been asked for", async (t) => {
  const api = await startFaultyApi(client.endpoint, (action, before) =>
    action === "DescribeInstances" && before < 2
      ? { rewrite: (body) => body.replace(">running<", ">pending<") }
      : undefined,
  );
  t.teardown(api.stop);
  const mine = await provider({ endpoints: [{ ec2: api.endpoint, sts: client.endpoint }] });
  const instance = await mine.create(INSTANCE, "slow", small);
  t.is(instance.state.instanceState, "running");
  const launched = api.calls.slice(api.calls.indexOf("RunInstances"));
  t.deepEqual(launched.slice(0, 5), ["RunInstances", "DeleteTags", ...Array(3).fill("DescribeInstances")]);
});

test("an instance that ends while it starts is a failure at once, with the reason that AWS gives", async (t) => {
  const api = await startFaultyApi(client.endpoint, (action) =>
    action === "DescribeInstances"
      ? {
          rewrite: (body) =>
            body
              .replace(">running<", ">terminated<")
              .replace(/<stateReason>.*?<\/stateReason>/, "<stateReason><message>no capacity</message></stateReason>"),
        }
      : undefined,
  );
  t.teardown(api.stop);
  const mine = await provider({ endpoints: [{ ec2: api.endpoint, sts: client.endpoint }] });
  const error = await t.throwsAsync(mine.create(INSTANCE, "ended", small), { name: "PartialFailure" });
  t.regex(error?.message ?? "", /^instance i-\w+ has ended: no capacity$/);
});

test("an instance says what is wrong with it before it is made", async (t) => {
  const wrong = async (more: Record<string, unknown>) =>
    (await operations.problems(INSTANCE, { ...small, ...more })).map(({ reason }) => reason);
  t.deepEqual(await wrong({ userData: "x".repeat(16_385) }), [
    "userData must have at most 16384 bytes before it is encoded, got 16385",
  ]);
  t.deepEqual(await wrong({ userData: "é".repeat(8_193) }), [
    "userData must have at most 16384 bytes before it is encoded, got 16386",
  ]);
  t.deepEqual(await wrong({ userDataBase64: "not encoded!" }), [
    "userDataBase64 must be Base64; give text as userData",
  ]);
  t.deepEqual(await wrong({ tenancy: "dedicated" }), [
    'tenancy "dedicated" is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider',
  ]);
  t.deepEqual(await wrong({ rootBlockDevice: { volumeType: "gp2", iops: 4000 } }), [
    "rootBlockDevice.iops cannot be set for the volume type gp2, got 4000",
  ]);
  t.deepEqual(await wrong({ rootBlockDevice: { volumeType: "gp3", iops: 100 } }), [
    "rootBlockDevice.iops must be from 3000 to 80000 for the volume type gp3, got 100",
  ]);
  t.deepEqual(await wrong({ metadataOptions: { httpTokens: "yes" } }), [
    'metadataOptions.httpTokens must be one of optional, required, got "yes"',
  ]);
  t.deepEqual(await wrong({ instanceType: "m7g.large", creditSpecification: { cpuCredits: "unlimited" } }), [
    "creditSpecification is only for burstable instance types such as t4g.small, got m7g.large; remove it",
  ]);
  t.deepEqual(await wrong({ hibernation: true }), [
    "hibernation is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
  ]);
  t.deepEqual(await wrong({ primaryNetworkInterface: { networkInterfaceId: "eni-1" } }), [
    "primaryNetworkInterface cannot be set together with subnetId; remove one of them",
    "subnetId cannot be set together with primaryNetworkInterface; remove one of them",
  ]);
});
