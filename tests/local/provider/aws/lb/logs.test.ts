import {
  DescribeLoadBalancerAttributesCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import test from "ava";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";
import { createLogBucket, mayWrite } from "./logBucket.ts";
import { createNetwork } from "./network.ts";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

const { operations, client, stop } = await startAccount();
const elb = new ElasticLoadBalancingV2Client(client);
const s3 = new S3Client(client);
const { subnetIds } = await createNetwork(operations);
const balancer = await operations.create(BALANCER, "web", { subnets: subnetIds });
test.after.always(stop);

const logsTo = (bucket: string, more: object = {}) => ({
  subnets: subnetIds,
  accessLogs: { bucket, enabled: true, ...more },
});

const keysIn = async (Bucket: string) =>
  (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key);

const attribute = async (arn: string, key: string) => {
  const { Attributes = [] } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
  return Attributes.find(({ Key }) => Key === key)?.Value;
};

test("logs go to a bucket that lets them in, where the first object shows that it does", async (t) => {
  const bucket = await createLogBucket(operations, "open");
  const inputs = { ...logsTo(bucket, { prefix: "web" }), connectionLogs: { bucket, enabled: true } };
  const made = await operations.create(BALANCER, "open", inputs);
  t.deepEqual(await keysIn(bucket), [
    `AWSLogs/${ACCOUNT_ID}/ELBConnectionLogTestFile`,
    `web/AWSLogs/${ACCOUNT_ID}/ELBAccessLogTestFile`,
  ]);
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  const quiet = await operations.update(made, { subnets: subnetIds });
  t.is(await attribute(made.id, "access_logs.s3.enabled"), "false");
  t.is(await attribute(made.id, "connection_logs.s3.enabled"), "false");
  t.deepEqual((await operations.diff(quiet, { subnets: subnetIds })).differences, []);
});

test("a load balancer whose bucket is closed is half-made, and completed when the bucket opens", async (t) => {
  const bucket = await createLogBucket(operations, "closed", () => []);
  const inputs = logsTo(bucket);
  const error = await t.throwsAsync(operations.create(BALANCER, "closed", inputs), {
    name: "PartialFailure",
    message: `InvalidConfigurationRequestException: access is denied to the bucket ${bucket}: its policy does not let logdelivery.elasticloadbalancing.amazonaws.com do s3:PutObject with AWSLogs/${ACCOUNT_ID}/ELBAccessLogTestFile`,
  });
  const { id, properties } = error as unknown as { id: string; properties: Record<string, unknown> };
  const policy = { Version: "2012-10-17", Statement: [mayWrite(`arn:aws:s3:::${bucket}/*`)] };
  await operations.create("aws:s3/bucketPolicy:BucketPolicy", "closed", { bucket, policy });
  const request = operations.request(BALANCER, "closed");
  const half = { request, id, inputs: await operations.inputs(request, inputs), state: properties };
  await operations.update(half, inputs);
  t.is(await attribute(id, "access_logs.s3.enabled"), "true");
});

const key = `AWSLogs/${ACCOUNT_ID}/*`;
const insecure = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const own = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT_ID}:loadbalancer/*`;

for (const [what, statements] of [
  ["the account of the region", (arn: string) => [mayWrite(`${arn}/${key}`, { Principal: { AWS: "156460612806" } })]],
  [
    "the root of that account",
    (arn: string) => [mayWrite(`${arn}/${key}`, { Principal: { AWS: ["arn:aws:iam::156460612806:root"] } })],
  ],
  [
    "load balancers of this account, over TLS only",
    (arn: string) => [
      mayWrite(`${arn}/${key}`, { Condition: { ArnLike: { "aws:SourceArn": own } } }),
      { ...insecure, Resource: `${arn}/*` },
    ],
  ],
] as const)
  test(`the bucket may let in ${what}`, async (t) => {
    const bucket = await createLogBucket(operations, `in-${what.length}`, statements);
    await t.notThrowsAsync(operations.update(balancer, logsTo(bucket)));
  });

for (const [what, statements] of [
  ["another prefix", (arn: string) => [mayWrite(`${arn}/other/${key}`)]],
  ["reading", (arn: string) => [mayWrite(`${arn}/*`, { Action: ["s3:GetObject", "s3:List*"] })]],
  [
    "another service",
    (arn: string) => [mayWrite(`${arn}/*`, { Principal: { Service: "delivery.logs.amazonaws.com" } })],
  ],
  ["the account of another region", (arn: string) => [mayWrite(`${arn}/*`, { Principal: { AWS: "127311923021" } })]],
  [
    "load balancers of another account",
    (arn: string) => [mayWrite(`${arn}/*`, { Condition: { StringEquals: { "aws:SourceAccount": "999999999999" } } })],
  ],
  [
    "what it denies as well",
    (arn: string) => [mayWrite(`${arn}/*`), mayWrite(`${arn}/AWSLogs/*`, { Effect: "Deny", Principal: "*" })],
  ],
] as const)
  test(`a bucket that only lets in ${what} is refused`, async (t) => {
    const bucket = await createLogBucket(operations, `out-${what.length}`, statements);
    await t.throwsAsync(operations.update(balancer, logsTo(bucket)), {
      message: `InvalidConfigurationRequestException: access is denied to the bucket ${bucket}: its policy does not let logdelivery.elasticloadbalancing.amazonaws.com do s3:PutObject with AWSLogs/${ACCOUNT_ID}/ELBAccessLogTestFile`,
    });
    t.is(await keysIn(bucket), undefined);
  });

test("a bucket of another region, with a KMS key or that is not there is refused", async (t) => {
  const far = await createLogBucket(operations, "far", undefined, { region: "eu-central-1" });
  const encrypted = await createLogBucket(operations, "encrypted");
  await operations.create(ENCRYPTION, "encrypted", {
    bucket: encrypted,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  });
  const near = await createLogBucket(operations, "near");
  for (const [bucket, prefix, reason] of [
    [far, "", `it is in eu-central-1, and the load balancer in ${REGION}`],
    [encrypted, "", "it encrypts with a KMS key, and logs can only be written with keys of S3 (AES256)"],
    ["no-such-bucket", "", "it does not exist in this account"],
    [near, "web/", "the prefix web/ must not hold AWSLogs, nor begin or end with a slash"],
  ] as const)
    await t.throwsAsync(operations.update(balancer, logsTo(bucket, { prefix })), {
      message: `InvalidConfigurationRequestException: access is denied to the bucket ${bucket}: ${reason}`,
    });
});

test("a bucket that S3 encrypts with its own keys is taken", async (t) => {
  const bucket = await createLogBucket(operations, "own-keys");
  await operations.create(ENCRYPTION, "own-keys", {
    bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  await t.notThrowsAsync(operations.update(balancer, logsTo(bucket)));
});

test("the logs of a network load balancer are written by another service", async (t) => {
  const network = { loadBalancerType: "network", internal: true };
  const bucket = await createLogBucket(operations, "net-closed");
  await t.throwsAsync(operations.create(BALANCER, "net-closed", { ...logsTo(bucket), ...network }), {
    message: `InvalidConfigurationRequestException: access is denied to the bucket ${bucket}: its policy does not let delivery.logs.amazonaws.com do s3:PutObject with AWSLogs/${ACCOUNT_ID}/ELBAccessLogTestFile`,
  });
  const open = await createLogBucket(operations, "net-open", (arn) => [
    mayWrite(`${arn}/*`, { Principal: { Service: "delivery.logs.amazonaws.com" } }),
  ]);
  await t.notThrowsAsync(operations.create(BALANCER, "net-open", { ...logsTo(open), ...network }));
});

test("a bucket with logs stays, unless it may be emptied", async (t) => {
  const made = await operations.create("aws:s3/bucket:Bucket", "kept", {});
  const policy = { Version: "2012-10-17", Statement: [mayWrite(`${made.state.arn}/*`)] };
  await operations.create("aws:s3/bucketPolicy:BucketPolicy", "kept", { bucket: made.id, policy });
  await operations.create(BALANCER, "kept", logsTo(made.id));
  await t.throwsAsync(operations.delete(made), { name: "BucketNotEmpty" });
  await operations.delete(await operations.update(made, { forceDestroy: true }));
  t.is(await operations.refresh(made), undefined);
});
