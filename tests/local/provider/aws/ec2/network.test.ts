import {
  AssociateRouteTableCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateVpcCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";

const { operations, client, stop } = await startAccount();
const ec2 = new EC2Client(client);

const vpc = await operations.create(VPC, "main", { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true });
const vpcId = vpc.id;
const ipv6 = (last: string) => String(vpc.state.ipv6CidrBlock).replace(/00::\/56$/, `${last}::/64`);
const gateway = await operations.create(GATEWAY, "out", { vpcId });
test.after.always(stop);

const routesOf = async (id: string) => {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
  return (RouteTables?.[0]?.Routes ?? []).filter(({ Origin }) => Origin === "CreateRoute");
};
const found = async <T>(question: Promise<T>): Promise<T | undefined> => question.catch(() => undefined);

test("a subnet lives as AWS's own would", async (t) => {
  const inputs = { vpcId, cidrBlock: "10.0.1.0/24", availabilityZone: "eu-west-1b", mapPublicIpOnLaunch: true };
  await liveThrough(t, operations, {
    type: SUBNET,
    name: "public",
    inputs: { ...inputs, tags: { Name: "public" } },
    unknown: [
      "arn",
      "availabilityZoneId",
      "ipv6CidrBlock",
      "ipv6CidrBlockAssociationId",
      "ownerId",
      "privateDnsHostnameTypeOnLaunch",
    ],
    empty: ["ipv6CidrBlock", "ipv6CidrBlockAssociationId"],
    update: { inputs: { ...inputs, mapPublicIpOnLaunch: false }, paths: ["mapPublicIpOnLaunch", "tags"] },
    replace: { inputs: { ...inputs, availabilityZone: "eu-west-1c" }, properties: ["availabilityZone"] },
    importWithout: [],
    async account(id, step) {
      const { Subnets = [] } = await ec2.send(
        new DescribeSubnetsCommand({ Filters: [{ Name: "subnet-id", Values: [id] }] }),
      );
      t.is(Subnets.length, step === "deleted" ? 0 : 1);
      if (step === "deleted") return;
      t.is(Subnets[0]?.AvailabilityZone, "eu-west-1b");
      t.is(Subnets[0]?.MapPublicIpOnLaunch, step === "created");
      t.deepEqual(Subnets[0]?.Tags, step === "created" ? [{ Key: "Name", Value: "public" }] : []);
    },
  });
});

test("a subnet gets and loses its IPv6 network in place", async (t) => {
  const inputs = { vpcId, cidrBlock: "10.0.2.0/24" };
  const made = await operations.create(SUBNET, "dual", { ...inputs, ipv6CidrBlock: ipv6("01") });
  t.is(made.state.ipv6CidrBlock, ipv6("01"));
  const moved = await operations.update(made, { ...inputs, ipv6CidrBlock: ipv6("02") });
  t.is(moved.state.ipv6CidrBlock, ipv6("02"));
  t.regex(String(moved.state.ipv6CidrBlockAssociationId), /^subnet-cidr-assoc-/);
});

test("the IPv6 network of a subnet whose machines already have addresses of it changes with another subnet", async (t) => {
  const inputs = { vpcId, cidrBlock: "10.0.3.0/24", assignIpv6AddressOnCreation: true };
  const made = await operations.create(SUBNET, "addressed", { ...inputs, ipv6CidrBlock: ipv6("03") });
  t.deepEqual((await operations.diff(made, { ...inputs, ipv6CidrBlock: ipv6("04") })).replaces, ["ipv6CidrBlock"]);
});

test("an IPv6 network outside of the VPC's is refused, as AWS refuses it", async (t) => {
  await t.throwsAsync(
    operations.create(SUBNET, "foreign", { vpcId, cidrBlock: "10.0.4.0/24", ipv6CidrBlock: "2001:db8::/64" }),
    {
      message: `ipv6CidrBlock 2001:db8::/64 is outside of the VPC ${vpcId}, whose IPv6 network is ${vpc.state.ipv6CidrBlock}`,
    },
  );
});

test("a subnet says what is wrong with it before it is made", async (t) => {
  const wrong = async (more: object) =>
    (await operations.problems(SUBNET, { vpcId, ...more })).map(({ reason }) => reason);
  t.deepEqual(await wrong({ cidrBlock: "10.0.0.0/29" }), [
    'cidrBlock must have a prefix length from /16 to /28, got "10.0.0.0/29"',
  ]);
  t.deepEqual(await wrong({ cidrBlock: "10.0.0.1/24" }), [
    'cidrBlock must be an IPv4 network such as 10.0.0.0/16, without host bits, got "10.0.0.1/24"',
  ]);
  t.deepEqual(await wrong({ cidrBlock: "10.0.0.0/24", assignIpv6AddressOnCreation: true }), [
    "assignIpv6AddressOnCreation needs ipv6CidrBlock beside it",
  ]);
  t.deepEqual(await wrong({ ipv6Native: true, cidrBlock: "10.0.0.0/24", ipv6CidrBlock: "2001:db8::/64" }), [
    "cidrBlock cannot be set together with ipv6Native; remove one of them",
  ]);
  t.deepEqual(await wrong({ cidrBlock: "10.0.0.0/24", ipv6CidrBlock: "2001:db8::/60" }), [
    'ipv6CidrBlock must be an IPv6 network with the prefix length /64, as every IPv6 network of a subnet, got "2001:db8::/60"',
  ]);
  t.deepEqual(await wrong({ cidrBlock: "10.0.0.0/24", privateDnsHostnameTypeOnLaunch: "resource-name" }), [
    'privateDnsHostnameTypeOnLaunch "resource-name" is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider',
  ]);
});

test("a subnet stays as long as a network interface is in it, and the error names it", async (t) => {
  const made = await operations.create(SUBNET, "used", { vpcId, cidrBlock: "10.0.5.0/24" });
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: made.id, ClientToken: "x" }),
  );
  await t.throwsAsync(operations.delete({ ...made, request: { ...made.request, timeout: 0.1 } }), {
    message: `waited for ${made.id} to be released by whatever uses it until the timeout of 0.1 s was over; it is still in use (DependencyViolation: subnet ${made.id} is used by ${NetworkInterface?.NetworkInterfaceId})`,
  });
});

