import { AuthorizeSecurityGroupIngressCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  type DBInstance,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import test from "ava";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { UNKNOWN } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { REGION, startAccount } from "../account.ts";
import { type Network, newNetwork } from "./network.ts";

const INSTANCE = "aws:rds/instance:Instance";
const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";
const PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new RDSClient(account.client);

let network: Network;
test.before(async () => {
  network = await newNetwork(account.client, REGION);
  await operations.create(SUBNET_GROUP, "data", { name: "data", subnetIds: network.subnetIds });
});

/** A database as small as it can be, which may be deleted. */
const SMALL = {
  engine: "mysql",
  engineVersion: "8.4",
  instanceClass: "db.t4g.medium",
  allocatedStorage: 20,
  username: "webstack",
  password: "correct-horse-battery",
  skipFinalSnapshot: true,
} satisfies Values;

async function find(identifier: string): Promise<DBInstance | undefined> {
  const { DBInstances = [] } = await client.send(new DescribeDBInstancesCommand({}));
  return DBInstances.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === identifier);
}

const newKey = async (region = REGION): Promise<string> =>
  (await new KMSClient({ ...account.client, region }).send(new CreateKeyCommand({}))).KeyMetadata?.Arn as string;

/** What no preview of a database can know, apart from what the program says. */
const UNKNOWN_OUTPUTS = [
  "address",
  "arn",
  "availabilityZone",
  "backupTarget",
  "caCertIdentifier",
  "databaseInsightsMode",
  "endpoint",
  "engineLifecycleSupport",
  "engineVersionActual",
  "hostedZoneId",
  "identifierPrefix",
  "iops",
  "latestRestorableTime",
  "licenseModel",
  "listenerEndpoints",
  "masterUserSecretKmsKeyId",
  "masterUserSecrets",
  "monitoringRoleArn",
  "networkType",
  "optionGroupName",
  "performanceInsightsKmsKeyId",
  "performanceInsightsRetentionPeriod",
  "replicas",
  "resourceId",
  "snapshotIdentifier",
  "status",
  "storageThroughput",
  "upgradeRolloutOrder",
];

test("a database lives as AWS's own would", async (t) => {
  const kmsKeyId = await newKey();
  await operations.create(PARAMETER_GROUP, "life", { name: "life", family: "mysql8.4" });
  const inputs = {
    ...SMALL,
    identifier: "life",
    dbName: "webstack",
    storageType: "gp3",
    storageEncrypted: true,
    kmsKeyId,
    maxAllocatedStorage: 100,
    multiAz: true,
    dbSubnetGroupName: "data",
    vpcSecurityGroupIds: [network.securityGroupId],
    parameterGroupName: "life",
    port: 3306,
    backupRetentionPeriod: 7,
    backupWindow: "02:00-03:00",
    maintenanceWindow: "Sun:04:00-Sun:05:00",
    enabledCloudwatchLogsExports: ["error", "slowquery"],
    applyImmediately: true,
    copyTagsToSnapshot: true,
    tags: { tier: "data" },
  };
  await liveThrough(t, operations, {
    type: INSTANCE,
    name: "database",
    inputs,
    unknown: UNKNOWN_OUTPUTS,
    empty: [
      "databaseInsightsMode",
      "engineLifecycleSupport",
      "identifierPrefix",
      "iops",
      "latestRestorableTime",
      "listenerEndpoints",
      "masterUserSecretKmsKeyId",
      "monitoringRoleArn",
      "performanceInsightsKmsKeyId",
      "performanceInsightsRetentionPeriod",
      "snapshotIdentifier",
      "storageThroughput",
      "upgradeRolloutOrder",
    ],
    update: {
      inputs: {
        ...inputs,
        instanceClass: "db.m7g.large",
        allocatedStorage: 40,
        multiAz: false,
        backupRetentionPeriod: 14,
        backupWindow: "01:00-01:30",
        enabledCloudwatchLogsExports: ["error", "general"],
        deletionProtection: false,
        performanceInsightsEnabled: true,
        port: 3307,
        tags: { tier: "base" },
      },
      paths: [
        "allocatedStorage",
        "backupRetentionPeriod",
        "backupWindow",
        "enabledCloudwatchLogsExports[1]",
        "instanceClass",
        "multiAz",
        "performanceInsightsEnabled",
        "port",
        "tags.tier",
      ],
    },
    replace: {
      inputs: { ...inputs, engine: "mariadb", username: "other", dbName: "other", storageEncrypted: false },
      properties: ["dbName", "engine", "storageEncrypted", "username"],
    },
    importWithout: ["applyImmediately", "engineVersion", "maintenanceWindow", "password"],
    async account(id, step) {
      t.regex(id, /^db-[0-9A-Z]{26}$/);
      const found = await find("life");
      if (step === "deleted") return void t.is(found, undefined);
      const isNew = step === "created";
      t.like(found, {
        AllocatedStorage: isNew ? 20 : 40,
        BackupRetentionPeriod: isNew ? 7 : 14,
        DBInstanceClass: isNew ? "db.t4g.medium" : "db.m7g.large",
        DBName: "webstack",
        DbiResourceId: id,
        EngineVersion: "8.4.6",
        KmsKeyId: kmsKeyId,
        MasterUsername: "webstack",
        MaxAllocatedStorage: 100,
        MultiAZ: isNew,
        PerformanceInsightsEnabled: !isNew,
        PreferredBackupWindow: isNew ? "02:00-03:00" : "01:00-01:30",
        PreferredMaintenanceWindow: "sun:04:00-sun:05:00",
        PubliclyAccessible: false,
        StorageEncrypted: true,
        TagList: [{ Key: "tier", Value: isNew ? "data" : "base" }],
      });
      t.is(found?.Endpoint?.Port, isNew ? 3306 : 3307);
      t.deepEqual(found?.EnabledCloudwatchLogsExports, ["error", isNew ? "slowquery" : "general"]);
      t.is(found?.DBParameterGroups?.[0]?.DBParameterGroupName, "life");
      t.is(found?.DBSubnetGroup?.DBSubnetGroupName, "data");
    },
  });
});

