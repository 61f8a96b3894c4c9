import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import {
  EXPORTED_LOGS,
  FIRST_SLOT,
  type InstanceSettings,
  instanceArgs,
  parameterGroupArgs,
  type Role,
  type Slot,
} from "./database-instance.ts";
import type { Tagger } from "./tagger.ts";

/** Who does what. */
export interface Roles {
  /** Takes the writes. A replica that becomes the writer is promoted. */
  readonly writer: Slot;
  /** Follow the writer. */
  readonly readers: readonly Slot[];
  /** Took the writes before, and keep what they have until they become readers. */
  readonly fenced: readonly Slot[];
}

export interface DatabaseArgs extends InstanceSettings {
  /** What the identifiers start with: letters, digits and single hyphens, at most 30. */
  readonly identifierPrefix: string;
  readonly roles: Roles;
  readonly securityGroupId: pulumi.Input<string>;
  /** A group that lets nothing in. */
  readonly closedSecurityGroupId: pulumi.Input<string>;
  /** The secret that tells machines the user and the password. */
  readonly secretArn: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** The zones of the subnets. The instances take turns, so that replicas are in other zones than the first. */
  readonly zones: readonly string[];
  readonly logRetentionDays: number;
  /** What the logs are encrypted with. @default a key of CloudWatch's own */
  readonly logKmsKeyArn?: pulumi.Input<string>;
  readonly tags: Tagger;
}

/** An instance as others need it. */
export interface DatabaseInstance {
  readonly slot: Slot;
  /** Known without the instance. */
  readonly identifier: pulumi.Output<string>;
  readonly address: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
}

/**
 * A managed database: one instance takes the writes, and any number of replicas follow it.
 *
 * Which one writes is configuration. In a promotion the old writer is closed first, so that there are never two. Then the new one leaves it, and the
 * other replicas are made again: RDS lets none follow another than the one it was made from.
 */
export class Database extends pulumi.ComponentResource {
  readonly writer: DatabaseInstance;
  readonly readers: readonly DatabaseInstance[];
  readonly fenced: readonly DatabaseInstance[];

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:database:Database", name, {}, opts);
    const { roles, tags } = args;
    const owned = { parent: this };

    const subnets = new aws.rds.SubnetGroup(
      `${name}-subnets`,
      { subnetIds: [...args.subnetIds], description: `Subnets of ${name}`, tags: tags.named(`${name}-subnets`) },
      owned,
    );
    const parameters = new aws.rds.ParameterGroup(
      `${name}-parameters`,
      { ...parameterGroupArgs(args), tags: tags.named(`${name}-parameters`) },
      owned,
    );
    const identity = identities(name, args, owned);
    const instance = (slot: Slot, role: Role, more: Instance) => {
      const identifier = identity.of(slot);
      const plan = {
        slot,
        role,
        identifier,
        ...(more.source && { source: more.source.identifier }),
        finalSnapshotIdentifier: identity.finalSnapshotOf(slot),
        subnetGroupName: subnets.name,
        parameterGroupName: parameters.name,
        securityGroupId: role === "fenced" ? args.closedSecurityGroupId : args.securityGroupId,
        zone: zoneOf(slot, args.zones),
      };
      const made = new aws.rds.Instance(
        `${name}-${slot}`,
        { ...instanceArgs(args, plan), tags: { ...tags.named(`${name}-${slot}`), role } },
        {
          ...owned,
          ...more.options,
          // After a failure AWS has the instance in another zone, and that is where it stays.
          ignoreChanges: ["availabilityZone"],
          dependsOn: [...logGroups(`${name}-${slot}`, identifier, args, owned), ...(more.after ?? [])],
        },
      );
      return { slot, identifier, made };
    };

    const fenced = roles.fenced.map((slot) => instance(slot, "fenced", {}));
    const writer = instance(roles.writer, "writer", {
      after: fenced.map(({ made }) => made),
      options: { protect: args.protect },
    });
    const readers = roles.readers.map((slot) => instance(slot, "reader", { source: writer.made, options: REMADE }));

    // Only now, so that no machine reads a password that the database does not take yet.
    new aws.secretsmanager.SecretVersion(
      `${name}-password`,
      {
        secretId: args.secretArn,
        secretString: pulumi.jsonStringify({ username: args.user, password: args.password }),
      },
      { ...owned, dependsOn: [writer.made] },
    );

    this.writer = described(writer);
    this.readers = readers.map(described);
    this.fenced = fenced.map(described);
    this.registerOutputs({ writer: this.writer.address, readers: this.readers.map(({ address }) => address) });
  }
}

interface Instance {
  readonly source?: aws.rds.Instance;
  readonly after?: readonly pulumi.Resource[];
  readonly options?: pulumi.CustomResourceOptions;
}

/** A reader that is to follow another writer goes first, since its identifier and its logs stay. */
const REMADE = { replaceOnChanges: ["replicateSourceDb"], deleteBeforeReplace: true };

function described({
  slot,
  identifier,
  made,
}: {
  slot: Slot;
  identifier: pulumi.Output<string>;
  made: aws.rds.Instance;
}) {
  return { slot, identifier, address: made.address, arn: made.arn };
}

function zoneOf(slot: Slot, zones: readonly string[]): string {
  const turn = slot === FIRST_SLOT ? 0 : Number(slot.slice("replica-".length));
  return zones[turn % zones.length] ?? "";
}

/**
 * Identifiers are fixed, since log groups are named by them and must be there first. A part of them is by chance: whatever makes the database a new one
 * changes it, so that the new one can stand beside the old, and so does every promotion with the names of the last snapshots.
 */
function identities(name: string, args: DatabaseArgs, owned: pulumi.CustomResourceOptions) {
  const { engine, databaseName, user, roles, identifierPrefix } = args;
  const id = new random.RandomId(`${name}-id`, { byteLength: 4, keepers: { engine, databaseName, user } }, owned);
  const last = new random.RandomId(
    `${name}-snapshot`,
    { byteLength: 4, keepers: { writer: roles.writer, database: id.hex } },
    owned,
  );
  const of = (slot: Slot) => pulumi.interpolate`${identifierPrefix}-${id.hex}-${slot}`;
  return { of, finalSnapshotOf: (slot: Slot) => pulumi.interpolate`${of(slot)}-final-${last.hex}` };
}

/** RDS makes the groups itself where they are missing, and then keeps the logs for ever. */
function logGroups(
  name: string,
  identifier: pulumi.Output<string>,
  { logRetentionDays, logKmsKeyArn, tags }: DatabaseArgs,
  owned: pulumi.CustomResourceOptions,
) {
  return EXPORTED_LOGS.map((log) => {
    const part = `${name}-${log}`;
    const args = {
      name: pulumi.interpolate`/aws/rds/instance/${identifier}/${log}`,
      retentionInDays: logRetentionDays,
      ...(logKmsKeyArn && { kmsKeyId: logKmsKeyArn }),
    };
    return new aws.cloudwatch.LogGroup(part, { ...args, tags: tags.named(part) }, owned);
  });
}
