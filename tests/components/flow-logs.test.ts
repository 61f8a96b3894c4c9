import test from "ava";
import { FlowLogs } from "../../components/flow-logs.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf } from "./support.ts";

const flowLogs = () =>
  record(
    () =>
      new FlowLogs("flow", {
        account: ACCOUNT,
        vpcId: "vpc-1",
        logs: { groupName: "/shop/flow", retentionDays: 30, kmsKeyArn: "arn:key" },
        tags: TAGS,
      }),
  );

const GROUP_ARN = "arn:aws:logs:eu-central-1:123456789012:log-group:/shop/flow";

test("all connections of the network are logged, those that were refused as well", async (t) => {
  t.deepEqual((await flowLogs()).one("aws:ec2/flowLog:FlowLog").inputs, {
    vpcId: "vpc-1",
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: GROUP_ARN,
    iamRoleArn: "arn:aws:iam::123456789012:role/flow-role-1234567",
    tags: tagsOf("flow-log"),
  });
});

test("the logs are encrypted and come to an end", async (t) => {
  t.deepEqual((await flowLogs()).one("aws:cloudwatch/logGroup:LogGroup").inputs, {
    name: "/shop/flow",
    retentionInDays: 30,
    kmsKeyId: "arn:key",
    tags: tagsOf("flow-logs"),
  });
});

test("only flow logs of this account take the role", async (t) => {
  const { assumeRolePolicy, ...inputs } = (await flowLogs()).one("aws:iam/role:Role").inputs;
  t.deepEqual(inputs, { description: "Writes the flow logs of a webstack", tags: tagsOf("flow-role") });
  t.deepEqual(JSON.parse(String(assumeRolePolicy)), {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-central-1:123456789012:vpc-flow-log/*" },
        },
      },
    ],
  });
});

test("the role writes to this log group and does nothing else, and may do so before there is anything to log", async (t) => {
  const { one } = await flowLogs();
  const { policy, role } = one("aws:iam/rolePolicy:RolePolicy").inputs;
  t.is(role, "flow-role-1234567");
  t.deepEqual(
    JSON.parse(String(policy)).Statement,
    ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"].map((Action) => ({
      Effect: "Allow",
      Action,
      Resource: `${GROUP_ARN}:*`,
    })),
  );
  t.deepEqual(one("aws:ec2/flowLog:FlowLog").dependencies, ["flow-logs", "flow-role", "flow-write"]);
});
