/** Changes of an instance in place, and what AWS refuses of them. */
import { type DBInstance, ModifyDBInstanceCommand, PromoteReadReplicaCommand } from "@aws-sdk/client-rds";
import { ProviderError } from "../../../core/errors.ts";
import type { Change } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { findInstance, findSubnetGroup, rds } from "../rds.ts";
import { identifierOf } from "./create.ts";
import { compareVersions, covers, engineOf, majorOf } from "./engines.ts";
import { type Modification, modificationOf } from "./modify.ts";
import type { State } from "./read.ts";
import type { Args } from "./rules.ts";
import { checkKey, checkNetwork, checkParameterGroup } from "./surroundings.ts";
import { untilAvailable } from "./wait.ts";

export async function changeInstance(call: AwsCall, id: string, change: Change<Args, State>): Promise<void> {
  const { news, changed } = change;
  let found = await untilAvailable(call, id);
  await checkChange(call, found, change);
  if (changed("replicateSourceDb")) found = await promote(call, id, found, news);
  const modification = { ...modificationOf(change), ...renaming(call, change) };
  if (Object.keys(modification).length > 0) await modify(call, id, found, modification, news.applyImmediately ?? false);
}

function renaming(call: AwsCall, { news, changed }: Change<Args, State>): Modification {
  const fromPrefix = changed("identifierPrefix") && news.identifierPrefix && !news.identifier;
  return fromPrefix ? { NewDBInstanceIdentifier: identifierOf(call, news) } : {};
}

/** Ends the replication: from here on the instance takes writes. */
async function promote(call: AwsCall, id: string, found: DBInstance, news: Args): Promise<DBInstance> {
  if (news.replicateSourceDb)
    throw new ProviderError(
      `replicateSourceDb cannot be changed to another source, got ${news.replicateSourceDb}; replace the instance, or remove replicateSourceDb to promote it`,
    );
  await rds(call).send(
    new PromoteReadReplicaCommand({
      DBInstanceIdentifier: found.DBInstanceIdentifier,
      BackupRetentionPeriod: news.backupRetentionPeriod,
      PreferredBackupWindow: news.backupWindow,
    }),
  );
  return untilAvailable(call, id, "to be promoted");
}

export async function modify(
  call: AwsCall,
  id: string,
  { DBInstanceIdentifier }: DBInstance,
  modification: Modification,
  ApplyImmediately: boolean,
): Promise<void> {
  await rds(call).send(new ModifyDBInstanceCommand({ ...modification, DBInstanceIdentifier, ApplyImmediately }));
  const { PendingModifiedValues = {} } = await untilAvailable(call, id, "to be changed");
  const waiting = Object.keys(PendingModifiedValues).sort();
  if (waiting.length > 0)
    call.log(
      "info",
      `waits for the maintenance window: ${waiting.join(", ")}; set applyImmediately to change it now, which can restart the database`,
    );
}

async function checkChange(call: AwsCall, found: DBInstance, change: Change<Args, State>): Promise<void> {
  const { olds, news, changed } = change;
  checkStorage(found, change);
  checkAsSource(found, change);
  if (changed("engineVersion") && news.engineVersion) await checkVersion(call, found, news.engineVersion, news);
  if (changed("parameterGroupName", "engineVersion"))
    await checkParameterGroup(call, news.parameterGroupName, found.Engine, news.engineVersion ?? found.EngineVersion);
  if (changed("dbSubnetGroupName")) await checkMove(call, found, news.dbSubnetGroupName);
  if (changed("vpcSecurityGroupIds"))
    await checkNetwork(call, {
      dbSubnetGroupName: news.dbSubnetGroupName ?? olds.dbSubnetGroupName,
      vpcSecurityGroupIds: news.vpcSecurityGroupIds,
    });
  await checkInsightsKey(call, found, change);
}

function checkStorage({ AllocatedStorage = 0 }: DBInstance, { news, changed }: Change<Args, State>): void {
  const { allocatedStorage: size } = news;
  if (changed("allocatedStorage") && size !== undefined && size < AllocatedStorage)
    throw new ProviderError(
      `allocatedStorage cannot shrink, from ${AllocatedStorage} to ${size} GiB; a smaller database needs to be created and filled`,
    );
}

/** What replicas need of their source. */
function checkAsSource(
  { ReadReplicaDBInstanceIdentifiers: replicas = [] }: DBInstance,
  change: Change<Args, State>,
): void {
  const { news, changed } = change;
  if (replicas.length === 0) return;
  if (changed("backupRetentionPeriod") && news.backupRetentionPeriod === 0)
    throw new ProviderError(
      `backupRetentionPeriod must be more than 0 for a database with replicas (${replicas.join(", ")}), got 0; delete or promote them first`,
    );
  if (changed("manageMasterUserPassword") && news.manageMasterUserPassword)
    throw new ProviderError(
      `manageMasterUserPassword cannot be set for a database with replicas (${replicas.join(", ")}); delete or promote them first`,
    );
}

async function checkVersion(call: AwsCall, found: DBInstance, version: string, news: Args): Promise<void> {
  const { Engine, EngineVersion = "", ReadReplicaDBInstanceIdentifiers = [] } = found;
  if (covers(version, EngineVersion)) return;
  if (compareVersions(version, EngineVersion) < 0)
    throw new ProviderError(
      `engineVersion cannot go back from ${EngineVersion} to ${version}; restore a snapshot of the older version instead`,
    );
  if (majorOf(Engine, version) !== majorOf(Engine, EngineVersion) && !news.allowMajorVersionUpgrade)
    throw new ProviderError(
      `engineVersion ${version} is another major version than ${EngineVersion}, which needs allowMajorVersionUpgrade to be true`,
    );
  // PostgreSQL takes its replicas along.
  if (engineOf(Engine)?.majorNumbers !== 2) return;
  for (const replica of ReadReplicaDBInstanceIdentifiers) {
    const behind = await findReplica(call, replica);
    if (behind?.EngineVersion && compareVersions(behind.EngineVersion, version) < 0)
      throw new ProviderError(
        `engineVersion ${version} is newer than that of the replica ${replica} (${behind.EngineVersion}); replicas must be upgraded before their source`,
      );
  }
}

/** Replicas in other regions are named by their ARN. */
function findReplica(call: AwsCall, name: string): Promise<DBInstance | undefined> {
  const [, , , region, , , identifier = name] = name.split(":");
  return findInstance({ ...call, region: region ?? call.region }, identifier);
}

async function checkMove(call: AwsCall, found: DBInstance, name: string | undefined): Promise<void> {
  const group = name && (await findSubnetGroup(call, name));
  if (group && group.VpcId === found.DBSubnetGroup?.VpcId)
    throw new ProviderError(
      `dbSubnetGroupName cannot change to ${name}, which is in the same VPC (${group.VpcId}); AWS moves a database only to another VPC, so change the subnets of the present group, or replace the instance`,
    );
}

async function checkInsightsKey(
  call: AwsCall,
  { PerformanceInsightsEnabled, PerformanceInsightsKMSKeyId }: DBInstance,
  { news, changed }: Change<Args, State>,
): Promise<void> {
  const { performanceInsightsKmsKeyId: key } = news;
  if (!changed("performanceInsightsKmsKeyId") || !key) return;
  if (PerformanceInsightsEnabled && PerformanceInsightsKMSKeyId)
    throw new ProviderError(
      `performanceInsightsKmsKeyId cannot change from ${PerformanceInsightsKMSKeyId} to ${key}; switch Performance Insights off in one update and on with the other key in the next`,
    );
  await checkKey(call, "performanceInsightsKmsKeyId", key);
}
