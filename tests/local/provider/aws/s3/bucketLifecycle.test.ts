import {
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new S3Client(account.client);

const newBucket = async (name: string): Promise<string> =>
  (await operations.create("aws:s3/bucket:Bucket", name, {})).id;

const get = (Bucket: string) =>
  client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })).catch(() => ({ Rules: undefined }));

const FORGET = { id: "forget", status: "Enabled", filter: { prefix: "logs/" }, expiration: { days: 90 } };

test("a lifecycle lives as AWS's own would", async (t) => {
  const bucket = await newBucket("lifecycle");
  const archive = {
    id: "archive",
    status: "Enabled",
    filter: { and: { prefix: "data/", tags: { cold: "yes" }, objectSizeGreaterThan: 1000, objectSizeLessThan: 5000 } },
    transitions: [
      { days: 30, storageClass: "STANDARD_IA" },
      { days: 90, storageClass: "GLACIER" },
    ],
    noncurrentVersionTransitions: [{ noncurrentDays: 30, newerNoncurrentVersions: 2, storageClass: "GLACIER_IR" }],
    noncurrentVersionExpiration: { noncurrentDays: 365, newerNoncurrentVersions: 3 },
  };
  const uploads = {
    id: "uploads",
    status: "Disabled",
    filter: {},
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  };
  const inputs = { bucket, rules: [FORGET, archive, uploads] };
  const changed = {
    bucket,
    rules: [
      { ...FORGET, filter: {}, expiration: { date: "2030-01-01T00:00:00Z" } },
      { ...uploads, status: "Enabled" },
    ],
    transitionDefaultMinimumObjectSize: "varies_by_storage_class",
  };
  await liveThrough(t, operations, {
    type: LIFECYCLE,
    name: "lifecycle",
    inputs,
    unknown: ["expectedBucketOwner"],
    update: {
      inputs: changed,
      paths: [
        "rules[0].expiration.date",
        "rules[0].expiration.days",
        "rules[0].filter",
        "rules[1].abortIncompleteMultipartUpload",
        "rules[1].filter",
        "rules[1].id",
        "rules[1].noncurrentVersionExpiration",
        "rules[1].noncurrentVersionTransitions",
        "rules[1].transitions",
        "rules[2]",
        "transitionDefaultMinimumObjectSize",
      ],
    },
    replace: {
      inputs: { ...inputs, bucket: "other", expectedBucketOwner: ACCOUNT_ID },
      properties: ["bucket", "expectedBucketOwner"],
    },
    importWithout: [],
    async account(id, step) {
      t.is(id, bucket);
      const { Rules } = await get(bucket);
      if (step === "deleted") return void t.is(Rules, undefined);
      if (step === "updated") {
        t.deepEqual(Rules, [
          { ID: "forget", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Date: new Date("2030-01-01") } },
          {
            ID: "uploads",
            Status: "Enabled",
            Filter: { Prefix: "" },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ]);
        return;
      }
      t.deepEqual(Rules, [
        { ID: "forget", Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 90 } },
        {
          ID: "archive",
          Status: "Enabled",
          Filter: {
            And: {
              Prefix: "data/",
              Tags: [{ Key: "cold", Value: "yes" }],
              ObjectSizeGreaterThan: 1000,
              ObjectSizeLessThan: 5000,
            },
          },
          Transitions: [
            { Days: 30, StorageClass: "STANDARD_IA" },
            { Days: 90, StorageClass: "GLACIER" },
          ],
          NoncurrentVersionTransitions: [
            { NewerNoncurrentVersions: 2, NoncurrentDays: 30, StorageClass: "GLACIER_IR" },
          ],
          NoncurrentVersionExpiration: { NewerNoncurrentVersions: 3, NoncurrentDays: 365 },
        },
        {
          ID: "uploads",
          Status: "Disabled",
          Filter: { Prefix: "" },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        },
      ]);
    },
  });
});

for (const [what, rule, told] of [
  ["a tag", { filter: { tag: { key: "cold", value: "" } } }, { Filter: { Tag: { Key: "cold", Value: "" } } }],
  ["a size", { filter: { objectSizeGreaterThan: 500 } }, { Filter: { ObjectSizeGreaterThan: 500 } }],
  ["every object", {}, { Filter: { Prefix: "" } }],
  ["a prefix in the old way", { prefix: "old/" }, { Prefix: "old/" }],
] as const)
  test(`a rule is about ${what}`, async (t) => {
    const bucket = await newBucket(what.replaceAll(" ", "-"));
    const inputs = { bucket, rules: [{ id: "one", status: "Enabled", expiration: { days: 1 }, ...rule }] };
    const made = await operations.create(LIFECYCLE, "one", inputs);
    t.deepEqual((await get(bucket)).Rules, [{ ID: "one", Status: "Enabled", Expiration: { Days: 1 }, ...told }]);
    t.deepEqual((await operations.refresh(made))?.state, made.state);
    t.deepEqual((await operations.diff(made, inputs)).differences, []);
  });

test("marks of deletions go by a rule of their own", async (t) => {
  const bucket = await newBucket("markers");
  const rule = { id: "marks", status: "Enabled", expiration: { expiredObjectDeleteMarker: true } };
  const made = await operations.create(LIFECYCLE, "marks", { bucket, rules: [rule] });
  t.deepEqual((await get(bucket)).Rules?.[0]?.Expiration, { ExpiredObjectDeleteMarker: true });
  t.deepEqual((await operations.diff(made, { bucket, rules: [rule] })).differences, []);
});