test("a database tells where it answers", async (t) => {
  const made = await operations.create(INSTANCE, "told", { ...SMALL, identifier: "told" });
  const found = await find("told");
  t.like(made.state, {
    address: found?.Endpoint?.Address,
    arn: found?.DBInstanceArn,
    endpoint: `${found?.Endpoint?.Address}:3306`,
    engineVersion: "8.4",
    engineVersionActual: "8.4.6",
    hostedZoneId: found?.Endpoint?.HostedZoneId,
    identifier: "told",
    port: 3306,
    replicas: [],
    resourceId: made.id,
    status: "available",
  });
  t.false("password" in ((await operations.import(INSTANCE, "told", "told"))?.state ?? {}));
});

test("a database without a name has one of the provider's making, which stays", async (t) => {
  const made = await operations.create(INSTANCE, "auto", SMALL);
  t.regex(String(made.state.identifier), /^auto[0-9a-f]{7}$/);
  t.deepEqual((await operations.diff(made, SMALL)).differences, []);
  const prefixed = await operations.create(INSTANCE, "prefixed", { ...SMALL, identifierPrefix: "web-" });
  t.regex(String(prefixed.state.identifier), /^web-[0-9a-f]{26}$/);
});

test("a database is imported by its identifier, whatever its id, and may then be deleted without a snapshot", async (t) => {
  const made = await operations.create(INSTANCE, "imported", { ...SMALL, identifier: "imported" });
  const imported = await operations.import(INSTANCE, "imported", "imported");
  t.is(imported?.id, made.id);
  t.like(imported?.state, { identifier: "imported", skipFinalSnapshot: true, deleteAutomatedBackups: true });
  t.is(await operations.import(INSTANCE, "imported", "none"), undefined);
});

test("another identifier is taken in place, and the id stays", async (t) => {
  const inputs = { ...SMALL, identifier: "before", applyImmediately: true, tags: { a: "b" } };
  const made = await operations.create(INSTANCE, "renamed", inputs);
  const renamed = { ...inputs, identifier: "after", tags: { a: "c" } };
  t.deepEqual((await operations.diff(made, renamed)).replaces, []);
  t.like(await operations.previewUpdate(made, renamed), { address: UNKNOWN, arn: UNKNOWN, endpoint: UNKNOWN });
  const updated = await operations.update(made, renamed);
  t.is((await find("after"))?.DbiResourceId, made.id);
  t.is(updated.state.address, (await find("after"))?.Endpoint?.Address);
  t.deepEqual((await find("after"))?.TagList, [{ Key: "a", Value: "c" }]);
  t.is(await find("before"), undefined);
});

