import {
  type DBInstance,
  type Parameter,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBParameters,
} from "@aws-sdk/client-rds";
import type { Database, Unsupported } from "./account.ts";
import { all } from "./clients.ts";
import { type MasterSecret, passwordOf, readMasterSecrets } from "./master-secrets.ts";
import { belongs, type Found, found, type Source } from "./source.ts";

export async function readDatabases(source: Source): Promise<Found<Database>> {
  const { rds } = source.clients;
  const [instances, clusters, secrets] = await Promise.all([
    all(paginateDescribeDBInstances({ client: rds }, {}), ({ DBInstances }) => DBInstances),
    all(paginateDescribeDBClusters({ client: rds }, {}), ({ DBClusters }) => DBClusters),
    readMasterSecrets(source),
  ]);
  const ours = instances.filter(({ DBSubnetGroup }) => source.networkIds.includes(DBSubnetGroup?.VpcId ?? ""));
  const groups = new Set(ours.flatMap(({ DBParameterGroups = [] }) => DBParameterGroups.map(nameOf)));
  const parameters = new Map(
    await Promise.all(
      [...groups].map(async (name): Promise<[string, Parameter[]]> => {
        const pages = paginateDescribeDBParameters({ client: rds }, { DBParameterGroupName: name, Source: "user" });
        return [name, await all(pages, ({ Parameters }) => Parameters)];
      }),
    ),
  );
  return found([
    ...ours.flatMap((instance) => {
      const own = (instance.DBParameterGroups ?? []).flatMap((group) => parameters.get(nameOf(group)) ?? []);
      return databaseOf(instance, own, secrets);
    }),
    ...clusters
      .filter(({ TagList }) => belongs(TagList, source.scope))
      .map(({ DBClusterIdentifier }) => ({
        what: `database cluster ${DBClusterIdentifier}`,
        why: "clusters do not run here",
      })),
  ]);
}

const nameOf = ({ DBParameterGroupName = "" }: { DBParameterGroupName?: string }): string => DBParameterGroupName;

/** An instance has its name from when it is made; one that goes has nobody to serve. */
const GOING = ["deleting", "failed", "stopped", "stopping"];

export function databaseOf(
  instance: DBInstance,
  parameters: readonly Parameter[],
  secrets: readonly MasterSecret[],
): (Database | Unsupported)[] {
  const { DBInstanceIdentifier: identifier = "", Engine: engine, Endpoint, DBInstanceStatus = "" } = instance;
  const out = (what: string, why: string): Unsupported => ({ what: `${what} ${identifier}`, why });
  if (instance.DBClusterIdentifier) return [];
  if (engine !== "mysql" && engine !== "mariadb")
    return [out("database", `its engine is ${engine}, and here databases are MariaDB, for mysql and mariadb`)];
  if (!Endpoint?.Address || GOING.includes(DBInstanceStatus)) return [];
  const zone = instance.AvailabilityZone ?? "";
  const subnets = instance.DBSubnetGroup?.Subnets ?? [];
  const subnet = subnets.find(({ SubnetAvailabilityZone }) => SubnetAvailabilityZone?.Name === zone);
  if (!subnet?.SubnetIdentifier) return [out("database", `its subnet group has no subnet in its zone, ${zone}`)];
  const masterUser = instance.MasterUsername ?? "";
  const masterPassword = passwordOf(
    { masterUser, identifier, secretArn: instance.MasterUserSecret?.SecretArn },
    secrets,
  );
  const sourceIdentifier = instance.ReadReplicaSourceDBInstanceIdentifier;
  const elsewhere = (instance.ReadReplicaDBInstanceIdentifiers ?? []).filter((replica) => replica.includes(":"));
  return [
    {
      identifier,
      resourceId: instance.DbiResourceId ?? "",
      arn: instance.DBInstanceArn ?? "",
      engine,
      engineVersion: instance.EngineVersion ?? "",
      endpoint: { host: Endpoint.Address, port: Endpoint.Port ?? 3306 },
      zone,
      subnetId: subnet.SubnetIdentifier,
      securityGroupIds: (instance.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = "" }) => VpcSecurityGroupId),
      publiclyAccessible: instance.PubliclyAccessible ?? false,
      ...(instance.DBName && { databaseName: instance.DBName }),
      masterUser,
      ...(masterPassword !== undefined && { masterPassword }),
      ...(sourceIdentifier && { sourceIdentifier }),
      parameters: parametersOf(parameters),
    },
    ...(instance.MultiAZ
      ? [out("the standby of database", "one that is lost here is not taken over in another zone")]
      : []),
    ...elsewhere.map((replica) => ({ what: `replica ${replica}`, why: "only one region is carried here" })),
  ];
}

function parametersOf(parameters: readonly Parameter[]): Readonly<Record<string, string>> {
  const set = parameters.filter(({ ParameterValue }) => ParameterValue !== undefined);
  return Object.fromEntries(set.map(({ ParameterName = "", ParameterValue = "" }) => [ParameterName, ParameterValue]));
}
