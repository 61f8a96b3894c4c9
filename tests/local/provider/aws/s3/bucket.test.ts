import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { REGION, startAccount } from "../account.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const PUBLIC_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new S3Client(account.client);

const newBucket = async (name: string) => (await operations.create(BUCKET, name, { forceDestroy: true })).id;

const exists = async (Bucket: string): Promise<boolean> =>
  client.send(new HeadBucketCommand({ Bucket })).then(
    () => true,
    () => false,
  );

test("a bucket lives as AWS's own would", async (t) => {
  const inputs = { tags: { tier: "web" } };
  await liveThrough(t, operations, {
    type: BUCKET,
    name: "Releases",
    inputs,
    unknown: [
      "arn",
      "bucketDomainName",
      "bucketRegion",
      "bucketRegionalDomainName",
      "hostedZoneId",
      "objectLockEnabled",
      "websiteDomain",
      "websiteEndpoint",
    ],
    empty: ["websiteDomain", "websiteEndpoint"],
    update: {
      inputs: { forceDestroy: true, tags: { tier: "app", more: "yes" } },
      paths: ["forceDestroy", "tags.more", "tags.tier"],
    },
    replace: { inputs: { ...inputs, bucket: "another-bucket", region: "eu-west-2" }, properties: ["bucket", "region"] },
    importWithout: ["forceDestroy"],
    async account(id, step) {
      t.regex(id, /^releases-[0-9a-f]{7}$/);
      t.is(await exists(id), step !== "deleted");
      if (step === "deleted") return;
      t.is((await client.send(new GetBucketLocationCommand({ Bucket: id }))).LocationConstraint, REGION);
      const { TagSet } = await client.send(new GetBucketTaggingCommand({ Bucket: id }));
      t.deepEqual(
        TagSet,
        step === "created"
          ? [{ Key: "tier", Value: "web" }]
          : [
              { Key: "tier", Value: "app" },
              { Key: "more", Value: "yes" },
            ],
      );
    },
  });
});

test("a bucket tells its names", async (t) => {
  const bucket = await operations.create(BUCKET, "named", { bucket: "names.example" });
  t.like(bucket.state, {
    arn: "arn:aws:s3:::names.example",
    bucketDomainName: "names.example.s3.amazonaws.com",
    bucketRegion: REGION,
    bucketRegionalDomainName: `names.example.s3.${REGION}.amazonaws.com`,
    hostedZoneId: "Z1BKCTXD74EZPE",
    region: REGION,
  });
  await operations.delete(bucket);
});

test("a bucket can live in another region, also in the one that S3 takes for granted", async (t) => {
  for (const region of ["us-east-1", "eu-west-2"]) {
    const inputs = { bucket: `elsewhere-${region}`, region };
    const bucket = await operations.create(BUCKET, region, inputs);
    t.like(bucket.state, { region, bucketRegion: region });
    t.deepEqual((await operations.refresh(bucket))?.state, bucket.state);
    t.deepEqual((await operations.diff(bucket, inputs)).differences, []);
    await operations.delete(bucket);
  }
});

test("a bucket in us-east-1 is not taken over", async (t) => {
  await client.send(new CreateBucketCommand({ Bucket: "taken-already" }));
  await t.throwsAsync(operations.create(BUCKET, "taken", { bucket: "taken-already", region: "us-east-1" }), {
    message: "the bucket taken-already exists already in this account; choose another name, or import it",
  });
  await t.throwsAsync(operations.create(BUCKET, "taken", { bucket: "taken-already" }), {
    name: "BucketAlreadyOwnedByYou",
  });
});

test("a bucket that holds objects is not deleted", async (t) => {
  const bucket = await operations.create(BUCKET, "full", {});
  await client.send(new PutObjectCommand({ Bucket: bucket.id, Key: "a", Body: "a" }));
  await t.throwsAsync(operations.delete(bucket), {
    name: "BucketNotEmpty",
    message: "The bucket you tried to delete is not empty",
  });
  t.true(await exists(bucket.id));
});

