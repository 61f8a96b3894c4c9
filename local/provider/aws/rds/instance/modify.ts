/** Requests that change an instance, made of what a program changes or of what an instance still lacks. */
import type { DBInstance, ModifyDBInstanceCommandInput } from "@aws-sdk/client-rds";
import type { Change } from "../../../core/resource.ts";
import { engineOf } from "./engines.ts";
import type { State } from "./read.ts";
import type { Args } from "./rules.ts";

export type Modification = Omit<ModifyDBInstanceCommandInput, "DBInstanceIdentifier" | "ApplyImmediately">;

/** Inputs that are sent as they are when they change, by the name that the API gives them. */
const PLAIN = {
  autoMinorVersionUpgrade: "AutoMinorVersionUpgrade",
  backupRetentionPeriod: "BackupRetentionPeriod",
  backupWindow: "PreferredBackupWindow",
  caCertIdentifier: "CACertificateIdentifier",
  copyTagsToSnapshot: "CopyTagsToSnapshot",
  databaseInsightsMode: "DatabaseInsightsMode",
  dbSubnetGroupName: "DBSubnetGroupName",
  dedicatedLogVolume: "DedicatedLogVolume",
  iamDatabaseAuthenticationEnabled: "EnableIAMDatabaseAuthentication",
  identifier: "NewDBInstanceIdentifier",
  instanceClass: "DBInstanceClass",
  licenseModel: "LicenseModel",
  maintenanceWindow: "PreferredMaintenanceWindow",
  monitoringInterval: "MonitoringInterval",
  monitoringRoleArn: "MonitoringRoleArn",
  multiAz: "MultiAZ",
  networkType: "NetworkType",
  optionGroupName: "OptionGroupName",
  parameterGroupName: "DBParameterGroupName",
  port: "DBPortNumber",
  publiclyAccessible: "PubliclyAccessible",
} as const satisfies Partial<Record<keyof Args, keyof Modification>>;

/** What AWS is to be told when one of these is taken out of the program. */
const WHEN_REMOVED: Readonly<Partial<Record<keyof typeof PLAIN, unknown>>> = {
  iamDatabaseAuthenticationEnabled: false,
  dedicatedLogVolume: false,
};

export function modificationOf(change: Change<Args, State>): Modification {
  const { news, changed } = change;
  const plain = Object.entries(PLAIN) as [keyof typeof PLAIN, keyof Modification][];
  return {
    ...Object.fromEntries(
      plain.filter(([input]) => changed(input)).map(([input, name]) => [name, news[input] ?? WHEN_REMOVED[input]]),
    ),
    ...storage(change),
    ...credentials(change),
    ...insights(change),
    ...logs(change),
    ...(changed("engineVersion") && {
      EngineVersion: news.engineVersion,
      AllowMajorVersionUpgrade: news.allowMajorVersionUpgrade ?? false,
    }),
    ...(changed("vpcSecurityGroupIds") && { VpcSecurityGroupIds: news.vpcSecurityGroupIds }),
    ...(changed("deletionProtection") && { DeletionProtection: news.deletionProtection ?? false }),
  };
}

function storage({ olds, news, changed }: Change<Args, State>): Modification {
  const size = news.allocatedStorage ?? olds.allocatedStorage;
  const iops = news.iops ?? olds.iops;
  const resized = changed("allocatedStorage", "iops");
  const faster = changed("storageThroughput");
  return {
    ...((resized || faster) && { AllocatedStorage: size }),
    // A small gp3 disk has IOPS that cannot be chosen.
    ...((changed("iops") || (resized && !hasFixedIops(news, size)) || faster) && { Iops: iops || undefined }),
    ...(faster && { StorageThroughput: news.storageThroughput }),
    ...(changed("storageType") && {
      StorageType: news.storageType,
      ...(news.storageType?.startsWith("io") && { Iops: iops }),
    }),
    // A limit at the present size switches automatic growth off.
    ...(changed("maxAllocatedStorage") && { MaxAllocatedStorage: news.maxAllocatedStorage || size }),
  };
}

