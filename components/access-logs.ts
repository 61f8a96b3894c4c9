import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { bucketArn, regionalArn } from "./arn.ts";
import { knownAfter } from "./known-after.ts";
import { lockDown } from "./locked-bucket.ts";
import type { Tagger } from "./tagger.ts";

export interface AccessLogsArgs {
  readonly account: Account;
  /** What the keys of each load balancer's logs start with, without a slash at either end. */
  readonly prefixes: readonly string[];
  /** How long logs are kept. */
  readonly retentionDays: number;
  /** Whether the bucket refuses to be deleted. Otherwise it goes with all logs in it. */
  readonly protect: boolean;
  readonly tags: Tagger;
}

/**
 * The bucket that load balancers write their access logs to. It is encrypted by S3 itself: they write to no bucket that has a key of KMS. There are no
 * versions, since a log is written once, under a name of its own, and versions would keep what is to be forgotten.
 */
export class AccessLogs extends pulumi.ComponentResource {
  /** Known once load balancers may write to it: AWS tries that when a load balancer is told to. */
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: AccessLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:access-logs:AccessLogs", name, {}, opts);
    const { account, retentionDays, protect, tags } = args;
    const owned = { parent: this };

    const bucket = new aws.s3.Bucket(
      `${name}-bucket`,
      { forceDestroy: !protect, tags: tags.named(`${name}-bucket`) },
      { ...owned, protect },
    );
    const statements = [delivery(args, bucket.bucket)];
    const locks = lockDown(name, bucket, { account, versioned: false, statements }, owned);
    const lifecycle = new aws.s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      {
        bucket: bucket.bucket,
        rules: [
          {
            id: "forget",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days: retentionDays },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      owned,
    );

    this.bucketName = knownAfter(bucket.bucket, [...locks, lifecycle]);
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

/**
 * Lets the load balancers of this account and region write under their prefixes. The ARN names the account; AWS documents no other condition.
 * Source: Elastic Load Balancing user guide, access logs for Application Load Balancers.
 */
function delivery({ account, prefixes }: AccessLogsArgs, bucketName: pulumi.Output<string>) {
  return {
    Sid: "LoadBalancerLogs",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: prefixes.map((prefix) =>
      bucketName.apply((bucket) => `${bucketArn(account, bucket)}/${prefix}/AWSLogs/${account.id}/*`),
    ),
    Condition: { ArnLike: { "aws:SourceArn": regionalArn(account, "elasticloadbalancing", "loadbalancer/*") } },
  };
}
