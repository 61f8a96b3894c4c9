import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The place of an instance among its equals: `primary`, `replica-1` and so on. It keeps its name whoever takes the writes. */
export type Slot = string;

/** The slot that is made empty. All others start as replicas. */
export const FIRST_SLOT: Slot = "primary";

/** What an instance does: takes the writes, follows the writer, or took the writes before and is reached by nobody. */
export type Role = "writer" | "reader" | "fenced";

/** What all instances have in common. */
export interface InstanceSettings {
  readonly engine: "mysql" | "mariadb";
  /** Two numbers and, if it is to be one release only, a third. */
  readonly version: string;
  readonly instanceClass: string;
  readonly storageGiB: number;
  /** Size up to which storage grows by itself. */
  readonly maximumStorageGiB: number;
  readonly multiAz: boolean;
  readonly backupRetentionDays: number;
  /** In UTC, such as 02:00-03:00. */
  readonly backupWindow: string;
  /** In UTC, such as sun:04:00-sun:05:00. It shares no minute with the other window. */
  readonly maintenanceWindow: string;
  /** Whether Performance Insights records what the database waits for. */
  readonly insights: boolean;
  readonly databaseName: string;
  readonly user: string;
  readonly password: pulumi.Input<string>;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Whether the writer refuses to be deleted. */
  readonly protect: boolean;
}

export interface Surroundings {
  readonly parameterGroupName: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
}

export interface InstancePlan extends Surroundings {
  readonly slot: Slot;
  readonly role: Role;
  readonly identifier: pulumi.Input<string>;
  /** Whom a reader follows. */
  readonly source?: pulumi.Input<string>;
  readonly finalSnapshotIdentifier: pulumi.Input<string>;
  readonly subnetGroupName: pulumi.Input<string>;
  readonly zone: string;
}

/** Errors and slow statements: what RDS writes to files that CloudWatch can take, without an option group. */
export const EXPORTED_LOGS = ["error", "slowquery"] as const;

/** How long Performance Insights keeps what it saw, where that costs nothing. */
const INSIGHTS_DAYS = 7;

/** An instance as the provider takes it. */
export function instanceArgs(settings: InstanceSettings, plan: InstancePlan): aws.rds.InstanceArgs {
  // AWS chooses the two zones of a Multi-AZ instance that starts empty.
  const chosen = plan.slot === FIRST_SLOT && settings.multiAz && plan.source === undefined;
  return {
    ...(plan.source === undefined ? standaloneArgs(settings, plan) : replicaArgs(settings, plan.source, plan)),
    identifier: plan.identifier,
    ...(!chosen && { availabilityZone: plan.zone }),
    enabledCloudwatchLogsExports: [...EXPORTED_LOGS],
  };
}

/**
 * A replica, which has its engine, data, user and password from its source. It holds nothing that the source does not, so it goes without a snapshot.
 * RDS would make it Multi-AZ where the source is.
 */
export function replicaArgs(settings: InstanceSettings, source: pulumi.Input<string>, surroundings: Surroundings) {
  return { ...common(settings, surroundings), replicateSourceDb: source, multiAz: false, skipFinalSnapshot: true };
}

function standaloneArgs(settings: InstanceSettings, plan: InstancePlan) {
  return {
    ...common(settings, plan),
    ...(plan.slot === FIRST_SLOT && empty(settings)),
    // Said of a promoted replica too, which has it already: the group must not go before the instance does.
    dbSubnetGroupName: plan.subnetGroupName,
    password: settings.password,
    multiAz: settings.multiAz,
    backupRetentionPeriod: settings.backupRetentionDays,
    backupWindow: settings.backupWindow,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: plan.finalSnapshotIdentifier,
    // What is fenced may go as soon as its data is no longer missed.
    deletionProtection: settings.protect && plan.role === "writer",
    deleteAutomatedBackups: !settings.protect,
  };
}

/**
 * Changes are carried out at once, so that an update that succeeded has done what it said: a new password that waits for the window would lock out machines
 * that have it already, and a replica cannot be promoted to what its parameters are to be next week. What it takes: a change of the instance class restarts
 * the database when `pulumi up` runs, so run it in a quiet hour. The policy `database-windows` therefore advises against it. What AWS changes by itself keeps
 * to the window.
 */
function common(settings: InstanceSettings, { parameterGroupName, securityGroupId }: Surroundings) {
  return {
    instanceClass: settings.instanceClass,
    storageType: "gp3",
    // RDS encrypts a replica as its source is. Left out, the provider would want to make it again, unencrypted.
    storageEncrypted: true,
    maxAllocatedStorage: settings.maximumStorageGiB,
    parameterGroupName,
    vpcSecurityGroupIds: [securityGroupId],
    publiclyAccessible: false,
    maintenanceWindow: settings.maintenanceWindow,
    autoMinorVersionUpgrade: true,
    applyImmediately: true,
    copyTagsToSnapshot: true,
    ...insights(settings),
  };
}

/** What only an instance that starts empty is told. A replica has all of it from its source, and keeps it when it is promoted. */
function empty(settings: InstanceSettings) {
  return {
    engine: settings.engine,
    engineVersion: settings.version,
    dbName: settings.databaseName,
    username: settings.user,
    allocatedStorage: settings.storageGiB,
    kmsKeyId: settings.kmsKeyArn,
  };
}

function insights({ insights: wanted, kmsKeyArn }: InstanceSettings) {
  if (!wanted) return { performanceInsightsEnabled: false };
  return {
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    performanceInsightsKmsKeyId: kmsKeyArn,
  };
}

/** Settings of the server: TLS only, and slow statements into the file that is exported. Values are what RDS reports back. */
export function parameterGroupArgs({ engine, version }: Pick<InstanceSettings, "engine" | "version">) {
  const [major = "", minor = ""] = version.split(".");
  return {
    family: `${engine}${major}.${minor}`,
    description: `A webstack on ${engine} ${major}.${minor}`,
    parameters: [
      { name: "require_secure_transport", value: "1" },
      { name: "slow_query_log", value: "1" },
      { name: "long_query_time", value: "1" },
      { name: "log_output", value: "FILE" },
    ],
  };
}
