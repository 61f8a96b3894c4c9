import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { logGroupArn, regionalArn } from "./arn.ts";
import { type KeyUser, keyPolicy } from "./key-policy.ts";
import type { Tagger } from "./tagger.ts";

/** A service that encrypts with a key, and what for. */
export interface EncryptingService extends Omit<KeyUser, "actions"> {
  readonly principal: { readonly Service: string };
}

export interface EncryptionKeyArgs {
  readonly account: Account;
  /** What is encrypted with it. */
  readonly description: string;
  /** Services that use the key by themselves. What a role does with it, the role's policy says. */
  readonly services: readonly EncryptingService[];
  /** Whether the key refuses to be deleted, and can be had back for 30 days rather than 7 once it is. */
  readonly protect: boolean;
  readonly tags: Tagger;
}

/** All that encryption takes, and nothing that manages the key. */
const ENCRYPTION = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** A key of the stack's own that turns over every year, with an alias by which people find it. */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:encryption-key:EncryptionKey", name, {}, opts);
    const { account, description, services, protect, tags } = args;
    const owned = { parent: this };

    const key = new aws.kms.Key(
      `${name}-key`,
      {
        description,
        enableKeyRotation: true,
        deletionWindowInDays: protect ? 30 : 7,
        policy: keyPolicy(
          account,
          services.map((service) => ({ ...service, actions: ENCRYPTION })),
        ),
        tags: tags.named(`${name}-key`),
      },
      { ...owned, protect },
    );
    new aws.kms.Alias(`${name}-alias`, { namePrefix: `alias/${name}-`, targetKeyId: key.keyId }, owned);

    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/**
 * CloudWatch Logs, for some log groups only. `*` in a name stands for any letters. Source: CloudWatch Logs user guide, encrypt log data using KMS.
 */
export function logsOf(account: Account, logGroupNames: readonly string[]): EncryptingService {
  const arns = logGroupNames.map((name) => logGroupArn(account, name));
  return {
    principal: { Service: `logs.${account.region}.amazonaws.com` },
    condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arns } },
  };
}

/** CloudWatch, for alarms that publish to an encrypted topic. Source: SNS user guide, event sources of encrypted topics. */
export function alarmsOf(account: Account): EncryptingService {
  return {
    principal: { Service: "cloudwatch.amazonaws.com" },
    condition: {
      StringEquals: { "aws:SourceAccount": account.id },
      ArnLike: { "aws:SourceArn": regionalArn(account, "cloudwatch", "alarm:*") },
    },
  };
}
