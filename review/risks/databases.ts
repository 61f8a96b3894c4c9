import type { Value } from "../../plan/values.ts";
import {
  always,
  emptyUnless,
  finalSnapshot,
  following,
  type Loss,
  type Losses,
  refusedBy,
  refusedUnlessOff,
  type Safeguard,
  told,
  toldIn,
  when,
} from "./loss.ts";

const REPLICA = "A replica: connections to it end. Its data is on what it follows.";

const snapshotted = finalSnapshot("finalSnapshotIdentifier", "skipFinalSnapshot");

const CLUSTER: Loss = {
  lost: "All data in it, and its automated backups.",
  safeguards: [refusedBy("deletionProtection"), snapshotted],
  copy: following("replicationSourceIdentifier", REPLICA),
};

const keptBackups = when("deleteAutomatedBackups", false, "Its automated backups stay until they are too old.");

/** DynamoDB and Keyspaces keep what point-in-time recovery has. @param on the value of what switches it on */
const recoverable =
  (on: Value, name: string): Safeguard =>
  (table) =>
    toldIn(table, "pointInTimeRecovery", name) === on
      ? "Point-in-time recovery is on: AWS keeps a backup for 35 days."
      : undefined;

const RECORDS: Loss = { lost: "All records in it." };
const DOCUMENTS: Loss = { lost: "All documents in it, and its automated snapshots." };
const cache = (snapshot: string): Loss => ({
  lost: "Everything that is cached in it, and what is kept nowhere else.",
  safeguards: [finalSnapshot(snapshot)],
});
const DEFINITIONS: Loss = { lost: "The definitions of its tables. What they describe stays where it is." };

/** Databases, caches and indexes. Source: what AWS's references and the provider's say of their deletion. */
export const DATABASES: Losses = {
  "aws:rds/instance:Instance": {
    lost: "All data in it, and its automated backups.",
    safeguards: [refusedBy("deletionProtection"), snapshotted, keptBackups],
    copy: following("replicateSourceDb", REPLICA),
  },
  "aws:rds/cluster:Cluster": { ...CLUSTER, safeguards: [...(CLUSTER.safeguards ?? []), keptBackups] },
  "aws:docdb/cluster:Cluster": CLUSTER,
  "aws:docdb/elasticCluster:ElasticCluster": { lost: "All data in it, and its automated backups." },
  "aws:neptune/cluster:Cluster": CLUSTER,
  "aws:neptunegraph/graph:Graph": { lost: "The whole graph.", safeguards: [refusedBy("deletionProtection")] },
  "aws:redshift/cluster:Cluster": {
    lost: "All data in it, and its automated snapshots.",
    safeguards: [snapshotted],
  },
  "aws:redshiftserverless/namespace:Namespace": { lost: "All data in it, and its recovery points." },
  "aws:dsql/cluster:Cluster": {
    lost: "All data in it.",
    safeguards: [
      (cluster) =>
        told(cluster, "forceDestroy") === true ? undefined : refusedBy("deletionProtectionEnabled")(cluster),
    ],
  },
  "aws:dynamodb/table:Table": {
    lost: "All items in it.",
    safeguards: [refusedBy("deletionProtectionEnabled"), recoverable(true, "enabled")],
  },
  "aws:dynamodb/tableReplica:TableReplica": { lost: "All items in it.", copy: always(REPLICA) },
  "aws:dynamodb/tableItem:TableItem": { lost: "The item.", isEntry: true },
  "aws:keyspaces/keyspace:Keyspace": { lost: "All tables in it." },
  "aws:keyspaces/table:Table": {
    lost: "All rows in it.",
    safeguards: [recoverable("ENABLED", "status")],
  },
  "aws:timestreamwrite/database:Database": RECORDS,
  "aws:timestreamwrite/table:Table": RECORDS,
  "aws:timestreaminfluxdb/dbInstance:DbInstance": RECORDS,
  "aws:timestreaminfluxdb/dbCluster:DbCluster": RECORDS,
  "aws:qldb/ledger:Ledger": {
    lost: "The whole journal.",
    safeguards: [refusedUnlessOff("deletionProtection")],
  },
  "aws:finspace/kxDatabase:KxDatabase": { lost: "All data in it." },
  "aws:lightsail/database:Database": {
    lost: "All data in it, and its automated backups.",
    safeguards: [finalSnapshot("finalSnapshotName", "skipFinalSnapshot")],
  },
  "aws:opensearch/domain:Domain": DOCUMENTS,
  "aws:opensearch/serverlessCollection:ServerlessCollection": { lost: "All documents in it." },
  "aws:elasticsearch/domain:Domain": DOCUMENTS,
  "aws:cloudsearch/domain:Domain": { lost: "All documents in it." },
  "aws:kendra/index:Index": { lost: "All documents in it." },
  "aws:elasticache/cluster:Cluster": {
    ...cache("finalSnapshotIdentifier"),
    copy: following("replicationGroupId", REPLICA),
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": cache("finalSnapshotIdentifier"),
  "aws:elasticache/serverlessCache:ServerlessCache": {
    lost: "Everything that is cached in it, and what is kept nowhere else.",
  },
  "aws:memorydb/cluster:Cluster": { lost: "All data in it.", safeguards: [finalSnapshot("finalSnapshotName")] },
  "aws:athena/database:Database": { ...DEFINITIONS, safeguards: [emptyUnless("forceDestroy", "tables")] },
  "aws:glue/catalogDatabase:CatalogDatabase": DEFINITIONS,
  "aws:glue/catalogTable:CatalogTable": { lost: "The definition of the table. What it describes stays where it is." },
};
