/** What AWS refuses because of other things in the account, and the emulated API accepts. */
import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { type DBInstance, DescribeDBParameterGroupsCommand } from "@aws-sdk/client-rds";
import { isNotFound, ProviderError } from "../../../core/errors.ts";
import type { AwsCall } from "../../client.ts";
import { ec2 } from "../../ec2/ec2.ts";
import { findSubnetGroup, rds, regionOf } from "../rds.ts";
import { familyOf } from "./engines.ts";
import type { Args } from "./rules.ts";

/** The parameter group is for the engine and its major version. */
export async function checkParameterGroup(
  call: AwsCall,
  name: string | undefined,
  engine: string | undefined,
  version: string | undefined,
): Promise<void> {
  const family = familyOf(engine, version);
  if (!name || !family || name.startsWith("default.")) return;
  const { DBParameterGroups } = await rds(call).send(
    new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name }),
  );
  const found = DBParameterGroups?.[0]?.DBParameterGroupFamily;
  if (found && found !== family)
    throw new ProviderError(
      `parameterGroupName ${name} is of the family ${found}, which ${engine} ${version} does not take; name a group of the family ${family}`,
    );
}

/** Zone and security groups fit the network of the subnet group. */
export async function checkNetwork(
  call: AwsCall,
  { availabilityZone, dbSubnetGroupName, vpcSecurityGroupIds = [] }: Partial<Args>,
): Promise<void> {
  const group = dbSubnetGroupName && (await findSubnetGroup(call, dbSubnetGroupName));
  if (!group) return;
  const zones = (group.Subnets ?? []).map(({ SubnetAvailabilityZone }) => SubnetAvailabilityZone?.Name);
  if (availabilityZone && !zones.includes(availabilityZone))
    throw new ProviderError(
      `availabilityZone ${availabilityZone} is none in which the subnet group ${dbSubnetGroupName} has a subnet; it has ${[...new Set(zones)].sort().join(", ")}`,
    );
  if (vpcSecurityGroupIds.length === 0) return;
  const { SecurityGroups = [] } = await ec2(call).send(
    new DescribeSecurityGroupsCommand({ GroupIds: [...vpcSecurityGroupIds] }),
  );
  const stranger = SecurityGroups.find(({ VpcId }) => VpcId !== group.VpcId);
  if (stranger)
    throw new ProviderError(
      `vpcSecurityGroupIds holds ${stranger.GroupId} of ${stranger.VpcId}, but the subnet group ${dbSubnetGroupName} is in ${group.VpcId}; name a security group of that VPC`,
    );
}

/** RDS can use the key. */
export async function checkKey(call: AwsCall, property: string, key: string | undefined): Promise<void> {
  if (!key) return;
  const region = regionOf(call);
  const problem = await keyProblem(call, key, region);
  if (problem) throw new ProviderError(`${property} ${key} ${problem}; name a key of ${region} that is enabled`);
}

async function keyProblem(call: AwsCall, KeyId: string, region: string): Promise<string | undefined> {
  const home = /^arn:[^:]+:kms:([^:]+):/.exec(KeyId)?.[1];
  if (home && home !== region) return `is in ${home}, where an instance in ${region} cannot use it`;
  try {
    const { KeyMetadata } = await call.context
      .client("kms", KMSClient, call.region)
      .send(new DescribeKeyCommand({ KeyId }));
    return KeyMetadata?.KeyState === "Enabled" ? undefined : `is in the state ${KeyMetadata?.KeyState}`;
  } catch (error) {
    if (isNotFound(error)) return "does not exist";
    throw error;
  }
}

/** As many as AWS allows per source (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html). */
const REPLICAS = 15;

/** A source can be followed, and the replica asks for nothing that the source forbids. */
export function checkSource(call: AwsCall, source: DBInstance, inputs: Args): void {
  const refuse = (reason: string): never => {
    throw new ProviderError(`replicateSourceDb ${inputs.replicateSourceDb} ${reason}`);
  };
  if (!source.BackupRetentionPeriod)
    refuse(
      "has no automated backups, without which it cannot be replicated; set its backupRetentionPeriod to more than 0",
    );
  if (source.MasterUserSecret && !source.Engine?.startsWith("sqlserver"))
    refuse(
      "has its password managed by RDS (manageMasterUserPassword), which allows no replicas; give it a password instead",
    );
  if ((source.ReadReplicaDBInstanceIdentifiers ?? []).length >= REPLICAS)
    refuse(`has ${REPLICAS} replicas already, the most that AWS allows`);
  if (inputs.engine && inputs.engine.toLowerCase() !== source.Engine)
    throw new ProviderError(
      `engine of a replica is that of its source, ${source.Engine}, got ${inputs.engine}; remove engine`,
    );
  checkSourceKey(call, source, inputs);
}

function checkSourceKey(
  call: AwsCall,
  { DBInstanceArn = "", KmsKeyId, StorageEncrypted }: DBInstance,
  { kmsKeyId }: Args,
): void {
  const home = DBInstanceArn.split(":")[3];
  const elsewhere = home !== regionOf(call);
  if (kmsKeyId && !StorageEncrypted)
    throw new ProviderError(
      "kmsKeyId cannot be set, because the source of the replica is not encrypted; remove it, or encrypt the source",
    );
  if (elsewhere && StorageEncrypted && !kmsKeyId)
    throw new ProviderError(
      `kmsKeyId is required and missing: the source of the replica is encrypted in ${home}, whose key does not reach ${regionOf(call)}`,
    );
  if (!elsewhere && kmsKeyId && KmsKeyId && kmsKeyId !== KmsKeyId)
    throw new ProviderError(
      `kmsKeyId of a replica in the region of its source is that of its source, ${KmsKeyId}; remove kmsKeyId`,
    );
}
