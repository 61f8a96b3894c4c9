import test from "ava";
import { UNKNOWN } from "../../../plan/values.ts";
import { aws, bill, fixedBill } from "./support.ts";

const NAT = "ec2/natGateway:NatGateway";
const EIP = "ec2/eip:Eip";
const ENDPOINT = "ec2/vpcEndpoint:VpcEndpoint";

test("a NAT gateway costs its hours and what goes through it; its address is priced where it is allocated", async (t) => {
  const address = aws(EIP, {}, { name: "address" });
  const nat = aws(NAT, { allocationId: UNKNOWN }, { propertyDependencies: { allocationId: ["address"] } });
  t.deepEqual(await bill(nat, { beside: [address], usage: { processedGb: { low: 50, expected: 100, high: 400 } } }), [
    "NAT gateway: 730 hour x 0.045 = 32.85",
    // 50 x 0.045, 100 x 0.045, 400 x 0.045
    "data through the NAT gateway: 50/100/400 GB x 0.045 = 2.25/4.5/18",
    "data to the internet: not estimated, 0.09 per GB",
    "data between zones: not estimated, 0.01 per GB",
  ]);
  t.deepEqual(await bill(address), ["public IPv4 address: 730 hour x 0.005 = 3.65"]);
});

test("a NAT gateway finds its address by the id when the plan has no dependencies", async (t) => {
  const address = aws(EIP, {}, { name: "address", id: "eipalloc-1" });
  const nat = aws(NAT, { allocationId: "eipalloc-1" });
  t.deepEqual(await fixedBill(nat, { beside: [address] }), ["NAT gateway: 730 hour x 0.045 = 32.85"]);
});

test("the addresses of a NAT gateway that the plan does not have are counted with it", async (t) => {
  t.deepEqual(await fixedBill(aws(NAT, { allocationId: "eipalloc-1", secondaryAllocationIds: ["eipalloc-2"] })), [
    "NAT gateway: 730 hour x 0.045 = 32.85",
    // 2 x 730 x 0.005
    "public IPv4 address: 1460 hour x 0.005 = 7.3",
  ]);
});

test("a private NAT gateway has no address", async (t) => {
  t.deepEqual(await fixedBill(aws(NAT, { connectivityType: "private" })), ["NAT gateway: 730 hour x 0.045 = 32.85"]);
});

test("what crosses a zone's border is billed in both directions", async (t) => {
  const lines = await bill(aws(NAT, { connectivityType: "private" }), { usage: { crossZoneGb: 300 } });
  // 300 GB out and 300 GB in: 600 x 0.01
  t.true(lines.includes("data between zones: 600 GB x 0.01 = 6"));
});

test("a stack that does not exist all the time pays fewer hours", async (t) => {
  const hours = { existing: 300, running: 300 };
  // 300 x 0.005
  t.deepEqual(await bill(aws(EIP), { hours }), ["public IPv4 address: 300 hour x 0.005 = 1.5"]);
});

test("an address costs the same whether it is used or not, but nothing when it comes from an own pool", async (t) => {
  const used = aws(EIP, { instance: "i-1" });
  t.deepEqual(await bill(used), ["public IPv4 address: 730 hour x 0.005 = 3.65"]);
  t.deepEqual(await bill(aws(EIP, { publicIpv4Pool: "ipv4pool-ec2-1" })), ["free: public IPv4 address"]);
});

test("an interface endpoint costs in each of its zones", async (t) => {
  const endpoint = aws(ENDPOINT, { vpcEndpointType: "Interface", subnetIds: ["a", "b", UNKNOWN] });
  t.deepEqual(await bill(endpoint, { usage: { processedGb: 10 } }), [
    // 3 x 730 x 0.01
    "interface endpoint, in each zone: 2190 hour x 0.01 = 21.9",
    "data through the endpoint: 10 GB x 0.01 = 0.1",
    "data between zones: not estimated, 0.01 per GB",
  ]);
});

test("an interface endpoint in subnets that are not known has the number of them as a bound", async (t) => {
  const endpoint = aws(
    ENDPOINT,
    { vpcEndpointType: "Interface", subnetIds: UNKNOWN },
    { propertyDependencies: { subnetIds: ["a", "b"] } },
  );
  t.deepEqual(await fixedBill(endpoint), [
    "interface endpoint, in each zone: ? subnetIds is not known before the update [0 .. 14.6]",
  ]);
});

test("a gateway endpoint costs nothing, other kinds have no price", async (t) => {
  t.deepEqual(await bill(aws(ENDPOINT, { serviceName: "com.amazonaws.us-east-1.s3" })), ["free: gateway endpoint"]);
  t.deepEqual(await bill(aws(ENDPOINT, { vpcEndpointType: "GatewayLoadBalancer" })), [
    "GatewayLoadBalancer endpoint: ? the price book has no prices for GatewayLoadBalancer endpoints",
  ]);
});

test("flow logs are billed where they are delivered", async (t) => {
  const FLOW_LOG = "ec2/flowLog:FlowLog";
  t.deepEqual(await bill(aws(FLOW_LOG), { usage: { logsGb: 20 } }), ["logs delivered: 20 GB x 0.5 = 10"]);
  t.deepEqual(await bill(aws(FLOW_LOG, { logDestinationType: "s3" })), [
    "logs delivered: ? the price book has no price for delivery to S3 or Firehose",
  ]);
});

test("a region without a price is unknown, and so is a region that the plan does not tell", async (t) => {
  t.deepEqual(await bill(aws(EIP, {}, { region: "eu-south-2" })), [
    "public IPv4 address: ? the price book has no vpc/public-ipv4 for eu-south-2",
  ]);
  t.deepEqual(await bill(aws(EIP, {}, { region: undefined })), [
    "public IPv4 address: ? the plan does not say in which region it is",
  ]);
});
