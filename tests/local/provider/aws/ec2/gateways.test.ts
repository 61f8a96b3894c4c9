import {
  CreateEgressOnlyInternetGatewayCommand,
  CreateLaunchTemplateCommand,
  CreateVpcEndpointCommand,
  DescribeAddressesCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  type ResourceType,
} from "@aws-sdk/client-ec2";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const NAT = "aws:ec2/natGateway:NatGateway";
const EGRESS = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const TABLE = "aws:ec2/routeTable:RouteTable";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

const { operations, client, stop } = await startAccount();
const ec2 = new EC2Client(client);

const { id: vpcId, state: vpc } = await operations.create(VPC, "main", { cidrBlock: "10.0.0.0/16" });
const gateway = await operations.create("aws:ec2/internetGateway:InternetGateway", "out", { vpcId });
const subnet = await operations.create(SUBNET, "public", {
  vpcId,
  cidrBlock: "10.0.1.0/24",
  availabilityZone: "eu-west-1a",
});
const other = await operations.create(SUBNET, "other", {
  vpcId,
  cidrBlock: "10.0.2.0/24",
  availabilityZone: "eu-west-1b",
});
test.after.always(stop);

const address = async (name: string) => operations.create("aws:ec2/eip:Eip", name, { domain: "vpc" });
const interfacesIn = async (id: string) => {
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: "subnet-id", Values: [id] }] }),
  );
  return NetworkInterfaces;
};

test("a NAT gateway lives as AWS's own would, and gives back its address", async (t) => {
  const place = await operations.create(SUBNET, "nat", { vpcId, cidrBlock: "10.0.3.0/24" });
  const eip = await address("nat");
  const second = await address("second");
  const inputs = { subnetId: place.id, allocationId: eip.id, tags: { Name: "nat" } };
  await liveThrough(t, operations, {
    type: NAT,
    name: "nat",
    inputs,
    unknown: [
      "associationId",
      "autoProvisionZones",
      "autoScalingIps",
      "availabilityMode",
      "networkInterfaceId",
      "privateIp",
      "publicIp",
      "regionalNatGatewayAddresses",
      "regionalNatGatewayAutoMode",
      "routeTableId",
      "secondaryAllocationIds",
      "secondaryPrivateIpAddressCount",
      "secondaryPrivateIpAddresses",
      "vpcId",
    ],
    empty: ["autoProvisionZones", "autoScalingIps", "regionalNatGatewayAutoMode", "routeTableId"],
    update: { inputs: { ...inputs, tags: { Name: "other" } }, paths: ["tags.Name"] },
    replace: { inputs: { ...inputs, allocationId: second.id }, properties: ["allocationId"] },
    importWithout: [],
    async account(id, step) {
      const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }));
      const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ AllocationIds: [eip.id] }));
      if (step === "deleted") {
        t.is(NatGateways[0]?.State, "deleted");
        t.falsy(Addresses[0]?.AssociationId);
        t.deepEqual(await interfacesIn(place.id), []);
        return;
      }
      t.is(NatGateways[0]?.State, "available");
      t.is(NatGateways[0]?.VpcId, vpcId);
      t.is(NatGateways[0]?.NatGatewayAddresses?.[0]?.PublicIp, eip.state.publicIp as string);
      t.deepEqual(NatGateways[0]?.Tags, [{ Key: "Name", Value: step === "created" ? "nat" : "other" }]);
      t.truthy(Addresses[0]?.AssociationId);
    },
  });
});

test("a private NAT gateway needs no address", async (t) => {
  const made = await operations.create(NAT, "private", { subnetId: other.id, connectivityType: "private" });
  t.is(made.state.connectivityType, "private");
  t.is(made.state.publicIp, undefined);
  await operations.delete(made);
});

