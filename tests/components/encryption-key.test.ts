import test from "ava";
import { alarmsOf, EncryptionKey, type EncryptionKeyArgs, logsOf } from "../../components/encryption-key.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: EncryptionKeyArgs = {
  account: ACCOUNT,
  description: "Logs of a webstack",
  services: [logsOf(ACCOUNT, ["/shop/web/*", "aws-waf-logs-shop"]), alarmsOf(ACCOUNT)],
  protect: false,
  tags: TAGS,
};

const key = (changes: Partial<EncryptionKeyArgs> = {}) =>
  record(() => new EncryptionKey("logs", { ...ARGS, ...changes }));

const KEY = "aws:kms/key:Key";

test("the key turns over every year and can be had back for a week after it was deleted", async (t) => {
  const { one, built } = await key();
  const { policy: _, ...inputs } = one(KEY).inputs;
  t.deepEqual(inputs, {
    description: "Logs of a webstack",
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    tags: tagsOf("logs-key"),
  });
  t.is(await unwrap(built.arn), "arn:aws:kms:eu-central-1:123456789012:key/logs-key");
});

test("a protected key refuses to be deleted, and can be had back for a month once it is", async (t) => {
  const kept = (await key({ protect: true })).one(KEY);
  t.deepEqual([kept.protect, kept.inputs.deletionWindowInDays], [true, 30]);
  t.false((await key()).one(KEY).protect);
});

test("people find the key by an alias", async (t) => {
  t.deepEqual((await key()).one("aws:kms/alias:Alias").inputs, {
    namePrefix: "alias/logs-",
    targetKeyId: "logs-key",
  });
});

const ENCRYPTION = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

test("the account manages the key, and each service encrypts with it for what it is named for", async (t) => {
  const { policy } = (await key()).one(KEY).inputs;
  t.deepEqual(JSON.parse(String(policy)), {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Action: ENCRYPTION,
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": [
              "arn:aws:logs:eu-central-1:123456789012:log-group:/shop/web/*",
              "arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-shop",
            ],
          },
        },
      },
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ENCRYPTION,
        Resource: "*",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*" },
        },
      },
    ],
  });
});
