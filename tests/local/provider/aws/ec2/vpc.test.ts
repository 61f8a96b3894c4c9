import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const VPC = "aws:ec2/vpc:Vpc";

const { operations, client, stop } = await startAccount();
test.after.always(stop);
const ec2 = new EC2Client(client);

const describe = async (id: string) => {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: "vpc-id", Values: [id] }] }));
  return Vpcs;
};

test("a VPC lives as AWS's own would", async (t) => {
  const inputs = { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: { Name: "main" } };
  await liveThrough(t, operations, {
    type: VPC,
    name: "main",
    inputs,
    unknown: [
      "arn",
      "defaultNetworkAclId",
      "defaultRouteTableId",
      "defaultSecurityGroupId",
      "dhcpOptionsId",
      "enableNetworkAddressUsageMetrics",
      "ipv6AssociationId",
      "ipv6CidrBlock",
      "ipv6CidrBlockNetworkBorderGroup",
      "mainRouteTableId",
      "ownerId",
    ],
    empty: ["ipv6AssociationId", "ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup"],
    update: {
      inputs: { ...inputs, enableDnsHostnames: false, tags: { Name: "other" } },
      paths: ["enableDnsHostnames", "tags.Name"],
    },
    replace: { inputs: { ...inputs, cidrBlock: "10.1.0.0/16" }, properties: ["cidrBlock"] },
    importWithout: [],
    async account(id, step) {
      const vpcs = await describe(id);
      t.is(vpcs.length, step === "deleted" ? 0 : 1);
      if (step === "deleted") return;
      t.is(vpcs[0]?.CidrBlock, "10.0.0.0/16");
      t.deepEqual(vpcs[0]?.Tags, [{ Key: "Name", Value: step === "created" ? "main" : "other" }]);
      const { EnableDnsHostnames } = await ec2.send(
        new DescribeVpcAttributeCommand({ VpcId: id, Attribute: "enableDnsHostnames" }),
      );
      t.is(EnableDnsHostnames?.Value, step === "created");
    },
  });
});

test("a VPC gets and loses its IPv6 block in place", async (t) => {
  const made = await operations.create(VPC, "dual", { cidrBlock: "10.2.0.0/16", assignGeneratedIpv6CidrBlock: true });
  const [before] = await describe(made.id);
  t.is(made.state.ipv6CidrBlock, before?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock);
  t.is(made.state.arn, `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:vpc/${made.id}`);
  t.is(made.state.ipv6CidrBlockNetworkBorderGroup, "eu-west-1");
  const without = await operations.update(made, { cidrBlock: "10.2.0.0/16" });
  t.is(without.state.ipv6CidrBlock, undefined);
  t.is(without.state.assignGeneratedIpv6CidrBlock, false);
  const again = await operations.update(without, { cidrBlock: "10.2.0.0/16", assignGeneratedIpv6CidrBlock: true });
  t.regex(String(again.state.ipv6CidrBlock), /::\/56$/);
  t.is(
    (await operations.diff(again, { cidrBlock: "10.2.0.0/16", assignGeneratedIpv6CidrBlock: true })).changed.length,
    0,
  );
});

test("dedicated hosts are given up in place, and asked for with another VPC", async (t) => {
  const inputs = { cidrBlock: "10.3.0.0/16" };
  const made = await operations.create(VPC, "dedicated", { ...inputs, instanceTenancy: "dedicated" });
  t.deepEqual((await operations.diff(made, inputs)).replaces, []);
  const shared = await operations.update(made, inputs);
  t.is((await describe(made.id))[0]?.InstanceTenancy, "default");
  t.deepEqual((await operations.diff(shared, { ...inputs, instanceTenancy: "dedicated" })).replaces, [
    "instanceTenancy",
  ]);
});

test("a VPC stays as long as an internet gateway is attached, and the error names it", async (t) => {
  const made = await operations.create(VPC, "used", { cidrBlock: "10.4.0.0/16" });
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const gateway = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: gateway, VpcId: made.id }));
  await t.throwsAsync(operations.delete({ ...made, request: { ...made.request, timeout: 0.1 } }), {
    message: `waited for ${made.id} to be released by whatever uses it until the timeout of 0.1 s was over; it is still in use (DependencyViolation: VPC ${made.id} is used by ${gateway})`,
  });
});

test("what the local cloud cannot carry out is an error, not ignored", async (t) => {
  t.deepEqual(await operations.problems(VPC, { ipv4IpamPoolId: "ipam-pool-1", ipv4NetmaskLength: 24 }), [
    {
      property: "ipv4IpamPoolId",
      reason:
        "ipv4IpamPoolId is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
    },
    {
      property: "ipv4NetmaskLength",
      reason:
        "ipv4NetmaskLength is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
    },
  ]);
});

test("a VPC needs a network", async (t) => {
  t.deepEqual(await operations.problems(VPC, {}), [
    { property: "cidrBlock", reason: "cidrBlock is missing: one of cidrBlock, ipv4IpamPoolId is required" },
  ]);
});