test("a regional NAT gateway waits for a subnet to stand in, and says so", async (t) => {
  const wide = await operations.create(VPC, "wide", { cidrBlock: "10.9.0.0/16" });
  const out = await operations.create("aws:ec2/internetGateway:InternetGateway", "wide", { vpcId: wide.id });
  const inputs = { vpcId: wide.id, availabilityMode: "regional" };
  const making = operations.create(NAT, "regional", inputs);
  const place = await operations.create(SUBNET, "wide", { vpcId: wide.id, cidrBlock: "10.9.1.0/24" });
  const made = await making;
  t.like(made.state, {
    availabilityMode: "regional",
    connectivityType: "public",
    vpcId: wide.id,
    regionalNatGatewayAutoMode: "enabled",
    autoProvisionZones: "enabled",
    autoScalingIps: "enabled",
  });
  t.is(made.state.subnetId, undefined);
  t.true(
    operations.messages.includes(
      `info: ${made.id} stands in one subnet and has no public address: the emulated AWS API has no regional ones`,
    ),
  );
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  t.deepEqual((await operations.diff(made, { subnetId: place.id, connectivityType: "private" })).replaces, [
    "connectivityType",
    "subnetId",
  ]);
  await operations.delete(made);
  for (const one of [place, out, wide]) await operations.delete(one);
});

test("a public NAT gateway needs a VPC with a way out", async (t) => {
  const closed = await operations.create(VPC, "closed", { cidrBlock: "10.8.0.0/16" });
  const place = await operations.create(SUBNET, "closed", { vpcId: closed.id, cidrBlock: "10.8.1.0/24" });
  const eip = await address("closed");
  await t.throwsAsync(operations.create(NAT, "closed", { subnetId: place.id, allocationId: eip.id }), {
    message: `VPC ${closed.id} has no internet gateway, which a public NAT gateway needs; attach one first`,
  });
});

refuses(
  operations,
  NAT,
  {},
  "subnetId is required and missing: a zonal gateway stands in a subnet",
  "allocationId is required and missing: a public gateway needs an Elastic IP address",
);
refuses(
  operations,
  NAT,
  { subnetId: "subnet-1", connectivityType: "private", allocationId: "eipalloc-1" },
  "allocationId cannot be set for a private gateway; remove it",
);
refuses(
  operations,
  NAT,
  { availabilityMode: "regional", allocationId: "eipalloc-1", connectivityType: "private" },
  "vpcId is required and missing: a regional gateway belongs to a VPC",
  "allocationId cannot be set for a regional gateway; remove it",
  'connectivityType must be "public" for a regional gateway, got "private"',
);
refuses(
  operations,
  NAT,
  { availabilityMode: "global", vpcId: "vpc-1", availabilityZoneAddresses: [{ availabilityZone: "eu-west-1a" }] },
  'availabilityMode must be one of zonal, regional, got "global"',
  "availabilityZoneAddresses is not supported offline; leave it out, and the gateway gets its addresses by itself",
);

test("an egress-only internet gateway lives as AWS's own would", async (t) => {
  const inputs = { vpcId, tags: { Name: "out" } };
  await liveThrough(t, operations, {
    type: EGRESS,
    name: "ipv6",
    inputs,
    unknown: [],
    update: { inputs: { vpcId, tags: { Name: "other" } }, paths: ["tags.Name"] },
    replace: { inputs: { ...inputs, vpcId: "vpc-2" }, properties: ["vpcId"] },
    importWithout: [],
    async account(id, step) {
      const { EgressOnlyInternetGateways = [] } = await ec2.send(
        new DescribeEgressOnlyInternetGatewaysCommand({ EgressOnlyInternetGatewayIds: [id] }),
      );
      t.is(EgressOnlyInternetGateways.length, step === "deleted" ? 0 : 1);
      if (step === "deleted") return;
      t.is(EgressOnlyInternetGateways[0]?.Attachments?.[0]?.VpcId, vpcId);
      t.deepEqual(EgressOnlyInternetGateways[0]?.Tags, [{ Key: "Name", Value: step === "created" ? "out" : "other" }]);
    },
  });
});