test("a version stands for every release that it begins", async (t) => {
  const made = await operations.create(INSTANCE, "versions", { ...SMALL, applyImmediately: true });
  await client.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: made.state.identifier as string,
      EngineVersion: "8.4.9",
      ApplyImmediately: true,
    }),
  );
  const patched = await operations.refresh(made);
  t.like(patched?.state, { engineVersion: "8.4", engineVersionActual: "8.4.9" });
  t.deepEqual((await operations.diff(patched ?? made, { ...SMALL, applyImmediately: true })).differences, []);
  const exact = await operations.create(INSTANCE, "exact", { ...SMALL, engineVersion: "8.4.5" });
  t.deepEqual((await operations.diff(exact, { ...SMALL, engineVersion: "8.4.6" })).differences, [
    { path: "engineVersion", kind: "update", replace: false },
  ]);
});

test("a version that RDS does not offer is refused", async (t) => {
  await t.throwsAsync(operations.create(INSTANCE, "old", { ...SMALL, engineVersion: "5.5" }), {
    name: "InvalidParameterCombination",
    message: "Cannot find version 5.5 for mysql",
  });
});

test("a major version needs to be allowed, and none goes back", async (t) => {
  const inputs = { ...SMALL, engineVersion: "8.0", applyImmediately: true };
  const made = await operations.create(INSTANCE, "major", inputs);
  await t.throwsAsync(operations.update(made, { ...inputs, engineVersion: "8.4" }), {
    message: "engineVersion 8.4 is another major version than 8.0.43, which needs allowMajorVersionUpgrade to be true",
  });
  const allowed = { ...inputs, engineVersion: "8.4", allowMajorVersionUpgrade: true };
  const upgraded = await operations.update(made, allowed);
  t.is(upgraded.state.engineVersionActual, "8.4.6");
  await t.throwsAsync(operations.update(upgraded, { ...allowed, engineVersion: "8.0" }), {
    message: "engineVersion cannot go back from 8.4.6 to 8.0; restore a snapshot of the older version instead",
  });
});

test("without applyImmediately a change waits for the maintenance window, and is asked for again", async (t) => {
  const made = await operations.create(INSTANCE, "waiting", { ...SMALL, identifier: "waiting" });
  const wanted = { ...SMALL, identifier: "waiting", instanceClass: "db.m7g.large", backupRetentionPeriod: 3 };
  const updated = await operations.update(made, wanted);
  t.like(updated.state, { instanceClass: "db.t4g.medium", backupRetentionPeriod: 3 });
  t.is((await find("waiting"))?.PendingModifiedValues?.DBInstanceClass, "db.m7g.large");
  t.true(
    operations.messages.includes(
      "info: waits for the maintenance window: DBInstanceClass; set applyImmediately to change it now, which can restart the database",
    ),
  );
  t.deepEqual((await operations.diff(updated, wanted)).changed, ["instanceClass"]);
  const applied = await operations.update(updated, { ...wanted, applyImmediately: true });
  t.is(applied.state.instanceClass, "db.m7g.large");
  t.deepEqual((await find("waiting"))?.PendingModifiedValues, {});
});

test("a version that waits for its window is no difference", async (t) => {
  const made = await operations.create(INSTANCE, "later", { ...SMALL, engineVersion: "8.4.5" });
  const wanted = { ...SMALL, engineVersion: "8.4.6" };
  const updated = await operations.update(made, wanted);
  t.like(updated.state, { engineVersion: "8.4.6", engineVersionActual: "8.4.5" });
  t.deepEqual((await operations.diff(updated, wanted)).differences, []);
});

