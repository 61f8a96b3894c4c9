import test from "ava";
import { ALL, build, INSTANCE, KEY, keyArn, LOG_GROUP, listed, type Stack, statements, TEMPLATE } from "./support.ts";

test("own keys turn over every year, but for that of DNSSEC, which Route 53 lets nobody turn over", async (t) => {
  const { all } = await build(ALL);
  t.deepEqual(
    Object.fromEntries(
      all(KEY).map(({ name, inputs }) => [name, [inputs.enableKeyRotation, inputs.deletionWindowInDays]]),
    ),
    {
      "logs-key-key": [true, 30],
      "topic-key-key": [true, 30],
      "database-credentials-key": [true, 30],
      "database-remote-key": [true, 30],
      "dnssec-key": [undefined, 30],
    },
  );
});

test("a key is used by the one service or role that it is for, under a condition, and managed by the account", async (t) => {
  const { all } = await build(ALL);
  const users = all(KEY).flatMap(({ name, inputs: { policy } }) =>
    policy === undefined
      ? []
      : statements(policy).map(({ Principal, Condition }) => [name, Principal, Object.keys(Condition ?? {})]),
  );
  const account = { AWS: "arn:aws:iam::123456789012:root" };
  t.deepEqual(users.sort(), [
    ["database-credentials-key", account, []],
    ["database-credentials-key", { AWS: "arn:aws:iam::123456789012:role/app-role-1234567" }, ["StringEquals"]],
    ["dnssec-key", account, []],
    ["dnssec-key", { Service: "dnssec-route53.amazonaws.com" }, ["StringEquals", "ArnEquals"]],
    ["dnssec-key", { Service: "dnssec-route53.amazonaws.com" }, ["StringEquals", "ArnEquals", "Bool"]],
    ["logs-key-key", account, []],
    ["logs-key-key", { Service: "logs.eu-central-1.amazonaws.com" }, ["ArnLike"]],
    ["topic-key-key", account, []],
    ["topic-key-key", { Service: "cloudwatch.amazonaws.com" }, ["StringEquals", "ArnLike"]],
  ]);
});

interface Disk {
  readonly ebs: { readonly encrypted: string };
}

test("volumes, databases, buckets, the secret and the topic are encrypted", async (t) => {
  const { all, one } = await build(ALL);
  for (const { name, inputs } of all(TEMPLATE)) {
    const { blockDeviceMappings: disks } = inputs as { blockDeviceMappings: readonly Disk[] };
    t.deepEqual(
      disks.map(({ ebs }) => ebs.encrypted),
      ["true"],
      name,
    );
  }
  t.is(all(TEMPLATE).length, 4);
  t.deepEqual(
    Object.fromEntries(all(INSTANCE).map(({ name, inputs }) => [name, [inputs.storageEncrypted, inputs.kmsKeyId]])),
    {
      "database-primary": [true, keyArn("database-credentials-key")],
      // Encrypted with the key of what they follow.
      "database-replica-1": [true, undefined],
      "database-replica-2": [true, undefined],
      "database-remote-instance": [true, keyArn("database-remote-key")],
    },
  );
  t.deepEqual(
    all("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
      .map(({ inputs }) => inputs.bucket)
      .sort(),
    all("aws:s3/bucket:Bucket")
      .map(({ name }) => `${name}-1234567`)
      .sort(),
  );
  t.is(one("aws:secretsmanager/secret:Secret").inputs.kmsKeyId, keyArn("database-credentials-key"));
  t.is(one("aws:sns/topic:Topic").inputs.kmsMasterKeyId, keyArn("topic-key-key"));
});

/** The ARNs of log groups that a key may be used for, as one expression. */
function usable({ one }: Stack): RegExp {
  const arns = statements(one(KEY, "logs-key-key").inputs.policy).flatMap(({ Condition }) =>
    listed(Condition?.ArnLike?.["kms:EncryptionContext:aws:logs:arn"] ?? []),
  );
  const expressions = arns.map((arn) => arn.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*"));
  return new RegExp(`^(${expressions.join("|")})$`);
}

test("every log group forgets, and is encrypted with a key that may be used for it", async (t) => {
  const stack = await build({ ...ALL, "monitoring.logRetentionDays": 90 });
  const groups = stack.all(LOG_GROUP);
  t.deepEqual(groups.map(({ inputs }) => inputs.name).sort(), [
    "/aws/rds/instance/webstack-dev-0a1b2c3d-primary/error",
    "/aws/rds/instance/webstack-dev-0a1b2c3d-primary/slowquery",
    "/aws/rds/instance/webstack-dev-0a1b2c3d-replica-1/error",
    "/aws/rds/instance/webstack-dev-0a1b2c3d-replica-1/slowquery",
    "/aws/rds/instance/webstack-dev-0a1b2c3d-replica-2/error",
    "/aws/rds/instance/webstack-dev-0a1b2c3d-replica-2/slowquery",
    "/webstack-dev/app/service",
    "/webstack-dev/app/system",
    "/webstack-dev/network/flows",
    "/webstack-dev/web/service",
    "/webstack-dev/web/system",
    "aws-waf-logs-webstack-dev",
  ]);
  const mayUse = usable(stack);
  for (const { inputs } of groups) {
    t.like(inputs, { retentionInDays: 90, kmsKeyId: keyArn("logs-key-key") });
    t.regex(`arn:aws:logs:eu-central-1:123456789012:log-group:${inputs.name}`, mayUse);
  }
  t.notRegex("arn:aws:logs:eu-central-1:123456789012:log-group:/aws/rds/instance/another-primary/error", mayUse);
});
