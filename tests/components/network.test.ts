import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { Network, type NetworkArgs } from "../../components/network.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const simple = () => new Network("net", { cidr: "10.1.0.0/16", zones: ["eu-central-1a"], tags: TAGS });

test("one zone has a network, one public subnet and its way to the internet, and nothing else", async (t) => {
  const { seen } = await record(simple);
  t.deepEqual(seen.map(({ type, name }) => `${type} ${name}`).sort(), [
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup net-default",
    "aws:ec2/internetGateway:InternetGateway net-internet",
    "aws:ec2/route:Route net-public-internet",
    "aws:ec2/routeTable:RouteTable net-public",
    "aws:ec2/routeTableAssociation:RouteTableAssociation net-public-1",
    "aws:ec2/subnet:Subnet net-public-1",
    "aws:ec2/vpc:Vpc net-vpc",
    "webstack:network:Network net",
  ]);
  t.true(seen.every(({ name, parent }) => parent === (name === "net" ? undefined : "net")));
});

test("the network has the addresses it is given, and names by DNS", async (t) => {
  const { one } = await record(simple);
  t.deepEqual(one("aws:ec2/vpc:Vpc").inputs, {
    cidrBlock: "10.1.0.0/16",
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: tagsOf("net"),
  });
});

test("the default security group allows nothing", async (t) => {
  const { one } = await record(simple);
  t.deepEqual(one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs, {
    vpcId: "net-vpc-id",
    ingress: [],
    egress: [],
    tags: tagsOf("net-default"),
  });
});

test("the public subnet gives out no public addresses by itself", async (t) => {
  const { one } = await record(simple);
  t.deepEqual(one("aws:ec2/subnet:Subnet").inputs, {
    vpcId: "net-vpc-id",
    cidrBlock: "10.1.0.0/20",
    availabilityZone: "eu-central-1a",
    mapPublicIpOnLaunch: false,
    tags: tagsOf("net-public-1"),
  });
});

test("the public subnet reaches the internet through the gateway", async (t) => {
  const { one } = await record(simple);
  t.deepEqual(one("aws:ec2/internetGateway:InternetGateway").inputs, {
    vpcId: "net-vpc-id",
    tags: tagsOf("net-internet"),
  });
  t.deepEqual(one("aws:ec2/routeTable:RouteTable").inputs, { vpcId: "net-vpc-id", tags: tagsOf("net-public") });
  t.deepEqual(one("aws:ec2/route:Route").inputs, {
    routeTableId: "net-public-id",
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: "net-internet-id",
  });
  t.deepEqual(one("aws:ec2/routeTableAssociation:RouteTableAssociation").inputs, {
    subnetId: "net-public-1-id",
    routeTableId: "net-public-id",
  });
});

test("who uses the public subnet waits for its way to the internet", async (t) => {
  const { one } = await record(() => {
    const network = simple();
    return new Consumer("consumer", network.subnetId("public", 0));
  });
  t.deepEqual(one("test:index:Consumer").dependencies, ["net-public-1", "net-public-1", "net-public-internet"]);
  t.deepEqual(one("test:index:Consumer").inputs, { subnetId: "net-public-1-id" });
});

class Consumer extends pulumi.CustomResource {
  constructor(name: string, subnetId: pulumi.Input<string>) {
    super("test:index:Consumer", name, { subnetId });
  }
}

const TIERS = ["public", "application", "data"] as const;

const tiered = (changes: Partial<NetworkArgs> = {}) =>
  record(() => new Network("net", { cidr: "10.1.0.0/16", zones: ["z1", "z2"], tiers: TIERS, tags: TAGS, ...changes }));

const ROUTE = "aws:ec2/route:Route";
type Recorded = Awaited<ReturnType<typeof tiered>>;

/** Where each route table leads, by name. */
function routes({ all }: Recorded): Record<string, unknown> {
  return Object.fromEntries(all(ROUTE).map(({ name, inputs }) => [name, inputs]));
}