test("a disk grows by itself up to its limit without a difference, and does not shrink", async (t) => {
  const inputs = { ...SMALL, identifier: "growing", maxAllocatedStorage: 100, applyImmediately: true };
  const made = await operations.create(INSTANCE, "growing", inputs);
  await client.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier: "growing", AllocatedStorage: 60, ApplyImmediately: true }),
  );
  const grown = (await operations.refresh(made)) ?? made;
  t.is(grown.state.allocatedStorage, 60);
  t.deepEqual((await operations.diff(grown, inputs)).differences, []);
  t.deepEqual((await operations.diff(grown, { ...inputs, allocatedStorage: 80 })).changed, ["allocatedStorage"]);
  const { maxAllocatedStorage: _, ...fixed } = inputs;
  await t.throwsAsync(operations.update(grown, fixed), {
    message: "allocatedStorage cannot shrink, from 60 to 20 GiB; a smaller database needs to be created and filled",
  });
  const stopped = await operations.update(grown, { ...fixed, allocatedStorage: 60 });
  t.is((await find("growing"))?.MaxAllocatedStorage, undefined);
  t.deepEqual(
    (await operations.diff(stopped, { ...fixed, allocatedStorage: 60, maxAllocatedStorage: 60 })).differences,
    [],
  );
});

test("IOPS and throughput of a large disk are chosen and changed", async (t) => {
  const inputs = { ...SMALL, allocatedStorage: 400, storageType: "gp3", iops: 12_000, storageThroughput: 500 };
  const made = await operations.create(INSTANCE, "fast", { ...inputs, applyImmediately: true });
  t.like(made.state, { iops: 12_000, storageThroughput: 500 });
  const faster = await operations.update(made, { ...inputs, storageThroughput: 1000, applyImmediately: true });
  t.like(await find(made.state.identifier as string), { AllocatedStorage: 400, Iops: 12_000, StorageThroughput: 1000 });
  t.is(faster.state.storageThroughput, 1000);
});

test("what was changed by hand is found and put back", async (t) => {
  const inputs = { ...SMALL, identifier: "drifting", applyImmediately: true, backupRetentionPeriod: 7 };
  const made = await operations.create(INSTANCE, "drifting", inputs);
  await client.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: "drifting",
      BackupRetentionPeriod: 1,
      DeletionProtection: true,
      PubliclyAccessible: true,
      ApplyImmediately: true,
    }),
  );
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual([...(await operations.diff(drifted, inputs)).changed].sort(), [
    "backupRetentionPeriod",
    "deletionProtection",
    "publiclyAccessible",
  ]);
  await operations.update(drifted, inputs);
  t.like(await find("drifting"), { BackupRetentionPeriod: 7, DeletionProtection: false, PubliclyAccessible: false });
});

test("a password is never read back, and another one is set in place", async (t) => {
  const inputs = { ...SMALL, identifier: "password" };
  const made = await operations.create(INSTANCE, "password", inputs);
  t.is(made.state.password, SMALL.password);
  const { paths } = { paths: (await operations.diff(made, { ...inputs, password: "another-one" })).differences };
  t.deepEqual(paths, [{ path: "password", kind: "update", replace: false }]);
  await t.notThrowsAsync(operations.update(made, { ...inputs, password: "another-one" }));
});

test("a write-only password is set by its version and is in no state", async (t) => {
  const { password: _, ...rest } = SMALL;
  const inputs = { ...rest, identifier: "writeonly", passwordWo: "first-secret", passwordWoVersion: 1 };
  const made = await operations.create(INSTANCE, "writeonly", inputs);
  t.false("passwordWo" in made.state);
  t.deepEqual((await operations.diff(made, { ...inputs, passwordWo: "other-secret" })).differences, []);
  const next = { ...inputs, passwordWo: "other-secret", passwordWoVersion: 2 };
  t.deepEqual((await operations.diff(made, next)).changed, ["passwordWoVersion"]);
  const updated = await operations.update(made, next);
  t.false("passwordWo" in updated.state);
  t.is(updated.state.passwordWoVersion, 2);
});

