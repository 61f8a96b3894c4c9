import test from "ava";
import { AccessLogs, type AccessLogsArgs } from "../../components/access-logs.ts";
import { LoadBalancer } from "../../components/load-balancer.ts";
import { record } from "../record.ts";
import { BALANCER_ARGS } from "./balancer-args.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: AccessLogsArgs = {
  account: ACCOUNT,
  prefixes: ["public", "inner"],
  retentionDays: 90,
  protect: false,
  tags: TAGS,
};

const logs = (changes: Partial<AccessLogsArgs> = {}) => record(() => new AccessLogs("al", { ...ARGS, ...changes }));

const BUCKET = { bucket: "al-bucket-1234567" };

test("load balancers of this account and region may write under their prefixes, and all others must use TLS", async (t) => {
  const { bucket, policy } = (await logs()).one("aws:s3/bucketPolicy:BucketPolicy").inputs;
  t.is(bucket, "al-bucket-1234567");
  t.deepEqual(JSON.parse(String(policy)), {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "RefusePlainHttp",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::al-bucket-1234567", "arn:aws:s3:::al-bucket-1234567/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "LoadBalancerLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: [
          "arn:aws:s3:::al-bucket-1234567/public/AWSLogs/123456789012/*",
          "arn:aws:s3:::al-bucket-1234567/inner/AWSLogs/123456789012/*",
        ],
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/*" },
        },
      },
    ],
  });
});

test("the bucket is encrypted with the only keys that load balancers write with, and nothing in it is public", async (t) => {
  const { one } = await logs();
  t.deepEqual(one("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").inputs, {
    ...BUCKET,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  t.deepEqual(one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs, {
    ...BUCKET,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  t.deepEqual(one("aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs, {
    ...BUCKET,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
});

test("logs are forgotten after their time, with no versions that would stay", async (t) => {
  const { all, one } = await logs();
  t.deepEqual(one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs, {
    ...BUCKET,
    rules: [
      {
        id: "forget",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { days: 90 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  });
  t.deepEqual(all("aws:s3/bucketVersioning:BucketVersioning"), []);
});

test("a load balancer logs to the bucket only when it is locked down and lets it in", async (t) => {
  const { one, built } = await record(() => {
    const made = new AccessLogs("al", ARGS);
    new LoadBalancer("lb", { ...BALANCER_ARGS, accessLogs: { bucket: made.bucketName, prefix: "public" } });
    return made;
  });
  const { inputs, dependencies } = one("aws:lb/loadBalancer:LoadBalancer");
  t.deepEqual(inputs.accessLogs, { enabled: true, bucket: "al-bucket-1234567", prefix: "public" });
  t.deepEqual(dependencies, [
    "al-bucket",
    "al-encryption",
    "al-lifecycle",
    "al-ownership",
    "al-policy",
    "al-public-access",
  ]);
  t.is(await unwrap(built.bucketName), "al-bucket-1234567");
});

test("a bucket that need not stay goes with all logs in it; a protected one refuses", async (t) => {
  const loose = (await logs()).one("aws:s3/bucket:Bucket");
  t.deepEqual(loose.inputs, { forceDestroy: true, tags: tagsOf("al-bucket") });
  t.false(loose.protect);
  const kept = (await logs({ protect: true })).one("aws:s3/bucket:Bucket");
  t.deepEqual(kept.inputs, { forceDestroy: false, tags: tagsOf("al-bucket") });
  t.true(kept.protect);
});
