/** What the account says of an instance, in the words of the schema. */
import type { DBInstance } from "@aws-sdk/client-rds";
import type { InstanceState } from "@pulumi/aws/rds/instance.js";
import type { Plain } from "../../../core/resource.ts";
import { fromTags } from "../rds.ts";
import { covers } from "./engines.ts";

export type State = Plain<InstanceState>;

export function readInstance(found: DBInstance, known: Partial<State>): Partial<State> {
  return {
    ...settings(found, known),
    ...identity(found),
    ...capacity(found),
    ...network(found),
    ...monitoring(found),
    ...credentials(found),
    replicas: found.ReadReplicaDBInstanceIdentifiers ?? [],
    replicateSourceDb: sourceAsKnown(found, known.replicateSourceDb),
    tags: fromTags(found.TagList),
  };
}

function identity(found: DBInstance): Partial<State> {
  const { Address: address, Port: port } = found.Endpoint ?? {};
  return {
    address,
    arn: found.DBInstanceArn,
    endpoint: address && `${address}:${port}`,
    hostedZoneId: found.Endpoint?.HostedZoneId,
    identifier: found.DBInstanceIdentifier,
    port,
    resourceId: found.DbiResourceId,
    status: found.DBInstanceStatus,
    // AWS tells it once there is a backup; the emulated API tells the present moment, always.
    latestRestorableTime: undefined,
  };
}

function settings(found: DBInstance, known: Partial<State>): Partial<State> {
  return {
    autoMinorVersionUpgrade: found.AutoMinorVersionUpgrade,
    availabilityZone: found.AvailabilityZone,
    backupRetentionPeriod: found.BackupRetentionPeriod,
    backupTarget: found.BackupTarget,
    backupWindow: found.PreferredBackupWindow,
    caCertIdentifier: found.CACertificateIdentifier,
    copyTagsToSnapshot: found.CopyTagsToSnapshot,
    dbName: found.DBName,
    // False is what a program says by saying nothing.
    deletionProtection: found.DeletionProtection || undefined,
    engine: found.Engine,
    engineLifecycleSupport: found.EngineLifecycleSupport ?? known.engineLifecycleSupport,
    engineVersion: versionAsKnown(found, known.engineVersion),
    engineVersionActual: found.EngineVersion,
    iamDatabaseAuthenticationEnabled: found.IAMDatabaseAuthenticationEnabled || undefined,
    instanceClass: found.DBInstanceClass,
    licenseModel: found.LicenseModel,
    maintenanceWindow: found.PreferredMaintenanceWindow,
    multiAz: found.MultiAZ,
    optionGroupName: found.OptionGroupMemberships?.[0]?.OptionGroupName,
    parameterGroupName: found.DBParameterGroups?.[0]?.DBParameterGroupName,
    username: found.MasterUsername,
  };
}

const capacity = (found: DBInstance): Partial<State> => ({
  allocatedStorage: found.AllocatedStorage,
  dedicatedLogVolume: found.DedicatedLogVolume || undefined,
  iops: found.Iops,
  kmsKeyId: found.KmsKeyId,
  maxAllocatedStorage: found.MaxAllocatedStorage,
  storageEncrypted: found.StorageEncrypted || undefined,
  storageThroughput: found.StorageThroughput,
  storageType: found.StorageType,
});

const network = (found: DBInstance): Partial<State> => ({
  dbSubnetGroupName: found.DBSubnetGroup?.DBSubnetGroupName,
  networkType: found.NetworkType,
  publiclyAccessible: found.PubliclyAccessible,
  vpcSecurityGroupIds: (found.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = "" }) => VpcSecurityGroupId),
});

const monitoring = (found: DBInstance): Partial<State> => ({
  databaseInsightsMode: found.DatabaseInsightsMode,
  enabledCloudwatchLogsExports: found.EnabledCloudwatchLogsExports ?? [],
  monitoringInterval: found.MonitoringInterval ?? 0,
  monitoringRoleArn: found.MonitoringRoleArn,
  performanceInsightsEnabled: found.PerformanceInsightsEnabled,
  performanceInsightsKmsKeyId: found.PerformanceInsightsKMSKeyId,
  performanceInsightsRetentionPeriod: found.PerformanceInsightsRetentionPeriod,
});

/** The password is never told. Whether RDS manages it shows in its secret. */
const credentials = ({ MasterUserSecret: secret }: DBInstance): Partial<State> => ({
  masterUserSecretKmsKeyId: secret?.KmsKeyId,
  masterUserSecrets: secret
    ? [{ kmsKeyId: secret.KmsKeyId ?? "", secretArn: secret.SecretArn ?? "", secretStatus: secret.SecretStatus ?? "" }]
    : [],
});

/** What the program names stays as it is named as long as it is true, also while it waits for the maintenance window. */
function versionAsKnown({ EngineVersion = "", PendingModifiedValues }: DBInstance, known: string | undefined): string {
  const pending = PendingModifiedValues?.EngineVersion;
  if (known && (covers(known, EngineVersion) || (pending && covers(known, pending)))) return known;
  return EngineVersion;
}

/** AWS names a source in the same region by its identifier, also when the program has named it by its ARN. */
function sourceAsKnown(found: DBInstance, known: string | undefined): string | undefined {
  const source = found.ReadReplicaSourceDBInstanceIdentifier || undefined;
  const own = found.DBInstanceArn?.split(":").slice(0, 6).join(":");
  return known && source && known === `${own}:${source}` ? known : source;
}