test("objects move at once where nothing else is said, or on a day", async (t) => {
  const bucket = await newBucket("moving");
  const inputs = {
    bucket,
    rules: [
      { id: "once", status: "Enabled", filter: { prefix: "a/" }, transitions: [{ storageClass: "GLACIER" }] },
      {
        id: "day",
        status: "Enabled",
        filter: { prefix: "b/" },
        transitions: [{ date: "2030-01-01T00:00:00Z", storageClass: "GLACIER" }],
      },
    ],
  };
  const made = await operations.create(LIFECYCLE, "moving", inputs);
  t.deepEqual(
    (await get(bucket)).Rules?.map(({ Transitions }) => Transitions),
    [[{ Days: 0, StorageClass: "GLACIER" }], [{ Date: new Date("2030-01-01"), StorageClass: "GLACIER" }]],
  );
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
});

test("a rule that does nothing is refused by S3", async (t) => {
  const bucket = await newBucket("idle");
  const rules = [{ id: "idle", status: "Enabled" }];
  await t.throwsAsync(operations.create(LIFECYCLE, "idle", { bucket, rules }), {
    name: "InvalidRequest",
    message: "the rule idle does nothing: it needs an action",
  });
});

test("a lifecycle that was changed by hand is found and put back", async (t) => {
  const bucket = await newBucket("drifting");
  const inputs = { bucket, rules: [FORGET] };
  const made = await operations.create(LIFECYCLE, "drifting", inputs);
  await client.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket: bucket,
      LifecycleConfiguration: {
        Rules: [{ ID: "forget", Status: "Disabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 1 } }],
      },
    }),
  );
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual(
    (await operations.diff(drifted, inputs)).differences.map(({ path }) => path),
    ["rules[0].expiration.days", "rules[0].status"],
  );
  await operations.update(drifted, inputs);
  t.is((await get(bucket)).Rules?.[0]?.Expiration?.Days, 90);
});

test("a lifecycle with an owner has him in its id, and is found after a killed run", async (t) => {
  const bucket = await newBucket("owned");
  const inputs = { bucket, expectedBucketOwner: ACCOUNT_ID };
  t.is(await operations.lost(LIFECYCLE, "owned", "token", inputs), undefined);
  const made = await operations.create(LIFECYCLE, "owned", { ...inputs, rules: [FORGET] });
  t.is(made.id, `${bucket},${ACCOUNT_ID}`);
  t.is(await operations.lost(LIFECYCLE, "owned", "token", inputs), made.id);
  t.is((await operations.import(LIFECYCLE, "owned", made.id))?.state.expectedBucketOwner, ACCOUNT_ID);
});

const rules = (...parts: object[]) => ({
  bucket: "logs",
  rules: parts.map((part, index) => ({ id: `rule-${index}`, status: "Enabled", ...part })),
});
const tag = { key: "a", value: "b" };

refuses(operations, LIFECYCLE, { bucket: "logs", rules: [] }, "rules needs at least 1 entries, got 0");
refuses(
  operations,
  LIFECYCLE,
  { ...rules({ status: "On", expiration: { days: -1 } }), timeouts: { create: "1m" } },
  'rules[0].status must be one of Disabled, Enabled, got "On"',
  "rules[0].expiration.days must be at least 0, got -1",
  "timeouts is not supported offline; use the resource option customTimeouts",
);
refuses(
  operations,
  LIFECYCLE,
  rules({ id: "same", expiration: { days: 1 } }, { id: "same", expiration: { days: 2 } }),
  "rules holds the id same twice; ids tell the rules apart",
);
refuses(
  operations,
  LIFECYCLE,
  rules({ filter: { prefix: "a", tag }, prefix: "b", expiration: { days: 1, expiredObjectDeleteMarker: true } }),
  "rules[0].prefix cannot be set together with filter; move it into filter",
  "rules[0].filter takes one of prefix, tag; set them together in filter.and",
  "rules[0].expiration takes one of days, expiredObjectDeleteMarker; remove the others",
  "rules[0].expiration.expiredObjectDeleteMarker cannot be set for objects of certain tags or sizes; give it a rule of its own",
);
refuses(
  operations,
  LIFECYCLE,
  rules({
    expiration: { days: 60 },
    transitions: [
      { days: 10, storageClass: "STANDARD_IA" },
      { days: 60, storageClass: "GLACIER" },
      { date: "2030-01-01T12:00:00Z", storageClass: "GLACIER" },
      { date: "2030-01-01T00:00:00Z", days: 1, storageClass: "COLD" },
    ],
  }),
  'rules[0].transitions[3].storageClass must be one of DEEP_ARCHIVE, GLACIER, GLACIER_IR, INTELLIGENT_TIERING, ONEZONE_IA, STANDARD_IA, got "COLD"',
);
refuses(
  operations,
  LIFECYCLE,
  rules({
    expiration: { days: 60 },
    transitions: [
      { days: 10, storageClass: "STANDARD_IA" },
      { days: 60, storageClass: "GLACIER" },
      { date: "2030-01-01T12:00:00Z", storageClass: "GLACIER" },
      { date: "2030-01-01T00:00:00Z", days: 1, storageClass: "GLACIER" },
    ],
  }),
  "rules[0].transitions[0].days must be at least 30 for STANDARD_IA, got 10",
  "rules[0].transitions[1].days must be less than expiration.days (60), got 60",
  'rules[0].transitions[2].date must be midnight in UTC, got "2030-01-01T12:00:00Z"',
  "rules[0].transitions[2] and expiration must both have days, or both a date",
  "rules[0].transitions[3] takes one of date, days; remove one of them",
  "rules[0].transitions[3] and expiration must both have days, or both a date",
);
refuses(
  operations,
  LIFECYCLE,
  rules({ filter: { objectSizeLessThan: 9 }, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } }),
  "rules[0].abortIncompleteMultipartUpload cannot be set for objects of certain tags or sizes; give it a rule of its own",
);
