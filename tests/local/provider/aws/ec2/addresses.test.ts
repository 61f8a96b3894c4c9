import {
  CreateTagsCommand,
  DescribeAddressesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeTagsCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const INTERFACE = "aws:ec2/networkInterface:NetworkInterface";
const EIP = "aws:ec2/eip:Eip";
const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";
const TAG = "aws:ec2/tag:Tag";

const { operations, client, stop } = await startAccount();
const ec2 = new EC2Client(client);
const vpc = await operations.create("aws:ec2/vpc:Vpc", "main", {
  cidrBlock: "10.0.0.0/16",
  enableDnsHostnames: true,
  assignGeneratedIpv6CidrBlock: true,
});
const made = async (type: string, name: string, inputs: Record<string, unknown>) =>
  (await operations.create(type, name, inputs)).id;
const subnetId = await made("aws:ec2/subnet:Subnet", "main", {
  vpcId: vpc.id,
  cidrBlock: "10.0.1.0/24",
  availabilityZone: "eu-west-1a",
  ipv6CidrBlock: String(vpc.state.ipv6CidrBlock).replace("/56", "/64"),
});
const group = (name: string) => made("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id });
const [web, other] = [await group("web"), await group("other")];
const machine = async (NetworkInterfaceId?: string) => {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: "ami-05f2d8b6c4e0a7391",
      InstanceType: "t4g.small",
      MinCount: 1,
      MaxCount: 1,
      NetworkInterfaces: [
        { DeviceIndex: 0, ...(NetworkInterfaceId ? { NetworkInterfaceId } : { SubnetId: subnetId }) },
      ],
    }),
  );
  return Instances?.[0]?.InstanceId as string;
};
const instanceId = await machine();
test.after.always(stop);

const describeInterface = async (id: string) => {
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: "network-interface-id", Values: [id] }] }),
  );
  return NetworkInterfaces[0];
};
const describeAddress = async (name: string, value: string) => {
  const { Addresses = [] } = await ec2.send(
    new DescribeAddressesCommand({ Filters: [{ Name: name, Values: [value] }] }),
  );
  return Addresses[0];
};

test("a network interface lives as AWS's own would", async (t) => {
  const inputs = { subnetId, securityGroups: [web], description: "the server's", tags: { Name: "server" } };
  await liveThrough(t, operations, {
    type: INTERFACE,
    name: "server",
    inputs,
    unknown: [
      "arn",
      "attachments",
      "enablePrimaryIpv6",
      "interfaceType",
      "ipv4PrefixCount",
      "ipv4Prefixes",
      "ipv6AddressCount",
      "ipv6AddressLists",
      "ipv6Addresses",
      "ipv6PrefixCount",
      "ipv6Prefixes",
      "macAddress",
      "outpostArn",
      "ownerId",
      "privateDnsName",
      "privateIp",
      "privateIpLists",
      "privateIps",
      "privateIpsCount",
    ],
    empty: ["enablePrimaryIpv6", "outpostArn"],
    update: {
      inputs: {
        ...inputs,
        securityGroups: [other],
        description: "a server's",
        sourceDestCheck: false,
        privateIpsCount: 2,
      },
      paths: ["description", "privateIpsCount", "securityGroups[0]", "sourceDestCheck"],
    },
    replace: { inputs: { ...inputs, subnetId: "subnet-1" }, properties: ["subnetId"] },
    importWithout: [],
    async account(id, step) {
      const found = await describeInterface(id);
      if (step === "deleted") {
        t.is(found, undefined);
        return;
      }
      const created = step === "created";
      t.is(found?.Description, created ? "the server's" : "a server's");
      t.is(found?.SourceDestCheck, created);
      t.deepEqual(
        found?.Groups?.map(({ GroupId }) => GroupId),
        [created ? web : other],
      );
      t.is(found?.PrivateIpAddresses?.length, created ? 1 : 3);
      t.deepEqual(found?.TagSet, [{ Key: "Name", Value: "server" }]);
    },
  });
});

