import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { bucketArn } from "./arn.ts";
import { lockDown } from "./locked-bucket.ts";
import type { Tagger } from "./tagger.ts";

export interface ReleaseArgs {
  readonly account: Account;
  /** What the artifact is called. Its name stands for its content. */
  readonly artifactName: string;
  /** Where the packed artifact is on this machine. */
  readonly file: string;
  /** Whether the bucket refuses to be deleted. Otherwise it goes with all releases in it. */
  readonly protect: boolean;
  readonly tags: Tagger;
}

/**
 * The bucket of all releases, and the one that is deployed now.
 *
 * A release is immutable. Deploying another one adds an object and leaves the earlier ones, so that hosts which still run one can fetch it, and
 * rolling back finds it there.
 */
export class Release extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  /** Known once the artifact is in the bucket. */
  readonly key: pulumi.Output<string>;
  readonly objectArn: pulumi.Output<string>;
  /** All releases: hosts of a fleet fetch an earlier one until the next has proved itself. */
  readonly releasesArn: pulumi.Output<string>;

  constructor(name: string, args: ReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:release:Release", name, {}, opts);
    const { account, artifactName, file, protect, tags } = args;
    const owned = { parent: this };

    const bucket = new aws.s3.Bucket(
      `${name}-bucket`,
      { forceDestroy: !protect, tags: tags.named(`${name}-bucket`) },
      { ...owned, protect },
    );
    // Versioned against accidents.
    const locks = lockDown(name, bucket, { account, versioned: true }, owned);
    forgetRemains(name, bucket, owned);
    const artifact = new aws.s3.BucketObjectv2(
      `${name}-artifact`,
      {
        bucket: bucket.bucket,
        key: `releases/${artifactName}.tar.gz`,
        source: new pulumi.asset.FileAsset(file),
        contentType: "application/gzip",
        tags: tags.forObject(),
      },
      { ...owned, dependsOn: locks, retainOnDelete: true },
    );

    this.bucketName = bucket.bucket;
    this.key = artifact.key;
    const arn = bucket.bucket.apply((bucketName) => bucketArn(account, bucketName));
    this.objectArn = pulumi.interpolate`${arn}/${artifact.key}`;
    this.releasesArn = pulumi.interpolate`${arn}/releases/*`;
    this.registerOutputs({ bucketName: this.bucketName, key: this.key, objectArn: this.objectArn });
  }
}

/**
 * Expires what was overwritten or deleted a month ago, and uploads that were not finished. A rollback loses nothing by it: each release has a key of its
 * own, named by its content, so an earlier one is a current object like the latest and no version of it.
 */
function forgetRemains(name: string, { bucket }: aws.s3.Bucket, owned: pulumi.CustomResourceOptions): void {
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    {
      bucket,
      rules: [
        {
          id: "forget-remains",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    owned,
  );
}
