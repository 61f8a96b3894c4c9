import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Statement } from "./policy.ts";
import type { Tagger } from "./tagger.ts";

export interface DatabaseCredentialsArgs {
  readonly user: string;
  /** Another number makes another password. */
  readonly passwordVersion: number;
  readonly region: string;
  /** Whether a deleted secret can be had back for 30 days, and the key as well. */
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
  readonly password: pulumi.Output<string>;
  /** What lets a machine read the secret. */
  readonly grant: readonly Statement[];

  constructor(name: string, args: DatabaseCredentialsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:database-credentials:DatabaseCredentials", name, {}, opts);
    const { user, passwordVersion, region, protect, tags } = args;
    const owned = { parent: this };

    const key = new aws.kms.Key(
      `${name}-key`,
      {
        description: "Data of a webstack and the password to it",
        enableKeyRotation: true,
        deletionWindowInDays: protect ? 30 : 7,
        tags: tags.named(`${name}-key`),
      },
      owned,
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
    this.password = password.result;
    this.grant = [
      { action: "secretsmanager:GetSecretValue", resource: secret.arn },
      {
        action: "kms:Decrypt",
        resource: key.arn,
        condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
      },
    ];
    this.registerOutputs({ kmsKeyArn: this.kmsKeyArn, secretArn: this.secretArn });
  }
}