test("RDS can manage the password, and stop doing so", async (t) => {
  const { password, ...rest } = SMALL;
  const managed = { ...rest, identifier: "managed", manageMasterUserPassword: true, applyImmediately: true };
  const made = await operations.create(INSTANCE, "managed", managed);
  const [secret] = made.state.masterUserSecrets as { secretArn: string }[];
  t.regex(String(secret?.secretArn), /:secret:rds!db-/);
  t.deepEqual((await operations.diff(made, managed)).differences, []);
  const own = { ...rest, identifier: "managed", password, applyImmediately: true };
  const updated = await operations.update(made, own);
  t.deepEqual(updated.state.masterUserSecrets, []);
});

test("Performance Insights are kept as they were asked for", async (t) => {
  const kmsKeyId = await newKey();
  const inputs = {
    ...SMALL,
    identifier: "insights",
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: 62,
    performanceInsightsKmsKeyId: kmsKeyId,
  };
  const made = await operations.create(INSTANCE, "insights", inputs);
  t.like(await find("insights"), {
    PerformanceInsightsEnabled: true,
    PerformanceInsightsRetentionPeriod: 62,
    PerformanceInsightsKMSKeyId: kmsKeyId,
  });
  const other = await newKey();
  await t.throwsAsync(operations.update(made, { ...inputs, performanceInsightsKmsKeyId: other }), {
    message: `performanceInsightsKmsKeyId cannot change from ${kmsKeyId} to ${other}; switch Performance Insights off in one update and on with the other key in the next`,
  });
  const off = await operations.update(made, { ...SMALL, identifier: "insights" });
  t.is(off.state.performanceInsightsEnabled, false);
});

test("a protected database is not deleted, unless the protection was only waiting to go", async (t) => {
  const inputs = { ...SMALL, identifier: "protected", deletionProtection: true, applyImmediately: true };
  const made = await operations.create(INSTANCE, "protected", inputs);
  await t.throwsAsync(operations.delete(made), {
    name: "InvalidParameterCombination",
    message: "Cannot delete protected DB Instance, please disable deletion protection and try again.",
  });
  await operations.delete({ ...made, state: { ...made.state, deletionProtection: false } });
  t.is(await find("protected"), undefined);
});

const snapshotsOf = async (DBInstanceIdentifier: string) =>
  (
    (await client.send(new DescribeDBSnapshotsCommand({ DBInstanceIdentifier, SnapshotType: "manual" }))).DBSnapshots ??
    []
  ).map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier);

test("a database goes with a last snapshot, whose name is asked for when it goes", async (t) => {
  const inputs = { ...SMALL, identifier: "last", skipFinalSnapshot: false };
  const made = await operations.create(INSTANCE, "last", inputs);
  await t.throwsAsync(operations.delete(made), {
    message:
      "finalSnapshotIdentifier is required to delete last, because skipFinalSnapshot is false; set one of them, run an update, then delete it",
  });
  const named = await operations.update(made, { ...inputs, finalSnapshotIdentifier: "last-of-all" });
  await operations.delete(named);
  t.deepEqual(await snapshotsOf("last"), ["last-of-all"]);
});

test("a last snapshot does not overwrite another", async (t) => {
  const inputs = { ...SMALL, identifier: "taken", skipFinalSnapshot: false, finalSnapshotIdentifier: "taken-name" };
  const made = await operations.create(INSTANCE, "taken", inputs);
  await client.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: "taken", DBSnapshotIdentifier: "taken-name" }));
  await t.throwsAsync(operations.delete(made), { name: "DBSnapshotAlreadyExistsFault" });
  t.truthy(await find("taken"));
});

test("a database comes back from a snapshot, with what the program asks for now", async (t) => {
  const original = await operations.create(INSTANCE, "original", { ...SMALL, identifier: "original", dbName: "data" });
  await client.send(
    new CreateDBSnapshotCommand({ DBInstanceIdentifier: "original", DBSnapshotIdentifier: "copy-of-it" }),
  );
  const inputs = {
    identifier: "restored",
    snapshotIdentifier: "copy-of-it",
    instanceClass: "db.m7g.large",
    backupRetentionPeriod: 5,
    skipFinalSnapshot: true,
    applyImmediately: true,
  };
  const restored = await operations.create(INSTANCE, "restored", inputs);
  t.not(restored.id, original.id);
  t.like(restored.state, { engine: "mysql", dbName: "data", backupRetentionPeriod: 5, instanceClass: "db.m7g.large" });
  t.deepEqual((await operations.diff(restored, inputs)).differences, []);
});