const endpointOf = async (id: string) => {
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  return VpcEndpoints?.[0];
};
const routesTo = async (tableId: string, id: string) => {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [tableId] }));
  return RouteTables?.[0]?.Routes?.filter(({ GatewayId }) => GatewayId === id).length;
};

test("a gateway endpoint lives as AWS's own would, and its routes follow", async (t) => {
  const [one, two] = await Promise.all(
    ["one", "two"].map((name) =>
      operations.create(TABLE, name, { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }] }),
    ),
  );
  const inputs = {
    vpcId,
    serviceName: "com.amazonaws.eu-west-1.s3",
    routeTableIds: [one?.id],
    tags: { Name: "s3" },
  };
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
  });
  await liveThrough(t, operations, {
    type: ENDPOINT,
    name: "s3",
    inputs,
    unknown: [
      "arn",
      "cidrBlocks",
      "dnsEntries",
      "dnsOptions",
      "ipAddressType",
      "networkInterfaceIds",
      "ownerId",
      "policy",
      "prefixListId",
      "privateDnsEnabled",
      "requesterManaged",
      "securityGroupIds",
      "serviceRegion",
      "state",
      "subnetConfigurations",
      "subnetIds",
    ],
    empty: ["dnsOptions", "serviceRegion", "subnetConfigurations"],
    update: { inputs: { ...inputs, routeTableIds: [two?.id], policy }, paths: ["policy", "routeTableIds[0]"] },
    replace: {
      inputs: { ...inputs, serviceName: "com.amazonaws.eu-west-1.dynamodb" },
      properties: ["serviceName"],
    },
    importWithout: [],
    async account(id, step) {
      const endpoint = await endpointOf(id);
      t.is(await routesTo(String(one?.id), id), step === "created" ? 1 : 0);
      t.is(await routesTo(String(two?.id), id), step === "updated" ? 1 : 0);
      if (step === "deleted") {
        t.is(endpoint?.State as string, "deleted");
        return;
      }
      t.is(endpoint?.ServiceName, "com.amazonaws.eu-west-1.s3");
      t.deepEqual(endpoint?.RouteTableIds, [step === "created" ? one?.id : two?.id]);
      if (step === "updated") t.is(endpoint?.PolicyDocument, policy);
      const table = step === "created" ? one : two;
      if (table) t.deepEqual((await operations.refresh(table))?.state, table.state, "no drift at the route table");
    },
  });
});

test("an interface endpoint stands in its subnets, behind its groups", async (t) => {
  const [first, second] = await Promise.all(
    ["first", "second"].map((name) => operations.create(GROUP, name, { vpcId, description: name })),
  );
  const inputs = {
    vpcId,
    serviceName: "com.amazonaws.eu-west-1.ssm",
    vpcEndpointType: "Interface",
    subnetIds: [subnet.id, other.id],
    privateDnsEnabled: true,
  };
  const made = await operations.create(ENDPOINT, "ssm", { ...inputs, securityGroupIds: [first?.id] });
  const ids = made.state.networkInterfaceIds as string[];
  t.is(ids.length, 2);
  t.is(made.state.arn, `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:vpc-endpoint/${made.id}`);
  const groups = async () => {
    const { NetworkInterfaces = [] } = await ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ids }),
    );
    return NetworkInterfaces.map(({ Groups }) => Groups?.map(({ GroupId }) => GroupId));
  };
  t.deepEqual(await groups(), [[first?.id], [first?.id]]);
  const next = { ...inputs, securityGroupIds: [second?.id], privateDnsEnabled: false };
  const plan = await operations.diff(made, { ...next });
  t.deepEqual([plan.changed, plan.replaces], [["privateDnsEnabled", "securityGroupIds"], []]);
  const updated = await operations.update(made, { ...inputs, securityGroupIds: [second?.id] });
  t.deepEqual(await groups(), [[second?.id], [second?.id]]);
  await operations.delete(updated);
  t.is((await endpointOf(made.id))?.State as string, "deleted");
});

