import { CreateFlowLogsCommand, DeleteFlowLogsCommand, DescribeFlowLogsCommand, EC2Client } from "@aws-sdk/client-ec2";
import test from "ava";
import { startFaultyApi } from "../../faults.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const account = await startAccount();
const { operations } = account;
const ec2 = new EC2Client(account.client);
const vpc = await operations.create("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
const group = await operations.create("aws:cloudwatch/logGroup:LogGroup", "flows", { name: "/network/flows" });
const bucket = await operations.create("aws:s3/bucket:Bucket", "flows", { bucket: "flows-of-the-network" });
test.after.always(account.stop);

const FORMAT = ["srcaddr", "dstaddr", "action"].map((field) => `\${${field}}`).join(" ");
const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/flows`;
const TO_GROUP = { vpcId: vpc.id, trafficType: "ALL", logDestination: group.state.arn, iamRoleArn: ROLE };
const TO_BUCKET = { vpcId: vpc.id, trafficType: "REJECT", logDestinationType: "s3", logDestination: bucket.state.arn };

async function describe(id: string) {
  const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand({ FlowLogIds: [id] }));
  return FlowLogs[0];
}

test("a flow log into a log group lives as AWS's own would", async (t) => {
  const inputs = { ...TO_GROUP, maxAggregationInterval: 60, tags: { Name: "flows" } };
  await liveThrough(t, operations, {
    type: FLOW_LOG,
    name: "flows",
    inputs,
    unknown: ["arn", "logFormat"],
    update: { inputs: { ...inputs, tags: { Name: "other" } }, paths: ["tags.Name"] },
    replace: {
      inputs: { vpcId: vpc.id, trafficType: "ACCEPT", logDestinationType: "s3", logDestination: bucket.state.arn },
      properties: ["iamRoleArn", "logDestination", "logDestinationType", "maxAggregationInterval", "trafficType"],
    },
    importWithout: [],
    async account(id, step) {
      const found = await describe(id);
      if (step === "deleted") return void t.is(found, undefined);
      t.like(found, {
        ResourceId: vpc.id,
        TrafficType: "ALL",
        LogDestinationType: "cloud-watch-logs",
        LogDestination: group.state.arn,
        LogGroupName: "/network/flows",
        DeliverLogsPermissionArn: ROLE,
        DeliverLogsStatus: "SUCCESS",
        MaxAggregationInterval: 60,
      });
      t.deepEqual(found?.Tags, [{ Key: "Name", Value: step === "created" ? "flows" : "other" }]);
    },
  });
});

test("a flow log into a bucket keeps the form of its files and of its lines", async (t) => {
  const inputs = {
    ...TO_BUCKET,
    logFormat: FORMAT,
    destinationOptions: { fileFormat: "parquet", perHourPartition: true },
  };
  const made = await operations.create(FLOW_LOG, "bucket", inputs);
  t.like(await describe(made.id), {
    LogFormat: FORMAT,
    DestinationOptions: { FileFormat: "parquet", PerHourPartition: true, HiveCompatiblePartitions: false },
  });
  t.is(made.state.arn, `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:vpc-flow-log/${made.id}`);
  t.is(made.state.maxAggregationInterval, 600);
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  const plain = { ...inputs, destinationOptions: { perHourPartition: true } };
  t.deepEqual((await operations.diff(made, plain)).differences, [
    { path: "destinationOptions.fileFormat", kind: "update", replace: true },
  ]);
});

test("a subnet or a network interface is watched, and the streams behind a log group's ARN do not matter", async (t) => {
  const subnet = await operations.create("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
  const eni = await operations.create("aws:ec2/networkInterface:NetworkInterface", "a", { subnetId: subnet.id });
  for (const [property, { id }] of [["subnetId", subnet] as const, ["eniId", eni] as const]) {
    const { vpcId: _, ...rest } = TO_GROUP;
    const made = await operations.create(FLOW_LOG, property, {
      ...rest,
      [property]: id,
      logDestination: `${group.state.arn}:*`,
    });
    const found = await describe(made.id);
    t.is(found?.ResourceId, id);
    t.is(found?.LogDestination, group.state.arn as string);
    t.is(made.state[property], id);
    t.is(made.state.vpcId, undefined);
  }
});

test("a flow log that somebody has removed is found", async (t) => {
  const made = await operations.create(FLOW_LOG, "gone", {
    ...TO_BUCKET,
    trafficType: "ACCEPT",
    logDestination: `${bucket.state.arn}/gone/`,
  });
  await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [made.id] }));
  t.is(await operations.refresh(made), undefined);
});

test("a flow log goes where something is, once", async (t) => {
  const logDestination = "arn:aws:s3:::nobodys-bucket";
  await t.throwsAsync(operations.create(FLOW_LOG, "nowhere", { ...TO_BUCKET, logDestination }), {
    message: `${vpc.id}: 400: LogDestination: nobodys-bucket does not exist.`,
  });
  const twice = { ...TO_BUCKET, logDestination: `${bucket.state.arn}/twice/` };
  await operations.create(FLOW_LOG, "once", { ...TO_BUCKET, logDestination: `${bucket.state.arn}/once/` });
  await operations.create(FLOW_LOG, "twice", twice);
  await t.throwsAsync(operations.create(FLOW_LOG, "again", twice), { name: "FlowLogAlreadyExists" });
  await t.throwsAsync(operations.create(FLOW_LOG, "nothing", { ...TO_GROUP, vpcId: "vpc-00000000" }), {
    name: "InvalidVpcID.NotFound",
  });
});

test("a role that IAM has only just made is waited for, another error is not", async (t) => {
  const message = "Unable to assume given IAM role";
  const api = await startFaultyApi(account.client.endpoint, (action, before) =>
    action === "CreateFlowLogs" && before < 2
      ? { status: 400, code: "InvalidParameter", message: before === 0 ? message : "made by the test" }
      : undefined,
  );
  t.teardown(api.stop);
  const slow = await account.provider({ endpoints: [{ ec2: api.endpoint, sts: account.client.endpoint }] });
  const inputs = { ...TO_GROUP, trafficType: "ACCEPT", logDestination: `${group.state.arn}-other` };
  await t.throwsAsync(slow.create(FLOW_LOG, "early", inputs), { message: "made by the test" });
  const made = await slow.create(FLOW_LOG, "early", inputs);
  // The group does not exist: AWS takes the flow log all the same, and tells it of the delivery.
  t.like(await describe(made.id), { DeliverLogsStatus: "FAILED", DeliverLogsErrorMessage: "Access error" });
  t.is(api.calls.filter((call) => call === "CreateFlowLogs").length, 3);
});

test("a flow log that a killed run made is found by its mark", async (t) => {
  const { FlowLogIds = [] } = await ec2.send(
    new CreateFlowLogsCommand({
      ResourceType: "VPC",
      ResourceIds: [vpc.id],
      TrafficType: "ALL",
      LogDestinationType: "s3",
      LogDestination: `${bucket.state.arn}/lost/`,
      TagSpecifications: [
        { ResourceType: "vpc-flow-log", Tags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }] },
      ],
    }),
  );
  t.is(await operations.lost(FLOW_LOG, "lost", "token-of-the-lost"), FlowLogIds[0]);
  t.is(await operations.lost(FLOW_LOG, "lost", "another"), undefined);
});

refuses(
  operations,
  FLOW_LOG,
  { trafficType: "SOME", logDestination: "flows", maxAggregationInterval: 300, logFormat: "srcaddr dstaddr" },
  'trafficType must be one of ACCEPT, ALL, REJECT, got "SOME"',
  'logDestination must be an ARN such as arn:aws:iam::123456789012:role/name, got "flows"',
  "maxAggregationInterval must be one of 60, 600, got 300",
  `logFormat must be fields such as \${srcaddr} \${dstaddr}, with blanks between them, got "srcaddr dstaddr"`,
  "eniId is missing: one of eniId, regionalNatGatewayId, subnetId, transitGatewayAttachmentId, transitGatewayId, vpcId is required",
);
refuses(
  operations,
  FLOW_LOG,
  { vpcId: "vpc-1" },
  "trafficType is required and missing: only a transit gateway goes without",
  "logDestination is required and missing for logDestinationType cloud-watch-logs",
  "iamRoleArn is required and missing for logDestinationType cloud-watch-logs",
);
refuses(
  operations,
  FLOW_LOG,
  { ...TO_GROUP, destinationOptions: { fileFormat: "parquet" } },
  'destinationOptions is only for logDestinationType s3, got "cloud-watch-logs"; remove it',
);
refuses(
  operations,
  FLOW_LOG,
  { transitGatewayId: "tgw-1", logDestinationType: "s3", logDestination: bucket.state.arn },
  "transitGatewayId is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);