test("an internet gateway lives as AWS's own would", async (t) => {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
  const { Vpc: other } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.8.0.0/16" }));
  const inputs = { vpcId: Vpc?.VpcId, tags: { Name: "out" } };
  await liveThrough(t, operations, {
    type: GATEWAY,
    name: "out",
    inputs,
    unknown: ["arn", "ownerId"],
    update: { inputs: { ...inputs, vpcId: other?.VpcId }, paths: ["vpcId"] },
    importWithout: [],
    async account(id, step) {
      const { InternetGateways = [] } = await ec2.send(
        new DescribeInternetGatewaysCommand({ Filters: [{ Name: "internet-gateway-id", Values: [id] }] }),
      );
      t.is(InternetGateways.length, step === "deleted" ? 0 : 1);
      if (step === "deleted") return;
      t.is(InternetGateways[0]?.Attachments?.[0]?.VpcId, step === "created" ? Vpc?.VpcId : other?.VpcId);
    },
  });
});

test("a route table lives as AWS's own would, with the routes that it lists", async (t) => {
  const open = { cidrBlock: "0.0.0.0/0", gatewayId: gateway.id };
  const inputs = { vpcId, routes: [open], tags: { Name: "public" } };
  await liveThrough(t, operations, {
    type: TABLE,
    name: "public",
    inputs,
    unknown: ["arn", "ownerId", "propagatingVgws"],
    update: {
      inputs: { ...inputs, routes: [{ ipv6CidrBlock: "::/0", gatewayId: gateway.id }] },
      paths: ["routes[0]"],
    },
    replace: { inputs: { ...inputs, vpcId: "vpc-1" }, properties: ["vpcId"] },
    importWithout: [],
    async account(id, step) {
      const [route, ...more] = (await found(routesOf(id))) ?? [];
      t.deepEqual(more, []);
      t.is(route?.GatewayId, step === "deleted" ? undefined : gateway.id);
      t.is(route?.DestinationCidrBlock, step === "created" ? "0.0.0.0/0" : undefined);
      t.is(route?.DestinationIpv6CidrBlock, step === "updated" ? "::/0" : undefined);
    },
  });
});