test("an interface endpoint without groups has the VPC's default group", async (t) => {
  const made = await operations.create(ENDPOINT, "logs", {
    vpcId,
    serviceName: "com.amazonaws.eu-west-1.logs",
    vpcEndpointType: "Interface",
    subnetIds: [other.id],
  });
  t.deepEqual(made.state.securityGroupIds, [vpc.defaultSecurityGroupId]);
  await operations.delete(made);
});

test("a service without a gateway endpoint is refused", async (t) => {
  await t.throwsAsync(operations.create(ENDPOINT, "wrong", { vpcId, serviceName: "com.amazonaws.eu-west-1.ssm" }), {
    message:
      'serviceName com.amazonaws.eu-west-1.ssm is no service with a gateway endpoint; S3 and DynamoDB have one, others need vpcEndpointType "Interface"',
  });
});

refuses(
  operations,
  ENDPOINT,
  { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3", subnetIds: ["subnet-1"], privateDnsEnabled: true },
  "subnetIds cannot be set for an endpoint of the type Gateway; remove it",
  "privateDnsEnabled cannot be set for an endpoint of the type Gateway; remove it",
);
refuses(
  operations,
  ENDPOINT,
  { vpcId: "vpc-1" },
  "resourceConfigurationArn is missing: one of resourceConfigurationArn, serviceName, serviceNetworkArn is required",
);
refuses(
  operations,
  ENDPOINT,
  { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.x", vpcEndpointType: "GatewayLoadBalancer" },
  'vpcEndpointType "GatewayLoadBalancer" is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider',
);

test("a VPC stays as long as an egress-only gateway or an endpoint is in it", async (t) => {
  const used = await operations.create(VPC, "used", { cidrBlock: "10.6.0.0/16" });
  const users = [
    await operations.create(EGRESS, "user", { vpcId: used.id }),
    await operations.create(ENDPOINT, "user", { vpcId: used.id, serviceName: "com.amazonaws.eu-west-1.s3" }),
  ];
  for (const user of users) {
    await t.throwsAsync(operations.delete({ ...used, request: { ...used.request, timeout: 0.1 } }), {
      message: new RegExp(`DependencyViolation: VPC ${used.id} is used by .*${user.id}`),
    });
    await operations.delete(user);
  }
  await t.notThrowsAsync(operations.delete(used));
});

test("what a killed run made is told from what was there before by its mark", async (t) => {
  const mark = (ResourceType: ResourceType) => [
    { ResourceType, Tags: [{ Key: "webstack:creating", Value: `token of ${ResourceType}` }] },
  ];
  const [egress, endpoint, template] = await Promise.all([
    ec2.send(
      new CreateEgressOnlyInternetGatewayCommand({
        VpcId: vpcId,
        TagSpecifications: mark("egress-only-internet-gateway"),
      }),
    ),
    ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: vpcId,
        ServiceName: "com.amazonaws.eu-west-1.dynamodb",
        VpcEndpointType: "Gateway",
        TagSpecifications: mark("vpc-endpoint"),
      }),
    ),
    ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: "lost",
        LaunchTemplateData: { ImageId: "ami-1" },
        TagSpecifications: mark("launch-template"),
      }),
    ),
  ]);
  for (const [type, kind, id] of [
    [EGRESS, "egress-only-internet-gateway", egress.EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId],
    [ENDPOINT, "vpc-endpoint", endpoint.VpcEndpoint?.VpcEndpointId],
    ["aws:ec2/launchTemplate:LaunchTemplate", "launch-template", template.LaunchTemplate?.LaunchTemplateId],
  ] as const) {
    t.truthy(id);
    t.is(await operations.lost(type, "lost", `token of ${kind}`), id);
    t.is(await operations.lost(type, "lost", "another"), undefined);
  }
});