test("forceDestroy deletes objects in all their versions first", async (t) => {
  const bucket = await operations.create(BUCKET, "versioned", { forceDestroy: true });
  await operations.create(VERSIONING, "versioned", {
    bucket: bucket.id,
    versioningConfiguration: { status: "Enabled" },
  });
  for (const Body of ["one", "two"]) await client.send(new PutObjectCommand({ Bucket: bucket.id, Key: "a", Body }));
  await operations.delete(bucket);
  t.false(await exists(bucket.id));
});

test("forceDestroy also deletes the marks of deleted objects, after versioning was suspended", async (t) => {
  const bucket = await operations.create(BUCKET, "marked", { forceDestroy: true });
  const versioning = await operations.create(VERSIONING, "marked", {
    bucket: bucket.id,
    versioningConfiguration: { status: "Enabled" },
  });
  await client.send(new PutObjectCommand({ Bucket: bucket.id, Key: "a", Body: "one" }));
  await client.send(new DeleteObjectCommand({ Bucket: bucket.id, Key: "a" }));
  await operations.delete(versioning);
  await operations.delete(bucket);
  t.false(await exists(bucket.id));
});

test("tags that the provider is told to ignore survive a change of the others", async (t) => {
  const ignoring = await account.provider({ ignoreTags: { keys: ["theirs"] } });
  const bucket = await ignoring.create(BUCKET, "shared", { tags: { ours: "1" } });
  const TagSet = [
    { Key: "ours", Value: "1" },
    { Key: "theirs", Value: "1" },
  ];
  await client.send(new PutBucketTaggingCommand({ Bucket: bucket.id, Tagging: { TagSet } }));
  const updated = await ignoring.update(bucket, { tags: { ours: "2" } });
  t.deepEqual(updated.state.tags, { ours: "2" });
  const { TagSet: after } = await client.send(new GetBucketTaggingCommand({ Bucket: bucket.id }));
  t.deepEqual(after, [
    { Key: "ours", Value: "2" },
    { Key: "theirs", Value: "1" },
  ]);
  await ignoring.delete(updated);
});

test("a bucket without tags any more has none", async (t) => {
  const bucket = await operations.create(BUCKET, "untagged", { tags: { a: "b" } });
  const updated = await operations.update(bucket, {});
  await t.throwsAsync(client.send(new GetBucketTaggingCommand({ Bucket: bucket.id })), { name: "NoSuchTagSet" });
  t.is(updated.state.tags, undefined);
  await operations.delete(updated);
});

test("a bucket with object lock says so", async (t) => {
  const bucket = await operations.create(BUCKET, "locked", { objectLockEnabled: true });
  t.true(bucket.state.objectLockEnabled);
  t.deepEqual((await operations.diff(bucket, { objectLockEnabled: true })).differences, []);
  await operations.delete(bucket);
});

test("a bucket that a killed run made is told from one in use", async (t) => {
  await client.send(new CreateBucketCommand({ Bucket: "lost-bucket" }));
  t.is(await operations.lost(BUCKET, "lost", "token", { bucket: "lost-bucket" }), "lost-bucket");
  await client.send(new PutObjectCommand({ Bucket: "lost-bucket", Key: "a", Body: "a" }));
  t.is(await operations.lost(BUCKET, "lost", "token", { bucket: "lost-bucket" }), undefined);
  t.is(await operations.lost(BUCKET, "lost", "token", { bucket: "never-made" }), undefined);
});

test("a bucket policy lives as AWS's own would", async (t) => {
  const bucket = await newBucket("policed");
  const deny = (action: string) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: action, Resource: `arn:aws:s3:::${bucket}/*` }],
  });
  await liveThrough(t, operations, {
    type: POLICY,
    name: "policy",
    inputs: { bucket, policy: JSON.stringify(deny("s3:DeleteObject")) },
    unknown: [],
    update: { inputs: { bucket, policy: deny("s3:PutObject") }, paths: ["policy"] },
    replace: { inputs: { bucket: "other", policy: deny("s3:PutObject") }, properties: ["bucket"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, bucket);
      const found = client.send(new GetBucketPolicyCommand({ Bucket: id }));
      if (step === "deleted") return void (await t.throwsAsync(found, { name: "NoSuchBucketPolicy" }));
      const action = step === "created" ? "s3:DeleteObject" : "s3:PutObject";
      t.deepEqual(JSON.parse((await found).Policy ?? ""), deny(action));
    },
  });
});

