import { DescribeVpcAttributeCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import test from "ava";
import { aws } from "../../../../../local/provider/aws/provider.ts";
import { startEmulator } from "../../emulator.ts";
import { liveThrough, Operations } from "../../operations.ts";

const VPC = "aws:ec2/vpc:Vpc";

const emulator = await startEmulator();
test.after.always(() => emulator.stop());

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const client = new EC2Client({ endpoint: emulator.endpoint, region: "eu-west-1", credentials });
const operations = await Operations.of(aws, {
  config: { region: "eu-west-1", accessKey: "test", secretKey: "test", endpoints: [{ ec2: emulator.endpoint }] },
});

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
      const { Vpcs = [] } = await client.send(new DescribeVpcsCommand({ Filters: [{ Name: "vpc-id", Values: [id] }] }));
      t.is(Vpcs.length, step === "deleted" ? 0 : 1);
      if (step === "deleted") return;
      t.is(Vpcs[0]?.CidrBlock, "10.0.0.0/16");
      t.deepEqual(Vpcs[0]?.Tags, [{ Key: "Name", Value: step === "created" ? "main" : "other" }]);
      const { EnableDnsHostnames } = await client.send(
        new DescribeVpcAttributeCommand({ VpcId: id, Attribute: "enableDnsHostnames" }),
      );
      t.is(EnableDnsHostnames?.Value, step === "created");
    },
  });
});
