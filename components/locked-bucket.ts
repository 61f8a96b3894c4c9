import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { bucketArn } from "./arn.ts";
import { policyDocument } from "./policy.ts";

export interface BucketLocks {
  readonly account: Pick<Account, "partition">;
  /** Whether what is overwritten or deleted is kept. */
  readonly versioned: boolean;
  /** Statements of the bucket's policy for those who are let in besides the account. @default nobody is */
  readonly statements?: readonly object[];
}

/**
 * Makes a bucket private, encrypted by S3, without access lists, and reachable by TLS only.
 *
 * @returns what must be there before anything is put into the bucket
 */
export function lockDown(
  name: string,
  { bucket }: aws.s3.Bucket,
  { account, versioned, statements = [] }: BucketLocks,
  owned: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const ownership = new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    owned,
  );
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    owned,
  );
  const versioning = versioned
    ? [
        new aws.s3.BucketVersioning(
          `${name}-versioning`,
          { bucket, versioningConfiguration: { status: "Enabled" } },
          owned,
        ),
      ]
    : [];
  const publicAccess = new aws.s3.BucketPublicAccessBlock(
    `${name}-public-access`,
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    owned,
  );
  const arn = bucket.apply((bucketName) => bucketArn(account, bucketName));
  const policy = new aws.s3.BucketPolicy(
    `${name}-policy`,
    { bucket, policy: policyDocument([tlsOnly(arn), ...statements]) },
    // S3 refuses two changes of the access to a bucket at the same time.
    { ...owned, dependsOn: [publicAccess] },
  );
  return [ownership, encryption, ...versioning, publicAccess, policy];
}

function tlsOnly(arn: pulumi.Output<string>) {
  return {
    Sid: "RefusePlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, arn.apply((bucket) => `${bucket}/*`)],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
