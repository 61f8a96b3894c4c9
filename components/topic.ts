import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { regionalArn, topicArn } from "./arn.ts";
import { knownAfter } from "./known-after.ts";
import { policyDocument } from "./policy.ts";
import type { Tagger } from "./tagger.ts";

export interface TopicArgs {
  readonly account: Account;
  /** Addresses that are told. Each gets a mail first, and is told nothing until somebody follows the link in it. */
  readonly emails: readonly string[];
  /** A key that CloudWatch may use: what it cannot encrypt it cannot publish. */
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly tags: Tagger;
}

/** Where alarms are told. */
export class Topic extends pulumi.ComponentResource {
  /** Known once alarms may publish. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:topic:Topic", name, {}, opts);
    const { account, emails, kmsKeyArn, tags } = args;
    const owned = { parent: this };

    const topic = new aws.sns.Topic(
      `${name}-topic`,
      { kmsMasterKeyId: kmsKeyArn, tags: tags.named(`${name}-topic`) },
      owned,
    );
    const policy = new aws.sns.TopicPolicy(
      `${name}-policy`,
      { arn: topic.arn, policy: policyDocument(alarmsOnly(topic.name, account)) },
      owned,
    );
    for (const email of emails) {
      new aws.sns.TopicSubscription(
        `${name}-${email}`,
        { topic: topic.arn, protocol: "email", endpoint: email },
        owned,
      );
    }

    this.arn = knownAfter(topic.arn, [policy]);
    this.registerOutputs({ arn: this.arn });
  }
}

/**
 * Without the refusal of all but services, whoever has the right by a role of the account could publish too.
 * Source: SNS developer guide, example cases for access control.
 */
function alarmsOnly(topicName: pulumi.Output<string>, account: Account) {
  const publish = { Action: "sns:Publish", Resource: topicName.apply((name) => topicArn(account, name)) };
  const refuse = (Sid: string, Condition: object) => ({ Sid, Effect: "Deny", Principal: "*", ...publish, Condition });
  return [
    {
      Sid: "AlarmsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      ...publish,
      Condition: {
        StringEquals: { "aws:SourceAccount": account.id },
        ArnLike: { "aws:SourceArn": regionalArn(account, "cloudwatch", "alarm:*") },
      },
    },
    refuse("RefuseAllButServices", { Bool: { "aws:PrincipalIsAWSService": "false" } }),
    refuse("RefusePlainHttp", { Bool: { "aws:SecureTransport": "false" } }),
  ];
}