test("a route table that lists no routes leaves those of others alone", async (t) => {
  const made = await operations.create(TABLE, "bare", { vpcId });
  await ec2.send(
    new CreateRouteCommand({ RouteTableId: made.id, DestinationCidrBlock: "0.0.0.0/0", GatewayId: gateway.id }),
  );
  const read = await operations.refresh(made);
  t.deepEqual(read?.state.routes, [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }]);
  t.deepEqual(read && (await operations.diff(read, { vpcId })).differences, []);
  const emptied = read && (await operations.update(read, { vpcId, routes: [] }));
  t.deepEqual(emptied?.state.routes, []);
});

test("a route that somebody removed from a route table comes back", async (t) => {
  const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }];
  const made = await operations.create(TABLE, "drifting", { vpcId, routes });
  await operations.update(made, { vpcId, routes: [] });
  const read = await operations.refresh(made);
  t.deepEqual(read?.state.routes, []);
  t.deepEqual(read && (await operations.diff(read, { vpcId, routes })).changed, ["routes"]);
  const repaired = read && (await operations.update(read, { vpcId, routes }));
  t.is((await routesOf(made.id)).length, 1);
  t.deepEqual(repaired?.state.routes, made.state.routes);
});

test("a route lives as AWS's own would", async (t) => {
  const table = await operations.create(TABLE, "routed", { vpcId });
  const subnet = await operations.create(SUBNET, "appliance", { vpcId, cidrBlock: "10.0.6.0/24" });
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: subnet.id, ClientToken: "y" }),
  );
  const networkInterfaceId = NetworkInterface?.NetworkInterfaceId;
  const inputs = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id };
  await liveThrough(t, operations, {
    type: ROUTE,
    name: "out",
    inputs,
    unknown: ["instanceId", "instanceOwnerId", "networkInterfaceId", "origin", "state"],
    empty: ["instanceId", "instanceOwnerId", "networkInterfaceId"],
    update: {
      inputs: { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", networkInterfaceId },
      paths: ["gatewayId", "networkInterfaceId"],
    },
    replace: { inputs: { ...inputs, destinationCidrBlock: "10.5.0.0/16" }, properties: ["destinationCidrBlock"] },
    importWithout: [],
    async account(id, step) {
      t.regex(id, new RegExp(`^r-${table.id}\\d+$`));
      const [route] = await routesOf(table.id);
      t.is(route?.GatewayId, step === "created" ? gateway.id : undefined);
      t.is(route?.NetworkInterfaceId, step === "updated" ? networkInterfaceId : undefined);
    },
  });
});

test("a route is imported by its table and destination, and gets the id that it would have been made with", async (t) => {
  const table = await operations.create(TABLE, "imported", { vpcId });
  const made = await operations.create(ROUTE, "out", {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
  const imported = await operations.import(ROUTE, "out", `${table.id}_0.0.0.0/0`);
  t.is(imported?.id, made.id);
  t.deepEqual(imported?.state, made.state);
});

test("a second route for the same destination is refused", async (t) => {
  const table = await operations.create(TABLE, "twice", { vpcId });
  const inputs = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id };
  await operations.create(ROUTE, "first", inputs);
  await t.throwsAsync(operations.create(ROUTE, "second", inputs), {
    message: `route table ${table.id} already has a route for 0.0.0.0/0; import it, or remove it first`,
  });
});

test("a route through a gateway of another VPC is refused, as AWS refuses it", async (t) => {
  const table = await operations.create(TABLE, "astray", { vpcId });
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const stray = InternetGateway?.InternetGatewayId;
  await t.throwsAsync(
    operations.create(ROUTE, "astray", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: stray }),
    {
      message: `gatewayId ${stray} is attached to no VPC, but the route table ${table.id} belongs to ${vpcId}; attach the gateway to that VPC first`,
    },
  );
});