test("a public access block lives as AWS's own would", async (t) => {
  const bucket = await newBucket("blocked");
  const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
  await liveThrough(t, operations, {
    type: PUBLIC_ACCESS,
    name: "block",
    inputs: { bucket, ...all },
    unknown: [],
    update: { inputs: { bucket, ...all, blockPublicPolicy: false }, paths: ["blockPublicPolicy"] },
    replace: { inputs: { bucket: "other", ...all }, properties: ["bucket"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, bucket);
      const found = client.send(new GetPublicAccessBlockCommand({ Bucket: id }));
      if (step === "deleted")
        return void (await t.throwsAsync(found, { name: "NoSuchPublicAccessBlockConfiguration" }));
      t.deepEqual((await found).PublicAccessBlockConfiguration, {
        BlockPublicAcls: true,
        BlockPublicPolicy: step === "created",
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    },
  });
});

test("skipDestroy leaves a public access block where it is", async (t) => {
  const bucket = await newBucket("guarded");
  const block = await operations.create(PUBLIC_ACCESS, "kept", { bucket, blockPublicAcls: true, skipDestroy: true });
  await operations.delete(block);
  const { PublicAccessBlockConfiguration } = await client.send(new GetPublicAccessBlockCommand({ Bucket: bucket }));
  t.true(PublicAccessBlockConfiguration?.BlockPublicAcls);
});

test("ownership controls live as AWS's own would", async (t) => {
  const bucket = await newBucket("owned");
  const inputs = { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } };
  await liveThrough(t, operations, {
    type: OWNERSHIP,
    name: "owner",
    inputs,
    unknown: [],
    update: {
      inputs: { bucket, rule: { objectOwnership: "BucketOwnerPreferred" } },
      paths: ["rule.objectOwnership"],
    },
    replace: { inputs: { ...inputs, bucket: "other" }, properties: ["bucket"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, bucket);
      const found = client.send(new GetBucketOwnershipControlsCommand({ Bucket: id }));
      if (step === "deleted") return void (await t.throwsAsync(found, { name: "OwnershipControlsNotFoundError" }));
      const ObjectOwnership = step === "created" ? "BucketOwnerEnforced" : "BucketOwnerPreferred";
      t.deepEqual((await found).OwnershipControls?.Rules, [{ ObjectOwnership }]);
    },
  });
});

test("an encryption configuration lives as AWS's own would", async (t) => {
  const bucket = await newBucket("encrypted");
  const kmsMasterKeyId = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
  const rule = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  const kms = {
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId },
    bucketKeyEnabled: true,
  };
  await liveThrough(t, operations, {
    type: ENCRYPTION,
    name: "encryption",
    inputs: { bucket, rules: [rule] },
    unknown: [],
    update: { inputs: { bucket, rules: [kms] }, paths: ["rules[0]"] },
    replace: {
      inputs: { bucket, rules: [rule], expectedBucketOwner: "123456789012" },
      properties: ["expectedBucketOwner"],
    },
    importWithout: [],
    async account(id, step) {
      t.is(id, bucket);
      const found = client.send(new GetBucketEncryptionCommand({ Bucket: id }));
      if (step === "deleted")
        return void (await t.throwsAsync(found, { name: "ServerSideEncryptionConfigurationNotFoundError" }));
      t.like((await found).ServerSideEncryptionConfiguration?.Rules?.[0], {
        ApplyServerSideEncryptionByDefault:
          step === "created" ? { SSEAlgorithm: "AES256" } : { SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsMasterKeyId },
      });
    },
  });
});

