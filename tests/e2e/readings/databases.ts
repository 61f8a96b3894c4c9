import { DescribeDBInstancesCommand, DescribeDBParametersCommand } from "@aws-sdk/client-rds";
import { type Account, one } from "../account.ts";
import { firewalls } from "./network.ts";

/** Each database instance by its slot: `primary writer mysql db.t4g.medium gp3, follows nobody, encrypted, private, ...`. */
export async function databases(account: Account, environment: string): Promise<string[]> {
  const groups = await firewalls(account, environment);
  const { DBInstances = [] } = await account.rds.send(new DescribeDBInstancesCommand());
  const slotOf = (identifier = "") => /-(primary|replica-\d+)$/.exec(identifier)?.[1] ?? identifier;
  return DBInstances.map((found) => {
    const role = found.TagList?.find(({ Key }) => Key === "role")?.Value;
    const source = found.ReadReplicaSourceDBInstanceIdentifier;
    const doors = found.VpcSecurityGroups?.map(({ VpcSecurityGroupId = "" }) => groups.get(VpcSecurityGroupId));
    return [
      `${slotOf(found.DBInstanceIdentifier)} ${role} ${found.Engine} ${found.DBInstanceClass} ${found.StorageType}`,
      source ? `follows ${slotOf(source)}` : "follows nobody",
      `in ${found.AvailabilityZone}`,
      found.MultiAZ ? "two zones" : "one zone",
      found.StorageEncrypted && found.KmsKeyId ? "encrypted" : "OPEN",
      found.PubliclyAccessible ? "PUBLIC" : "private",
      found.DeletionProtection ? "protected" : "unprotected",
      `reached as ${doors}`,
      `logs ${found.EnabledCloudwatchLogsExports?.toSorted()}`,
    ].join(", ");
  }).sort();
}

/** The settings of the database server that are not RDS's own. */
export async function parameters({ rds }: Account): Promise<string[]> {
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand());
  const names = new Set(
    DBInstances.flatMap(({ DBParameterGroups = [] }) => DBParameterGroups.map((group) => group.DBParameterGroupName)),
  );
  const DBParameterGroupName = one([...names]);
  const { Parameters = [] } = await rds.send(new DescribeDBParametersCommand({ DBParameterGroupName, Source: "user" }));
  return Parameters.map(({ ParameterName, ParameterValue }) => `${ParameterName} ${ParameterValue}`).sort();
}