test("a route to nowhere is a failure, although the emulator makes it", async (t) => {
  const table = await operations.create(TABLE, "nowhere", { vpcId });
  await t.throwsAsync(
    operations.create(ROUTE, "nowhere", {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "nat-0123456789abcdef0",
    }),
    { message: "the target of the route does not exist" },
  );
});

test("a route needs one destination and one target", async (t) => {
  const reasons = (await operations.problems(ROUTE, { routeTableId: "rtb-1" })).map(({ reason }) => reason);
  t.deepEqual(reasons, [
    "carrierGatewayId is missing: one of carrierGatewayId, coreNetworkArn, egressOnlyGatewayId, gatewayId, localGatewayId, natGatewayId, networkInterfaceId, odbNetworkArn, transitGatewayId, vpcEndpointId, vpcPeeringConnectionId is required",
    "destinationCidrBlock is missing: one of destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId is required",
  ]);
});

test("an association lives as AWS's own would, and moves to another table in place", async (t) => {
  const subnet = await operations.create(SUBNET, "joined", { vpcId, cidrBlock: "10.0.7.0/24" });
  const [first, second] = [
    await operations.create(TABLE, "first", { vpcId }),
    await operations.create(TABLE, "second", { vpcId }),
  ];
  const inputs = { routeTableId: first.id, subnetId: subnet.id };
  await liveThrough(t, operations, {
    type: ASSOCIATION,
    name: "joined",
    inputs,
    unknown: [],
    update: { inputs: { ...inputs, routeTableId: second.id }, paths: ["routeTableId"] },
    replace: { inputs: { ...inputs, subnetId: "subnet-1" }, properties: ["subnetId"] },
    importWithout: [],
    async account(id, step) {
      t.regex(id, /^rtbassoc-/);
      const { RouteTables = [] } = await ec2.send(
        new DescribeRouteTablesCommand({ Filters: [{ Name: "association.subnet-id", Values: [subnet.id] }] }),
      );
      const expected = { created: [first.id], updated: [second.id], deleted: [] }[step];
      t.deepEqual(
        RouteTables.map(({ RouteTableId = "" }) => RouteTableId),
        expected,
      );
    },
  });
});

test("a subnet has one route table: a second association is refused, and names the first", async (t) => {
  const subnet = await operations.create(SUBNET, "taken", { vpcId, cidrBlock: "10.0.8.0/24" });
  const table = await operations.create(TABLE, "taken", { vpcId });
  const { AssociationId } = await ec2.send(
    new AssociateRouteTableCommand({ RouteTableId: table.id, SubnetId: subnet.id }),
  );
  await t.throwsAsync(operations.create(ASSOCIATION, "taken", { routeTableId: table.id, subnetId: subnet.id }), {
    message: `${subnet.id} is already associated with route table ${table.id} (${AssociationId}), and it can have only one; remove that association first`,
  });
  const imported = await operations.import(ASSOCIATION, "taken", `${subnet.id}/${table.id}`);
  t.is(imported?.id, AssociationId);
  t.like(imported?.state, { routeTableId: table.id, subnetId: subnet.id });
});

test("what a killed run has made is found again by what it joins", async (t) => {
  const subnet = await operations.create(SUBNET, "lost", { vpcId, cidrBlock: "10.0.10.0/24" });
  const table = await operations.create(TABLE, "lost", { vpcId });
  const way = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" };
  t.is(await operations.lost(ROUTE, "lost", "token", way), undefined);
  const route = await operations.create(ROUTE, "lost", { ...way, gatewayId: gateway.id });
  t.is(await operations.lost(ROUTE, "lost", "token", way), route.id);
  const ends = { routeTableId: table.id, subnetId: subnet.id };
  t.is(await operations.lost(ASSOCIATION, "lost", "token", ends), undefined);
  const association = await operations.create(ASSOCIATION, "lost", ends);
  t.is(await operations.lost(ASSOCIATION, "lost", "token", ends), association.id);
});

test("names of things of EC2 carry region and account", (t) => {
  t.is(gateway.state.arn, `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:internet-gateway/${gateway.id}`);
});
