import test from "ava";
import { Release } from "../../components/release.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const release = (protect = false) =>
  record(
    () =>
      new Release("rel", {
        account: ACCOUNT,
        artifactName: "0123456789abcdef",
        file: "cache/x.tar.gz",
        protect,
        tags: TAGS,
      }),
  );

const BUCKET = { bucket: "rel-bucket-1234567" };

test("the artifact is an object named by its content", async (t) => {
  const { one, built } = await release();
  const { source, ...inputs } = one("aws:s3/bucketObjectv2:BucketObjectv2").inputs;
  t.deepEqual(inputs, {
    ...BUCKET,
    key: "releases/0123456789abcdef.tar.gz",
    contentType: "application/gzip",
    tags: { object: "yes" },
  });
  t.is(await (source as { path: Promise<string> }).path, "cache/x.tar.gz");
  t.is(await unwrap(built.bucketName), "rel-bucket-1234567");
  t.is(await unwrap(built.key), "releases/0123456789abcdef.tar.gz");
  t.is(await unwrap(built.objectArn), "arn:aws:s3:::rel-bucket-1234567/releases/0123456789abcdef.tar.gz");
});

test("the next release leaves this one in the bucket", async (t) => {
  t.true((await release()).one("aws:s3/bucketObjectv2:BucketObjectv2").retainOnDelete);
});

test("the artifact comes only when the bucket is locked down", async (t) => {
  t.deepEqual((await release()).one("aws:s3/bucketObjectv2:BucketObjectv2").dependencies, [
    "rel-bucket",
    "rel-encryption",
    "rel-ownership",
    "rel-policy",
    "rel-public-access",
    "rel-versioning",
  ]);
});

test("nothing about the bucket is public, plain or unversioned", async (t) => {
  const { one } = await release();
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
  t.deepEqual(one("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").inputs, {
    ...BUCKET,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  t.deepEqual(one("aws:s3/bucketVersioning:BucketVersioning").inputs, {
    ...BUCKET,
    versioningConfiguration: { status: "Enabled" },
  });
});

test("the bucket answers by TLS only", async (t) => {
  const { bucket, policy } = (await release()).one("aws:s3/bucketPolicy:BucketPolicy").inputs;
  t.is(bucket, "rel-bucket-1234567");
  t.deepEqual(JSON.parse(String(policy)), {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "RefusePlainHttp",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::rel-bucket-1234567", "arn:aws:s3:::rel-bucket-1234567/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
});

test("the access to the bucket is changed one step at a time, as S3 wants it", async (t) => {
  t.deepEqual((await release()).one("aws:s3/bucketPolicy:BucketPolicy").dependencies, [
    "rel-bucket",
    "rel-public-access",
  ]);
});

test("what was overwritten or deleted expires, and no release does: each is a current object", async (t) => {
  t.deepEqual((await release()).one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs, {
    ...BUCKET,
    rules: [
      {
        id: "forget-remains",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  });
});

test("a bucket that need not stay goes with all releases in it; a protected one refuses", async (t) => {
  const loose = (await release(false)).one("aws:s3/bucket:Bucket");
  t.deepEqual(loose.inputs, { forceDestroy: true, tags: tagsOf("rel-bucket") });
  t.false(loose.protect);
  const kept = (await release(true)).one("aws:s3/bucket:Bucket");
  t.deepEqual(kept.inputs, { forceDestroy: false, tags: tagsOf("rel-bucket") });
  t.true(kept.protect);
});

test("everything belongs to the component", async (t) => {
  const { seen } = await release();
  t.is(seen.length, 9);
  t.true(seen.slice(1).every(({ parent }) => parent === "rel"));
});