function hasFixedIops({ storageType, engine }: Args, size = 0): boolean {
  return storageType === "gp3" && size < (engineOf(engine)?.gp3.thresholdGiB ?? 0);
}

function credentials({ news, changed }: Change<Args, State>): Modification {
  const key = changed("masterUserSecretKmsKeyId") ? news.masterUserSecretKmsKeyId : undefined;
  const password = changed("password") ? news.password : undefined;
  return {
    ...((changed("manageMasterUserPassword") || key) && {
      ManageMasterUserPassword: news.manageMasterUserPassword ?? false,
    }),
    ...(key && { MasterUserSecretKmsKeyId: key }),
    ...(changed("passwordWoVersion") && news.passwordWo && { MasterUserPassword: news.passwordWo }),
    ...(password && { MasterUserPassword: password }),
  };
}

function insights({ news, changed }: Change<Args, State>): Modification {
  const properties = [
    "performanceInsightsEnabled",
    "performanceInsightsKmsKeyId",
    "performanceInsightsRetentionPeriod",
  ] as const;
  if (!changed(...properties)) return {};
  return {
    EnablePerformanceInsights: news.performanceInsightsEnabled ?? false,
    PerformanceInsightsKMSKeyId: news.performanceInsightsKmsKeyId,
    PerformanceInsightsRetentionPeriod: news.performanceInsightsRetentionPeriod,
  };
}

function logs({ olds, news, changed }: Change<Args, State>): Modification {
  if (!changed("enabledCloudwatchLogsExports")) return {};
  const [before, after] = [olds.enabledCloudwatchLogsExports ?? [], news.enabledCloudwatchLogsExports ?? []];
  return {
    CloudwatchLogsExportConfiguration: {
      EnableLogTypes: after.filter((log) => !before.includes(log)),
      DisableLogTypes: before.filter((log) => !after.includes(log)),
    },
  };
}

/** What the calls that make a replica or restore a copy cannot say, or do not heed, so far as the instance differs from it. */
export function missingIn(found: DBInstance, inputs: Args): Modification {
  const wanted: [keyof Modification, unknown, unknown][] = [
    ["BackupRetentionPeriod", inputs.backupRetentionPeriod, found.BackupRetentionPeriod],
    ["CACertificateIdentifier", inputs.caCertIdentifier, found.CACertificateIdentifier],
    ["DBParameterGroupName", inputs.parameterGroupName, found.DBParameterGroups?.[0]?.DBParameterGroupName],
    ["DeletionProtection", inputs.deletionProtection, found.DeletionProtection],
    [
      "MaxAllocatedStorage",
      inputs.maxAllocatedStorage || undefined,
      found.MaxAllocatedStorage ?? found.AllocatedStorage,
    ],
    ["PreferredBackupWindow", inputs.backupWindow, found.PreferredBackupWindow],
    ["PreferredMaintenanceWindow", inputs.maintenanceWindow?.toLowerCase(), found.PreferredMaintenanceWindow],
    ["EnablePerformanceInsights", inputs.performanceInsightsEnabled, found.PerformanceInsightsEnabled ?? false],
    ["MonitoringInterval", inputs.monitoringInterval, found.MonitoringInterval ?? 0],
  ];
  const modification: Modification = Object.fromEntries(
    wanted.filter(([, value, has]) => value !== undefined && value !== has).map(([name, value]) => [name, value]),
  );
  return {
    ...modification,
    ...(modification.EnablePerformanceInsights && {
      PerformanceInsightsKMSKeyId: inputs.performanceInsightsKmsKeyId,
      PerformanceInsightsRetentionPeriod: inputs.performanceInsightsRetentionPeriod,
    }),
    ...(modification.MonitoringInterval && { MonitoringRoleArn: inputs.monitoringRoleArn }),
    ...(isCopy(inputs) && { MasterUserPassword: inputs.password ?? inputs.passwordWo }),
  };
}

/** A restored copy has the password of its original until it is told another. */
const isCopy = ({ snapshotIdentifier, restoreToPointInTime, password, passwordWo }: Args): boolean =>
  (snapshotIdentifier !== undefined || restoreToPointInTime !== undefined) && (password ?? passwordWo) !== undefined;