test("addresses that nobody chose are the highest ones left, never AWS's own, and never the same", async (t) => {
  const small = await made("aws:ec2/subnet:Subnet", "small", { vpcId: vpc.id, cidrBlock: "10.0.9.0/28" });
  const all = await Promise.all(
    [...Array(11).keys()].map((index) => operations.create(INTERFACE, `small-${index}`, { subnetId: small })),
  );
  const last = (address: unknown) => Number(String(address).split(".")[3]);
  const numbers = all.map(({ state }) => last(state.privateIp)).sort((a, b) => a - b);
  t.deepEqual(numbers, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  await t.throwsAsync(operations.create(INTERFACE, "too-many", { subnetId: small }), {
    message: `subnet ${small} has no 1 private addresses left`,
  });
});

test("addresses may be chosen, and come and go in place", async (t) => {
  const inputs = { subnetId, privateIps: ["10.0.1.100", "10.0.1.101"] };
  const chosen = await operations.create(INTERFACE, "chosen", inputs);
  t.like(chosen.state, { privateIp: "10.0.1.100", privateIpsCount: 1 });
  const moved = await operations.update(chosen, { subnetId, privateIps: ["10.0.1.100", "10.0.1.102"] });
  t.deepEqual(moved.state.privateIps, ["10.0.1.100", "10.0.1.102"]);
  const dual = await operations.update(moved, { subnetId, privateIps: ["10.0.1.100"], ipv6AddressCount: 2 });
  t.is((dual.state.ipv6Addresses as string[]).length, 2);
  t.deepEqual(dual.state.privateIps, ["10.0.1.100"]);
});

test("an interface is attached to an instance, and to another one, in place", async (t) => {
  const second = await machine();
  const inputs = { subnetId, attachments: [{ instance: instanceId, deviceIndex: 1 }] };
  const attached = await operations.create(INTERFACE, "second", inputs);
  t.is((await describeInterface(attached.id))?.Attachment?.InstanceId, instanceId);
  t.deepEqual((await operations.diff(attached, inputs)).differences, []);
  const moved = await operations.update(attached, { subnetId, attachments: [{ instance: second, deviceIndex: 1 }] });
  t.is((await describeInterface(moved.id))?.Attachment?.InstanceId, second);
  await operations.delete(moved);
  t.is(await describeInterface(moved.id), undefined);
});

test("the primary interface of an instance that runs stays, and the error says with what it goes", async (t) => {
  const primary = await operations.create(INTERFACE, "primary", { subnetId });
  const id = await machine(primary.id);
  await t.throwsAsync(operations.delete({ ...primary, request: { ...primary.request, timeout: 0.1 } }), {
    message: `waited for ${primary.id} to be released by whatever uses it until the timeout of 0.1 s was over; it is still in use (InvalidNetworkInterface.InUse: ${primary.id} is the primary network interface of ${id} and goes with it; remove the instance first)`,
  });
});

test("an Elastic IP lives as AWS's own would", async (t) => {
  const first = await made(INTERFACE, "first", { subnetId });
  const second = await made(INTERFACE, "next", { subnetId });
  const inputs = { domain: "vpc", networkInterface: first, tags: { Name: "public" } };
  await liveThrough(t, operations, {
    type: EIP,
    name: "public",
    inputs,
    unknown: [
      "allocationId",
      "arn",
      "associationId",
      "carrierIp",
      "customerOwnedIp",
      "instance",
      "ipamPoolId",
      "networkBorderGroup",
      "privateDns",
      "privateIp",
      "ptrRecord",
      "publicDns",
      "publicIp",
      "publicIpv4Pool",
    ],
    empty: ["carrierIp", "customerOwnedIp", "instance", "ipamPoolId", "ptrRecord"],
    update: { inputs: { ...inputs, networkInterface: second }, paths: ["networkInterface"] },
    replace: { inputs: { ...inputs, address: "192.0.2.1" }, properties: ["address"] },
    importWithout: [],
    async account(id, step) {
      const address = await describeAddress("allocation-id", id);
      const expected = { created: first, updated: second, deleted: undefined }[step];
      t.is(address?.NetworkInterfaceId, expected);
    },
  });
});

test("an Elastic IP has AWS's names", async (t) => {
  const { id, state } = await operations.create(EIP, "named", {});
  t.is(state.arn, `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:elastic-ip/${id}`);
  t.is(state.publicDns, `ec2-${String(state.publicIp).replaceAll(".", "-")}.eu-west-1.compute.amazonaws.com`);
  t.like(state, { domain: "vpc", allocationId: id, publicIpv4Pool: "amazon", networkBorderGroup: "eu-west-1" });
});

test("an address is given to an interface, and keeps to it while the instance behind it changes", async (t) => {
  const interfaceId = await made(INTERFACE, "kept", { subnetId });
  const allocationId = await made(EIP, "kept", {});
  await liveThrough(t, operations, {
    type: ASSOCIATION,
    name: "kept",
    inputs: { allocationId, networkInterfaceId: interfaceId },
    unknown: ["instanceId", "privateIpAddress", "publicIp"],
    empty: ["instanceId"],
    replace: { inputs: { allocationId, networkInterfaceId: "eni-1" }, properties: ["networkInterfaceId"] },
    importWithout: [],
    async account(id, step) {
      const address = await describeAddress("allocation-id", allocationId);
      t.is(address?.AssociationId, step === "deleted" ? undefined : id);
    },
  });
  const inputs = { allocationId, networkInterfaceId: interfaceId };
  const association = await operations.create(ASSOCIATION, "kept", inputs);
  const id = await machine(interfaceId);
  const read = await operations.refresh(association);
  t.is(read?.state.instanceId, id);
  t.deepEqual(read && (await operations.diff(read, inputs)).differences, []);
});

test("an address in use is taken away only with leave", async (t) => {
  const first = await made(INTERFACE, "holder", { subnetId });
  const second = await made(INTERFACE, "taker", { subnetId });
  const allocationId = await made(EIP, "taken", {});
  const held = await operations.create(ASSOCIATION, "held", { allocationId, networkInterfaceId: first });
  const inputs = { allocationId, networkInterfaceId: second };
  await t.throwsAsync(operations.create(ASSOCIATION, "refused", { ...inputs, allowReassociation: false }), {
    message: `${held.state.publicIp} is already associated (${held.id}, with ${first}), and allowReassociation is false; remove that association first`,
  });
  await operations.create(ASSOCIATION, "taken", inputs);
  t.is((await describeAddress("allocation-id", allocationId))?.NetworkInterfaceId, second);
});

test("an association needs an address and something to give it to", async (t) => {
  const reasons = (await operations.problems(ASSOCIATION, {})).map(({ reason }) => reason);
  t.deepEqual(reasons, [
    "allocationId is missing: one of allocationId, publicIp is required",
    "instanceId is missing: one of instanceId, networkInterfaceId is required",
  ]);
});

test("what a killed run has made is found again by the mark of its creation, and loses the mark in the end", async (t) => {
  const things = { [INTERFACE]: { subnetId }, [EIP]: {} };
  for (const [type, inputs] of Object.entries(things)) {
    const { id } = await operations.create(type, "lost", inputs);
    const Filters = [{ Name: "resource-id", Values: [id] }];
    t.deepEqual((await ec2.send(new DescribeTagsCommand({ Filters }))).Tags, []);
    t.is(await operations.lost(type, "lost", `token of ${id}`), undefined);
    const Tags = [{ Key: "webstack:creating", Value: `token of ${id}` }];
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
    t.is(await operations.lost(type, "lost", `token of ${id}`), id);
  }
});

test("an association that a killed run has made is found again by what it joins", async (t) => {
  const networkInterfaceId = await made(INTERFACE, "lost", { subnetId });
  const allocationId = await made(EIP, "lost", {});
  const ends = { allocationId, networkInterfaceId };
  t.is(await operations.lost(ASSOCIATION, "lost", "token", ends), undefined);
  const association = await operations.create(ASSOCIATION, "lost", ends);
  t.is(await operations.lost(ASSOCIATION, "lost", "token", ends), association.id);
});

test("a tag of something that is managed elsewhere lives by itself", async (t) => {
  const inputs = { resourceId: vpc.id, key: "Team", value: "web" };
  await liveThrough(t, operations, {
    type: TAG,
    name: "team",
    inputs,
    unknown: [],
    update: { inputs: { ...inputs, value: "app" }, paths: ["value"] },
    replace: { inputs: { ...inputs, key: "Owner" }, properties: ["key"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, `${vpc.id},Team`);
      const { Tags = [] } = await ec2.send(
        new DescribeTagsCommand({ Filters: [{ Name: "resource-id", Values: [vpc.id] }] }),
      );
      const expected = { created: ["web"], updated: ["app"], deleted: [] }[step];
      t.deepEqual(
        Tags.map(({ Value = "" }) => Value),
        expected,
      );
    },
  });
});
