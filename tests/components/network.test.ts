import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { Network } from "../../components/network.ts";
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

test("tiers and zones each have their subnets, and only the public ones a route out", async (t) => {
  const { built, all } = await record(
    () =>
      new Network("net", {
        cidr: "10.1.0.0/16",
        zones: ["z1", "z2"],
        tiers: ["public", "application", "data"],
        tags: TAGS,
      }),
  );
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
  t.deepEqual(
    all("aws:ec2/routeTableAssociation:RouteTableAssociation").map(({ inputs }) => inputs.subnetId),
    ["net-public-1-id", "net-public-2-id"],
  );
  t.is(await unwrap(built.vpcId), "net-vpc-id");
  t.deepEqual(await unwrap(built.subnetIds), {
    public: ["net-public-1-id", "net-public-2-id"],
    application: ["net-application-1-id", "net-application-2-id"],
    data: ["net-data-1-id", "net-data-2-id"],
  });
});

test("a subnet that there is not is an error of the component", async (t) => {
  const { built } = await record(simple);
  t.throws(() => built.subnetId("data", 0), { message: "There is no data subnet in zone 0 of this network." });
  t.throws(() => built.subnetId("public", 1), { message: "There is no public subnet in zone 1 of this network." });
});
