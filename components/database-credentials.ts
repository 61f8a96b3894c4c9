import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Account } from "./account.ts";
import { secretArn } from "./arn.ts";
import { keyPolicy } from "./key-policy.ts";
import type { Statement } from "./policy.ts";
import type { Tagger } from "./tagger.ts";

export interface DatabaseCredentialsArgs {
  readonly user: string;
  /** Another number makes another password. */
  readonly passwordVersion: number;
  readonly account: Account;
  /** The role of machines that read the secret. */
  readonly readerArn: pulumi.Input<string>;
  /** Whether the key refuses to be deleted, and whether for 30 days it and the secret can be had back once they are. */
  readonly protect: boolean;
  readonly tags: Tagger;
}

/**
 * The key of the data and the password of the database.
 *
 * RDS could manage the password itself, but then allows no replicas. So it is generated here, is a secret in the state, and reaches machines through
 * Secrets Manager only, which they read with their role. Source: RDS user guide, password management with Secrets Manager.
 */
export class DatabaseCredentials extends pulumi.ComponentResource {
  readonly kmsKeyArn: pulumi.Output<string>;
  /** Holds `{"username", "password"}` once the database takes the password. */
  readonly secretArn: pulumi.Output<string>;
  /** By which machines ask for the secret. Unlike the ARN it is known in a first preview. */
  readonly secretName: pulumi.Output<string>;
  readonly password: pulumi.Output<string>;
  /** What lets a machine read the secret. That it may decrypt what it reads, the policy of the key says. */
  readonly grant: readonly Statement[];

  constructor(name: string, args: DatabaseCredentialsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:database-credentials:DatabaseCredentials", name, {}, opts);
    const { account, user, passwordVersion, protect, tags } = args;
    const owned = { parent: this };

    const key = new aws.kms.Key(
      `${name}-key`,
      {
        description: "Data of a webstack and the password to it",
        enableKeyRotation: true,
        deletionWindowInDays: protect ? 30 : 7,
        policy: reading(args),
        tags: tags.named(`${name}-key`),
      },
      { ...owned, protect },
    );
    const secret = new aws.secretsmanager.Secret(
      `${name}-secret`,
      {
        description: `The database user ${user}`,
        kmsKeyId: key.arn,
        recoveryWindowInDays: protect ? 30 : 0,
        tags: tags.named(`${name}-secret`),
      },
      owned,
    );
    const password = new random.RandomPassword(
      `${name}-password`,
      { length: 40, special: false, keepers: { version: String(passwordVersion) } },
      owned,
    );

    this.kmsKeyArn = key.arn;
    this.secretArn = secret.arn;
    this.secretName = secret.name;
    this.password = password.result;
    this.grant = [
      {
        action: "secretsmanager:GetSecretValue",
        resource: secret.name.apply((secretName) => secretArn(account, secretName)),
      },
    ];
    this.registerOutputs({ kmsKeyArn: this.kmsKeyArn, secretArn: this.secretArn });
  }
}

/**
 * Lets machines decrypt what Secrets Manager reads for them, and nothing by themselves. It stands here and not in the policy of their role, which would
 * have to name the key: by its ARN, which no preview knows before there is a key, or by every key of the account under conditions, which Security Hub
 * (KMS.1, KMS.2) takes for every key, since it reads no conditions.
 */
function reading({ account, readerArn }: DatabaseCredentialsArgs): pulumi.Output<string> {
  return keyPolicy(account, [
    {
      principal: { AWS: readerArn },
      actions: ["kms:Decrypt"],
      condition: { StringEquals: { "kms:ViaService": `secretsmanager.${account.region}.amazonaws.com` } },
    },
  ]);
}