test("versioning lives as AWS's own would, and is only suspended at its end", async (t) => {
  const bucket = await newBucket("history");
  const of = (status: string) => ({ bucket, versioningConfiguration: { status } });
  await liveThrough(t, operations, {
    type: VERSIONING,
    name: "versioning",
    inputs: of("Enabled"),
    unknown: [],
    update: { inputs: of("Suspended"), paths: ["versioningConfiguration.status"] },
    replace: { inputs: { ...of("Enabled"), bucket: "other" }, properties: ["bucket"] },
    importWithout: [],
    stays: true,
    async account(id, step) {
      t.is(id, bucket);
      const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: id }));
      t.is(Status, step === "created" ? "Enabled" : "Suspended");
    },
  });
});

test("versioning that is enabled is suspended when it is deleted, and cannot be undone", async (t) => {
  const bucket = await newBucket("forever");
  const of = (status: string) => ({ bucket, versioningConfiguration: { status } });
  const never = await operations.create(VERSIONING, "never", of("Disabled"));
  t.is((await client.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status, undefined);
  t.deepEqual((await operations.refresh(never))?.state, never.state);
  const enabled = await operations.update(never, of("Enabled"));
  await t.throwsAsync(operations.update(enabled, of("Disabled")), {
    message: `versioningConfiguration.status of ${bucket} cannot go back to Disabled: a bucket keeps the versions it has; set it to Suspended`,
  });
  await operations.delete(enabled);
  t.is((await client.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status, "Suspended");
});

test("what a bucket was given goes with it", async (t) => {
  const bucket = await operations.create(BUCKET, "short", { forceDestroy: true });
  const parts = [
    await operations.create(PUBLIC_ACCESS, "short", { bucket: bucket.id }),
    await operations.create(OWNERSHIP, "short", { bucket: bucket.id, rule: { objectOwnership: "ObjectWriter" } }),
    await operations.create(VERSIONING, "short", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    }),
  ];
  await operations.delete(bucket);
  for (const part of parts) {
    t.is(await operations.refresh(part), undefined);
    await t.notThrowsAsync(operations.delete(part));
  }
});

refuses(
  operations,
  BUCKET,
  { bucket: "My_Bucket" },
  'bucket must be lower-case letters, digits, dots and hyphens, with a letter or digit at both ends, got "My_Bucket"',
);
refuses(
  operations,
  BUCKET,
  { versioning: { enabled: true }, acl: "private" },
  "versioning is not supported offline; use aws.s3.BucketVersioning, which has taken its place",
  "acl is not supported offline; use aws.s3.BucketAcl, which has taken its place",
);
refuses(
  operations,
  BUCKET,
  { bucket: "one", bucketPrefix: "two" },
  "bucket cannot be set together with bucketPrefix; remove one of them",
  "bucketPrefix cannot be set together with bucket; remove one of them",
);
refuses(operations, POLICY, { bucket: "b", policy: "{" }, 'policy must be a JSON document, got "{"');
refuses(
  operations,
  OWNERSHIP,
  { bucket: "b", rule: { objectOwnership: "Mine" } },
  'rule.objectOwnership must be one of BucketOwnerPreferred, ObjectWriter, BucketOwnerEnforced, got "Mine"',
);
refuses(
  operations,
  ENCRYPTION,
  { bucket: "b", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "DES" } }], expectedBucketOwner: "me" },
  'rules[0].applyServerSideEncryptionByDefault.sseAlgorithm must be one of AES256, aws:fsx, aws:kms, aws:kms:dsse, got "DES"',
  'expectedBucketOwner must be the 12 digits of an account, got "me"',
);
refuses(operations, ENCRYPTION, { bucket: "b", rules: [] }, "rules needs at least 1 entries, got 0");
refuses(
  operations,
  VERSIONING,
  { bucket: "b", versioningConfiguration: { status: "On" } },
  'versioningConfiguration.status must be one of Enabled, Suspended, Disabled, got "On"',
);