test("tiers and zones each have their subnets", async (t) => {
  const { built, all } = await tiered();
  t.deepEqual(
    all("aws:ec2/subnet:Subnet").map(({ name, inputs }) => [name, inputs.availabilityZone, inputs.cidrBlock]),
    [
      ["net-public-1", "z1", "10.1.0.0/20"],
      ["net-public-2", "z2", "10.1.16.0/20"],
      ["net-application-1", "z1", "10.1.64.0/20"],
      ["net-application-2", "z2", "10.1.80.0/20"],
      ["net-data-1", "z1", "10.1.128.0/20"],
      ["net-data-2", "z2", "10.1.144.0/20"],
    ],
  );
  t.is(await unwrap(built.vpcId), "net-vpc-id");
  t.is(await unwrap(built.closedSecurityGroupId), "net-default-id");
  t.deepEqual(await unwrap(built.subnetIds), {
    public: ["net-public-1-id", "net-public-2-id"],
    application: ["net-application-1-id", "net-application-2-id"],
    data: ["net-data-1-id", "net-data-2-id"],
  });
});

test("every subnet has a route table that is meant for it: one for all public ones, one for each zone of the application, one for all data", async (t) => {
  const { all, built } = await tiered();
  t.deepEqual(
    all("aws:ec2/routeTableAssociation:RouteTableAssociation").map(({ inputs }) => [
      inputs.subnetId,
      inputs.routeTableId,
    ]),
    [
      ["net-public-1-id", "net-public-id"],
      ["net-public-2-id", "net-public-id"],
      ["net-application-1-id", "net-application-1-id"],
      ["net-application-2-id", "net-application-2-id"],
      ["net-data-1-id", "net-data-id"],
      ["net-data-2-id", "net-data-id"],
    ],
  );
  t.deepEqual(await unwrap(built.routeTableIds), ["net-public-id", "net-application-1-id", "net-application-2-id"]);
});

test("without NAT only the public tier has a way out, and nothing that costs is there", async (t) => {
  const recorded = await tiered();
  t.deepEqual(Object.keys(routes(recorded)), ["net-public-internet"]);
  t.deepEqual(recorded.all("aws:ec2/eip:Eip"), []);
  t.deepEqual(recorded.all("aws:ec2/natGateway:NatGateway"), []);
});

test("a single NAT gateway serves all zones from the first", async (t) => {
  const recorded = await tiered({ nat: "single" });
  const { one } = recorded;
  t.deepEqual(one("aws:ec2/eip:Eip").inputs, { domain: "vpc", tags: tagsOf("net-nat-1") });
  t.deepEqual(one("aws:ec2/natGateway:NatGateway").inputs, {
    allocationId: "eipalloc-1",
    subnetId: "net-public-1-id",
    tags: tagsOf("net-nat-1"),
  });
  const out = { destinationCidrBlock: "0.0.0.0/0", natGatewayId: "net-nat-1-id" };
  t.deepEqual(routes(recorded), {
    "net-public-internet": {
      routeTableId: "net-public-id",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "net-internet-id",
    },
    "net-application-1-internet": { routeTableId: "net-application-1-id", ...out },
    "net-application-2-internet": { routeTableId: "net-application-2-id", ...out },
  });
});

test("with NAT in each zone, no zone depends on another", async (t) => {
  const recorded = await tiered({ nat: "per-zone" });
  t.deepEqual(
    recorded.all("aws:ec2/natGateway:NatGateway").map(({ name, inputs }) => [name, inputs.subnetId]),
    [
      ["net-nat-1", "net-public-1-id"],
      ["net-nat-2", "net-public-2-id"],
    ],
  );
  t.like(routes(recorded), {
    "net-application-1-internet": { natGatewayId: "net-nat-1-id" },
    "net-application-2-internet": { natGatewayId: "net-nat-2-id" },
  });
});

test("regional NAT belongs to the network rather than to a subnet, and waits for the way to the internet", async (t) => {
  const recorded = await tiered({ nat: "regional" });
  const gateway = recorded.one("aws:ec2/natGateway:NatGateway");
  t.deepEqual(gateway.inputs, {
    vpcId: "net-vpc-id",
    availabilityMode: "regional",
    tags: tagsOf("net-nat-regional"),
  });
  t.deepEqual(gateway.dependencies, ["net-public-internet", "net-vpc"]);
  t.like(routes(recorded), { "net-application-2-internet": { natGatewayId: "net-nat-regional-id" } });
});

