/** The four ways in which an instance comes to be. Each makes it by one call; what that call cannot say is changed afterwards. */
import {
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  type DBInstance,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from "@aws-sdk/client-rds";
import { ProviderError } from "../../../core/errors.ts";
import type { AwsCall } from "../../client.ts";
import { nameOf } from "../../names.ts";
import { findInstance, rds, regionOf, tagsOnCreation } from "../rds.ts";
import type { Args } from "./rules.ts";
import { checkKey, checkNetwork, checkParameterGroup, checkSource } from "./surroundings.ts";

export async function createInstance(call: AwsCall, inputs: Args): Promise<string> {
  await checkKey(call, "kmsKeyId", inputs.kmsKeyId);
  await checkKey(call, "performanceInsightsKmsKeyId", inputs.performanceInsightsKmsKeyId);
  await checkNetwork(call, inputs);
  const made = await make(call, inputs);
  return made?.DbiResourceId as string;
}

function make(call: AwsCall, inputs: Args): Promise<DBInstance | undefined> {
  if (inputs.replicateSourceDb) return replicate(call, inputs, inputs.replicateSourceDb);
  if (inputs.snapshotIdentifier) return restore(call, inputs, inputs.snapshotIdentifier);
  if (inputs.restoreToPointInTime) return restoreToTime(call, inputs, inputs.restoreToPointInTime);
  return createEmpty(call, inputs);
}

export const identifierOf = (call: AwsCall, { identifier, identifierPrefix }: Partial<Args>): string =>
  nameOf(call, { name: identifier, namePrefix: identifierPrefix });

/** What all four calls take. */
const shared = (call: AwsCall, inputs: Args) => ({
  AutoMinorVersionUpgrade: inputs.autoMinorVersionUpgrade,
  AvailabilityZone: inputs.availabilityZone,
  CopyTagsToSnapshot: inputs.copyTagsToSnapshot,
  DBInstanceClass: inputs.instanceClass,
  DBSubnetGroupName: inputs.dbSubnetGroupName,
  DedicatedLogVolume: inputs.dedicatedLogVolume,
  DeletionProtection: inputs.deletionProtection ?? false,
  EnableCloudwatchLogsExports: inputs.enabledCloudwatchLogsExports,
  EnableIAMDatabaseAuthentication: inputs.iamDatabaseAuthenticationEnabled,
  Iops: inputs.iops || undefined,
  MultiAZ: inputs.multiAz ?? false,
  NetworkType: inputs.networkType,
  OptionGroupName: inputs.optionGroupName,
  Port: inputs.port,
  PubliclyAccessible: inputs.publiclyAccessible,
  StorageThroughput: inputs.storageThroughput || undefined,
  StorageType: inputs.storageType,
  Tags: tagsOnCreation(call, inputs.tags),
  VpcSecurityGroupIds: inputs.vpcSecurityGroupIds,
});

const monitored = (inputs: Args) => ({
  DatabaseInsightsMode: inputs.databaseInsightsMode as "standard" | undefined,
  EnablePerformanceInsights: inputs.performanceInsightsEnabled,
  MonitoringInterval: inputs.monitoringInterval || undefined,
  MonitoringRoleArn: inputs.monitoringRoleArn,
  PerformanceInsightsKMSKeyId: inputs.performanceInsightsKmsKeyId,
  PerformanceInsightsRetentionPeriod: inputs.performanceInsightsRetentionPeriod,
});

/** As the official provider asks for when an instance is to start empty. */
const REQUIRED = ["allocatedStorage", "engine", "username"] as const;

async function createEmpty(call: AwsCall, inputs: Args): Promise<DBInstance | undefined> {
  const missing = REQUIRED.find((property) => inputs[property] === undefined);
  if (missing)
    throw new ProviderError(
      `${missing} is required for a database that starts empty, and missing; set it, or set replicateSourceDb, snapshotIdentifier or restoreToPointInTime`,
    );
  const password = inputs.password ?? inputs.passwordWo;
  if (password === undefined && !inputs.manageMasterUserPassword)
    throw new ProviderError("password is missing: one of password, passwordWo, manageMasterUserPassword is required");
  if (inputs.multiAz && inputs.availabilityZone)
    throw new ProviderError(
      "availabilityZone cannot be set together with multiAz: AWS chooses the two zones; remove one of them",
    );
  await checkParameterGroup(call, inputs.parameterGroupName, inputs.engine, inputs.engineVersion);
  const made = await rds(call).send(
    new CreateDBInstanceCommand({
      ...shared(call, inputs),
      ...monitored(inputs),
      AllocatedStorage: inputs.allocatedStorage,
      BackupRetentionPeriod: inputs.backupRetentionPeriod ?? 0,
      CACertificateIdentifier: inputs.caCertIdentifier,
      CharacterSetName: inputs.characterSetName,
      DBInstanceIdentifier: identifierOf(call, inputs),
      DBName: inputs.dbName,
      DBParameterGroupName: inputs.parameterGroupName,
      Engine: inputs.engine?.toLowerCase(),
      EngineLifecycleSupport: inputs.engineLifecycleSupport,
      EngineVersion: inputs.engineVersion,
      KmsKeyId: inputs.kmsKeyId,
      LicenseModel: inputs.licenseModel,
      ManageMasterUserPassword: inputs.manageMasterUserPassword || undefined,
      MasterUserPassword: password,
      MasterUserSecretKmsKeyId: inputs.masterUserSecretKmsKeyId,
      MasterUsername: inputs.username,
      MaxAllocatedStorage: inputs.maxAllocatedStorage || undefined,
      PreferredBackupWindow: inputs.backupWindow,
      PreferredMaintenanceWindow: inputs.maintenanceWindow,
      StorageEncrypted: inputs.storageEncrypted,
    }),
  );
  return made.DBInstance;
}

async function replicate(call: AwsCall, inputs: Args, source: string): Promise<DBInstance | undefined> {
  const found = await sourceOf(call, source);
  checkSource(call, found, inputs);
  await checkParameterGroup(call, inputs.parameterGroupName, found.Engine, found.EngineVersion);
  if (inputs.dbSubnetGroupName && !isArn(source))
    throw new ProviderError(
      `replicateSourceDb must be the ARN of the source, because dbSubnetGroupName is set, got ${source}; name ${found.DBInstanceArn}`,
    );
  if (inputs.allocatedStorage !== undefined)
    call.log("warning", `allocatedStorage is ignored: a replica has the size of its source when it is made`);
  const { DBInstance } = await rds(call).send(
    new CreateDBInstanceReadReplicaCommand({
      ...shared(call, inputs),
      ...monitored(inputs),
      DBInstanceIdentifier: identifierOf(call, inputs),
      KmsKeyId: inputs.kmsKeyId,
      SourceDBInstanceIdentifier: source,
    }),
  );
  return DBInstance;
}

const isArn = (name: string): boolean => name.startsWith("arn:");

/** The source, which may be in another region when it is named by its ARN. */
async function sourceOf(call: AwsCall, source: string): Promise<DBInstance> {
  const [, , , region, , , identifier = source] = isArn(source) ? source.split(":") : [];
  const found = await findInstance({ ...call, region: region ?? call.region }, identifier);
  if (found) return found;
  throw new ProviderError(
    `replicateSourceDb ${source} is no database in ${region ?? regionOf(call)}; name the identifier of one in the same region, or the ARN of one in another`,
  );
}

async function restore(call: AwsCall, inputs: Args, snapshot: string): Promise<DBInstance | undefined> {
  const { DBInstance } = await rds(call).send(
    new RestoreDBInstanceFromDBSnapshotCommand({
      ...shared(call, inputs),
      DBInstanceIdentifier: identifierOf(call, inputs),
      DBParameterGroupName: inputs.parameterGroupName,
      DBSnapshotIdentifier: snapshot,
      Engine: inputs.engine,
      LicenseModel: inputs.licenseModel,
    }),
  );
  return DBInstance;
}

async function restoreToTime(
  call: AwsCall,
  inputs: Args,
  moment: NonNullable<Args["restoreToPointInTime"]>,
): Promise<DBInstance | undefined> {
  const { DBInstance } = await rds(call).send(
    new RestoreDBInstanceToPointInTimeCommand({
      ...shared(call, inputs),
      DBParameterGroupName: inputs.parameterGroupName,
      Engine: inputs.engine,
      LicenseModel: inputs.licenseModel,
      RestoreTime: moment.restoreTime ? new Date(moment.restoreTime) : undefined,
      SourceDBInstanceIdentifier: moment.sourceDbInstanceIdentifier,
      TargetDBInstanceIdentifier: identifierOf(call, inputs),
      UseLatestRestorableTime: moment.useLatestRestorableTime,
    }),
  );
  return DBInstance;
}
