import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { logGroupArn, regionalArn } from "./arn.ts";
import { type LogSettings, logGroup } from "./log-group.ts";
import { allow } from "./policy.ts";
import type { Tagger } from "./tagger.ts";

export interface FlowLogsArgs {
  readonly account: Account;
  readonly vpcId: pulumi.Input<string>;
  readonly logs: LogSettings;
  readonly tags: Tagger;
}

/** A record of all connections of a network, those that were let through and those that were not, in steps of ten minutes. */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:flow-logs:FlowLogs", name, {}, opts);
    const { account, vpcId, logs, tags } = args;
    const owned = { parent: this };

    const group = logGroup(`${name}-logs`, logs, tags, owned);
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        description: "Writes the flow logs of a webstack",
        assumeRolePolicy: trust(account),
        tags: tags.named(`${name}-role`),
      },
      owned,
    );
    const records = group.name.apply((groupName) => `${logGroupArn(account, groupName)}:*`);
    const policy = new aws.iam.RolePolicy(
      `${name}-write`,
      {
        role: role.name,
        policy: allow(WRITE.map((action) => ({ action, resource: records }))),
      },
      owned,
    );
    new aws.ec2.FlowLog(
      `${name}-log`,
      {
        vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        tags: tags.named(`${name}-log`),
      },
      { ...owned, dependsOn: [policy] },
    );

    this.registerOutputs({});
  }
}

/** It may not make the group: that would come back, without key and end, when it is deleted before the last record is written. */
const WRITE = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];

/** The service takes the role for flow logs of this account only. Source: VPC user guide, IAM role for publishing flow logs to CloudWatch Logs. */
function trust(account: Account): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account.id },
          ArnLike: { "aws:SourceArn": regionalArn(account, "ec2", "vpc-flow-log/*") },
        },
      },
    ],
  });
}
