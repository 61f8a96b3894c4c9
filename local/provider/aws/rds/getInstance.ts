import type { DBInstance } from "@aws-sdk/client-rds";
import type { GetInstanceArgs, GetInstanceResult } from "@pulumi/aws/rds/getInstance.js";
import { ProviderError } from "../../core/errors.ts";
import { invocation } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { readInstance, type State } from "./instance/read.ts";
import { findInstance, fromTags, instances, regionOf } from "./rds.ts";

async function find(call: AwsCall, { dbInstanceIdentifier, tags = {} }: GetInstanceArgs): Promise<DBInstance> {
  const found: DBInstance[] = [];
  if (dbInstanceIdentifier) {
    const named = await findInstance(call, dbInstanceIdentifier);
    if (named) found.push(named);
  } else for await (const instance of instances(call)) found.push(instance);
  const tagged = found.filter(({ TagList }) => {
    const own = fromTags(TagList);
    return Object.entries(tags).every(([key, value]) => own[key] === value);
  });
  const [only] = tagged;
  if (only && tagged.length === 1) return only;
  const asked = dbInstanceIdentifier ?? JSON.stringify(tags);
  throw new ProviderError(
    only
      ? `${tagged.length} databases match ${asked} where one is asked for; name one by dbInstanceIdentifier, or add tags`
      : `no database matches ${asked} in ${regionOf(call)}; correct dbInstanceIdentifier or tags`,
  );
}

/** What the API calls otherwise than the resource does, or tells only here. */
const more = (found: DBInstance) => ({
  dbClusterIdentifier: found.DBClusterIdentifier ?? "",
  dbInstanceArn: found.DBInstanceArn ?? "",
  dbInstanceClass: found.DBInstanceClass ?? "",
  dbInstanceIdentifier: found.DBInstanceIdentifier ?? "",
  dbInstancePort: found.DbInstancePort ?? 0,
  dbParameterGroups: (found.DBParameterGroups ?? []).map(({ DBParameterGroupName = "" }) => DBParameterGroupName),
  dbSubnetGroup: found.DBSubnetGroup?.DBSubnetGroupName ?? "",
  id: found.DBInstanceIdentifier ?? "",
  masterUsername: found.MasterUsername ?? "",
  optionGroupMemberships: (found.OptionGroupMemberships ?? []).map(({ OptionGroupName = "" }) => OptionGroupName),
  preferredBackupWindow: found.PreferredBackupWindow ?? "",
  preferredMaintenanceWindow: found.PreferredMaintenanceWindow ?? "",
  tags: fromTags(found.TagList),
  vpcSecurityGroups: (found.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = "" }) => VpcSecurityGroupId),
});

/** What the resource tells in the same words. */
const SHARED = [
  "address",
  "availabilityZone",
  "caCertIdentifier",
  "databaseInsightsMode",
  "dbName",
  "endpoint",
  "engine",
  "engineVersion",
  "hostedZoneId",
  "kmsKeyId",
  "licenseModel",
  "monitoringRoleArn",
  "networkType",
  "replicateSourceDb",
  "resourceId",
  "storageType",
  "timezone",
  "upgradeRolloutOrder",
] as const satisfies readonly (keyof State)[];

export default invocation<Aws, GetInstanceArgs, GetInstanceResult>(async (call, wanted) => {
  const found = await find(call, wanted);
  const state = readInstance(found, {});
  const shared = Object.fromEntries(SHARED.map((name) => [name, state[name] ?? ""])) as Record<
    (typeof SHARED)[number],
    string
  >;
  return {
    ...shared,
    ...more(found),
    allocatedStorage: state.allocatedStorage ?? 0,
    autoMinorVersionUpgrade: state.autoMinorVersionUpgrade ?? false,
    backupRetentionPeriod: state.backupRetentionPeriod ?? 0,
    enabledCloudwatchLogsExports: state.enabledCloudwatchLogsExports ?? [],
    iops: state.iops ?? 0,
    masterUserSecrets: (state.masterUserSecrets ?? []) as GetInstanceResult["masterUserSecrets"],
    maxAllocatedStorage: state.maxAllocatedStorage ?? 0,
    monitoringInterval: state.monitoringInterval ?? 0,
    multiAz: state.multiAz ?? false,
    port: state.port ?? 0,
    publiclyAccessible: state.publiclyAccessible ?? false,
    region: regionOf(call),
    storageEncrypted: state.storageEncrypted ?? false,
    storageThroughput: state.storageThroughput ?? 0,
  };
});