test("a database that a killed run made is told from another of the same name", async (t) => {
  await client.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: "lost",
      DBInstanceClass: "db.t4g.medium",
      Engine: "mysql",
      Tags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }],
    }),
  );
  const inputs = { identifier: "lost" };
  t.is(await operations.lost(INSTANCE, "lost", "token-of-the-lost", inputs), (await find("lost"))?.DbiResourceId);
  t.is(await operations.lost(INSTANCE, "lost", "another", inputs), undefined);
  t.is(await operations.lost(INSTANCE, "lost", "another", { identifier: "none" }), undefined);
});

/** What AWS refuses when a database is made, and the emulated API does not. */
const refusals: [inputs: Values, message: string | RegExp][] = [
  [
    { engine: undefined },
    "engine is required for a database that starts empty, and missing; set it, or set replicateSourceDb, snapshotIdentifier or restoreToPointInTime",
  ],
  [{ password: undefined }, "password is missing: one of password, passwordWo, manageMasterUserPassword is required"],
  [
    { multiAz: true, availabilityZone: `${REGION}a` },
    "availabilityZone cannot be set together with multiAz: AWS chooses the two zones; remove one of them",
  ],
  [
    { dbSubnetGroupName: "data", availabilityZone: "eu-west-1d" },
    "availabilityZone eu-west-1d is none in which the subnet group data has a subnet; it has eu-west-1a, eu-west-1b, eu-west-1c",
  ],
  [
    { kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1", storageEncrypted: true },
    "kmsKeyId arn:aws:kms:us-east-1:123456789012:key/1 is in us-east-1, where an instance in eu-west-1 cannot use it; name a key of eu-west-1 that is enabled",
  ],
  [
    { kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/none", storageEncrypted: true },
    "kmsKeyId arn:aws:kms:eu-west-1:123456789012:key/none does not exist; name a key of eu-west-1 that is enabled",
  ],
  [
    { parameterGroupName: "older" },
    "parameterGroupName older is of the family mysql8.0, which mysql 8.4 does not take; name a group of the family mysql8.4",
  ],
];

test("what AWS refuses of a new database is refused", async (t) => {
  await operations.create(PARAMETER_GROUP, "older", { name: "older", family: "mysql8.0" });
  for (const [inputs, message] of refusals) {
    const all = Object.fromEntries(Object.entries({ ...SMALL, ...inputs }).filter(([, value]) => value !== undefined));
    await t.throwsAsync(operations.create(INSTANCE, "refused", { identifier: "refused", ...all }), { message });
  }
  t.is(await find("refused"), undefined);
});

test("a security group of another VPC is refused, also when it is added later", async (t) => {
  const other = await newNetwork(account.client, REGION);
  await new EC2Client(account.client).send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: other.securityGroupId,
      IpProtocol: "tcp",
      FromPort: 3306,
      ToPort: 3306,
      CidrIp: "10.0.0.0/8",
    }),
  );
  const inputs = { ...SMALL, dbSubnetGroupName: "data", vpcSecurityGroupIds: [other.securityGroupId] };
  const message = `vpcSecurityGroupIds holds ${other.securityGroupId} of ${other.vpcId}, but the subnet group data is in ${network.vpcId}; name a security group of that VPC`;
  await t.throwsAsync(operations.create(INSTANCE, "stranger", inputs), { message });
  const made = await operations.create(INSTANCE, "native", {
    ...inputs,
    vpcSecurityGroupIds: [network.securityGroupId],
  });
  await t.throwsAsync(operations.update(made, inputs), { message });
});

test("a database does not move within its VPC", async (t) => {
  await operations.create(SUBNET_GROUP, "narrow", { name: "narrow", subnetIds: network.subnetIds.slice(1) });
  const made = await operations.create(INSTANCE, "moving", { ...SMALL, dbSubnetGroupName: "data" });
  await t.throwsAsync(operations.update(made, { ...SMALL, dbSubnetGroupName: "narrow" }), {
    message: `dbSubnetGroupName cannot change to narrow, which is in the same VPC (${network.vpcId}); AWS moves a database only to another VPC, so change the subnets of the present group, or replace the instance`,
  });
});