test("the kind of NAT changes neither subnets nor route tables", async (t) => {
  const fixed = async (nat: NetworkArgs["nat"]) =>
    (await tiered({ ...(nat && { nat }) })).seen
      .filter(({ type }) => /Subnet|RouteTable/.test(type))
      .map(({ type, name, inputs }) => [type, name, inputs]);
  const none = await fixed("none");
  for (const nat of ["single", "per-zone", "regional"] as const) t.deepEqual(await fixed(nat), none, nat);
});

test("with IPv6 the public and the application tier have addresses and routes, the latter outward only, and the data tier has neither", async (t) => {
  const recorded = await tiered({ nat: "single", ipv6: true });
  const { one, all } = recorded;
  t.is(one("aws:ec2/vpc:Vpc").inputs.assignGeneratedIpv6CidrBlock, true);
  t.deepEqual(
    all("aws:ec2/subnet:Subnet")
      .map(({ name, inputs }) => [name, inputs.ipv6CidrBlock, inputs.assignIpv6AddressOnCreation])
      .sort(),
    [
      ["net-application-1", "2001:db8:12:3404::/64", true],
      ["net-application-2", "2001:db8:12:3405::/64", true],
      ["net-data-1", undefined, undefined],
      ["net-data-2", undefined, undefined],
      ["net-public-1", "2001:db8:12:3400::/64", true],
      ["net-public-2", "2001:db8:12:3401::/64", true],
    ],
  );
  t.deepEqual(one("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway").inputs, {
    vpcId: "net-vpc-id",
    tags: tagsOf("net-internet-ipv6"),
  });
  const found = routes(recorded);
  t.deepEqual(
    Object.keys(found)
      .filter((name) => name.endsWith("-ipv6"))
      .sort(),
    ["net-application-1-internet-ipv6", "net-application-2-internet-ipv6", "net-public-internet-ipv6"],
  );
  t.deepEqual(found["net-public-internet-ipv6"], {
    routeTableId: "net-public-id",
    destinationIpv6CidrBlock: "::/0",
    gatewayId: "net-internet-id",
  });
  t.deepEqual(found["net-application-2-internet-ipv6"], {
    routeTableId: "net-application-2-id",
    destinationIpv6CidrBlock: "::/0",
    egressOnlyGatewayId: "net-internet-ipv6-id",
  });
});

test("whoever uses a subnet waits for all its routes, and for no id of theirs that a preview would not know", async (t) => {
  const { one } = await record(() => {
    const args = { cidr: "10.1.0.0/16", zones: ["z1"], tiers: TIERS, nat: "single", tags: TAGS } as const;
    const network = new Network("net", args);
    return new Consumer("consumer", network.subnetId("application", 0));
  });
  t.deepEqual(
    one("test:index:Consumer").dependencies.filter((name) => name.startsWith("net-application")),
    ["net-application-1", "net-application-1", "net-application-1-internet"],
  );
});

test("a network in another region has all its parts there", async (t) => {
  const { seen } = await tiered({ tiers: ["data"], region: "eu-west-1" });
  const parts = seen.filter(({ custom }) => custom);
  t.deepEqual(parts.map(({ name }) => name).sort(), [
    "net-data",
    "net-data-1",
    "net-data-1",
    "net-data-2",
    "net-data-2",
    "net-default",
    "net-vpc",
  ]);
  for (const { name, inputs } of parts) t.is(inputs.region, "eu-west-1", name);
});

test("a subnet that there is not is an error of the component", async (t) => {
  const { built } = await record(simple);
  t.throws(() => built.subnetId("data", 0), { message: "There is no data subnet in zone 0 of this network." });
  t.throws(() => built.subnetId("public", 1), { message: "There is no public subnet in zone 1 of this network." });
});
