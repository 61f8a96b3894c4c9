import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateDBInstanceReadReplicaCommand,
  type DBInstance,
  DescribeDBInstancesCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import test from "ava";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { REGION, startAccount } from "../account.ts";
import { type Network, newNetwork } from "./network.ts";

const INSTANCE = "aws:rds/instance:Instance";
const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";
const PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";
const ELSEWHERE = "eu-central-1";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;

let network: Network;
test.before(async () => {
  network = await newNetwork(account.client, REGION);
  await operations.create(SUBNET_GROUP, "data", { name: "data", subnetIds: network.subnetIds });
});

const SOURCE = {
  engine: "mysql",
  engineVersion: "8.4",
  instanceClass: "db.t4g.medium",
  allocatedStorage: 20,
  storageType: "gp3",
  dbName: "webstack",
  username: "webstack",
  password: "correct-horse-battery",
  backupRetentionPeriod: 7,
  skipFinalSnapshot: true,
  applyImmediately: true,
} satisfies Values;

const REPLICA = { instanceClass: "db.t4g.medium", skipFinalSnapshot: true, applyImmediately: true } satisfies Values;

async function find(identifier: string, region = REGION): Promise<DBInstance | undefined> {
  const { DBInstances = [] } = await new RDSClient({ ...account.client, region }).send(
    new DescribeDBInstancesCommand({}),
  );
  return DBInstances.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === identifier);
}

const newKey = async (region = REGION): Promise<string> =>
  (await new KMSClient({ ...account.client, region }).send(new CreateKeyCommand({}))).KeyMetadata?.Arn as string;

const newSource = (identifier: string, more: Values = {}) =>
  operations.create(INSTANCE, identifier, { ...SOURCE, identifier, ...more });

test("a replica lives as AWS's own would", async (t) => {
  const kmsKeyId = await newKey();
  await newSource("followed", {
    storageEncrypted: true,
    kmsKeyId,
    multiAz: true,
    enabledCloudwatchLogsExports: ["error"],
  });
  await operations.create(PARAMETER_GROUP, "replica", { name: "replica", family: "mysql8.4" });
  const inputs = {
    ...REPLICA,
    identifier: "follower",
    replicateSourceDb: "followed",
    storageEncrypted: true,
    availabilityZone: `${REGION}b`,
    parameterGroupName: "replica",
    maintenanceWindow: "mon:04:00-mon:05:00",
    maxAllocatedStorage: 100,
    enabledCloudwatchLogsExports: ["slowquery"],
    tags: { role: "reader" },
  };
  await liveThrough(t, operations, {
    type: INSTANCE,
    name: "follower",
    inputs,
    unknown: [
      ..."address allocatedStorage arn backupRetentionPeriod backupTarget backupWindow caCertIdentifier".split(" "),
      ..."databaseInsightsMode dbName dbSubnetGroupName endpoint engine engineLifecycleSupport engineVersion".split(
        " ",
      ),
      ..."engineVersionActual hostedZoneId identifierPrefix iops kmsKeyId latestRestorableTime licenseModel".split(" "),
      ..."listenerEndpoints masterUserSecretKmsKeyId masterUserSecrets monitoringRoleArn multiAz networkType".split(
        " ",
      ),
      ..."optionGroupName performanceInsightsKmsKeyId performanceInsightsRetentionPeriod port replicas".split(" "),
      ..."resourceId snapshotIdentifier status storageThroughput storageType upgradeRolloutOrder username".split(" "),
      "vpcSecurityGroupIds",
    ],
    empty: [
      ..."databaseInsightsMode dbSubnetGroupName engineLifecycleSupport identifierPrefix iops".split(" "),
      ..."latestRestorableTime listenerEndpoints masterUserSecretKmsKeyId monitoringRoleArn".split(" "),
      ..."performanceInsightsKmsKeyId performanceInsightsRetentionPeriod snapshotIdentifier".split(" "),
      ..."storageThroughput upgradeRolloutOrder".split(" "),
    ],
    update: {
      inputs: { ...inputs, instanceClass: "db.m7g.large", multiAz: true },
      paths: ["instanceClass", "multiAz"],
    },
    replace: { inputs: { ...inputs, storageEncrypted: false }, properties: ["storageEncrypted"] },
    importWithout: ["applyImmediately"],
    async account(_id, step) {
      const source = await find("followed");
      t.true(source?.MultiAZ);
      t.deepEqual(source?.EnabledCloudwatchLogsExports, ["error"]);
      t.deepEqual(source?.ReadReplicaDBInstanceIdentifiers, step === "deleted" ? [] : ["follower"]);
      const found = await find("follower");
      if (step === "deleted") return void t.is(found, undefined);
      t.like(found, {
        AvailabilityZone: `${REGION}b`,
        BackupRetentionPeriod: 0,
        DBInstanceClass: step === "created" ? "db.t4g.medium" : "db.m7g.large",
        EnabledCloudwatchLogsExports: ["slowquery"],
        EngineVersion: "8.4.6",
        KmsKeyId: kmsKeyId,
        MasterUsername: "webstack",
        MaxAllocatedStorage: 100,
        MultiAZ: step === "updated",
        PreferredMaintenanceWindow: "mon:04:00-mon:05:00",
        ReadReplicaSourceDBInstanceIdentifier: "followed",
        TagList: [{ Key: "role", Value: "reader" }],
      });
      t.is(found?.DBParameterGroups?.[0]?.DBParameterGroupName, "replica");
      t.not(found?.DbiResourceId, source?.DbiResourceId);
    },
  });
});

test("a replica of an encrypted source that does not say so is replaced by the next update, as with the official provider", async (t) => {
  await newSource("encrypted", { storageEncrypted: true });
  const inputs = { ...REPLICA, identifier: "unsaid", replicateSourceDb: "encrypted" };
  const made = await operations.create(INSTANCE, "unsaid", inputs);
  t.deepEqual((await operations.diff(made, inputs)).replaces, ["storageEncrypted"]);
});

test("a replica is promoted in place when it stops to name its source, with backups and a password of its own", async (t) => {
  await newSource("former");
  const reader = { ...REPLICA, identifier: "heir", replicateSourceDb: "former" };
  const made = await operations.create(INSTANCE, "heir", reader);
  t.is(made.state.replicateSourceDb, "former");
  const writer = {
    ...REPLICA,
    identifier: "heir",
    password: "another-password",
    backupRetentionPeriod: 7,
    backupWindow: "02:00-03:00",
    multiAz: true,
    deletionProtection: true,
  };
  const plan = await operations.diff(made, writer);
  t.deepEqual(plan.replaces, []);
  t.true(plan.differences.some(({ path, kind }) => path === "replicateSourceDb" && kind === "delete"));
  const promoted = await operations.update(made, writer);
  t.is(promoted.id, made.id);
  t.false("replicateSourceDb" in promoted.state);
  t.like(await find("heir"), {
    BackupRetentionPeriod: 7,
    DbiResourceId: made.id,
    DeletionProtection: true,
    MultiAZ: true,
    PreferredBackupWindow: "02:00-03:00",
    ReadReplicaSourceDBInstanceIdentifier: undefined,
  });
  t.deepEqual((await find("former"))?.ReadReplicaDBInstanceIdentifiers, []);
  t.deepEqual((await operations.diff(promoted, writer)).differences, []);
  t.deepEqual((await operations.refresh(promoted))?.state, promoted.state);
});

test("another source is not taken in place", async (t) => {
  await Promise.all(["first", "second"].map((identifier) => newSource(identifier)));
  const inputs = { ...REPLICA, identifier: "unsteady", replicateSourceDb: "first" };
  const made = await operations.create(INSTANCE, "unsteady", inputs);
  const message =
    "replicateSourceDb cannot be changed to another source, got second; replace the instance, or remove replicateSourceDb to promote it";
  await t.throwsAsync(operations.update(made, { ...inputs, replicateSourceDb: "second" }), { message });
});

test("a replica in a subnet group names its source by the ARN, and AWS's shorter name is no difference", async (t) => {
  const source = await newSource("wide", { dbSubnetGroupName: "data" });
  const inputs = { ...REPLICA, identifier: "placed", dbSubnetGroupName: "data", replicateSourceDb: "wide" };
  await t.throwsAsync(operations.create(INSTANCE, "placed", inputs), {
    message: `replicateSourceDb must be the ARN of the source, because dbSubnetGroupName is set, got wide; name ${source.state.arn}`,
  });
  const byArn = { ...inputs, replicateSourceDb: source.state.arn };
  const made = await operations.create(INSTANCE, "placed", byArn);
  t.is((await find("placed"))?.ReadReplicaSourceDBInstanceIdentifier, "wide");
  t.is(made.state.replicateSourceDb, source.state.arn);
  t.deepEqual((await operations.diff(made, byArn)).differences, []);
});

test("a replica in another region needs a key of that region", async (t) => {
  const source = await newSource("home", { storageEncrypted: true, kmsKeyId: await newKey() });
  const away = await newNetwork(account.client, ELSEWHERE);
  await operations.create(SUBNET_GROUP, "away", { name: "away", subnetIds: away.subnetIds, region: ELSEWHERE });
  const inputs = {
    ...REPLICA,
    identifier: "abroad",
    region: ELSEWHERE,
    replicateSourceDb: source.state.arn,
    dbSubnetGroupName: "away",
    vpcSecurityGroupIds: [away.securityGroupId],
    storageEncrypted: true,
  };
  await t.throwsAsync(operations.create(INSTANCE, "abroad", inputs), {
    message: `kmsKeyId is required and missing: the source of the replica is encrypted in ${REGION}, whose key does not reach ${ELSEWHERE}`,
  });
  const kmsKeyId = await newKey(ELSEWHERE);
  const made = await operations.create(INSTANCE, "abroad", { ...inputs, kmsKeyId });
  t.like(await find("abroad", ELSEWHERE), {
    KmsKeyId: kmsKeyId,
    ReadReplicaSourceDBInstanceIdentifier: source.state.arn as string,
    AvailabilityZone: `${ELSEWHERE}a`,
  });
  t.is(await find("abroad"), undefined);
  t.deepEqual((await find("home"))?.ReadReplicaDBInstanceIdentifiers, [made.state.arn as string]);
  t.deepEqual((await operations.diff(made, { ...inputs, kmsKeyId })).differences, []);
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  await operations.delete(made);
  t.deepEqual((await find("home"))?.ReadReplicaDBInstanceIdentifiers, []);
});

/** Sources that cannot be followed, and what the error says of them. */
const unfit: [name: string, more: Values, reason: string][] = [
  [
    "unsaved",
    { backupRetentionPeriod: 0 },
    "has no automated backups, without which it cannot be replicated; set its backupRetentionPeriod to more than 0",
  ],
  [
    "managed",
    { password: undefined, manageMasterUserPassword: true },
    "has its password managed by RDS (manageMasterUserPassword), which allows no replicas; give it a password instead",
  ],
];

for (const [name, more, reason] of unfit)
  test(`a source cannot be followed that is ${name}`, async (t) => {
    const inputs = Object.entries({ ...SOURCE, identifier: name, ...more }).filter(([, value]) => value !== undefined);
    await operations.create(INSTANCE, name, Object.fromEntries(inputs));
    const replica = { ...REPLICA, identifier: `${name}-reader`, replicateSourceDb: name };
    await t.throwsAsync(operations.create(INSTANCE, "reader", replica), {
      message: `replicateSourceDb ${name} ${reason}`,
    });
    t.is(await find(`${name}-reader`), undefined);
  });

test("a source has to be there, and is named by its identifier or ARN", async (t) => {
  await t.throwsAsync(operations.create(INSTANCE, "reader", { ...REPLICA, replicateSourceDb: "nobody" }), {
    message:
      "replicateSourceDb nobody is no database in eu-west-1; name the identifier of one in the same region, or the ARN of one in another",
  });
});

test("a replica has the engine and the key of its source", async (t) => {
  await newSource("plain");
  const inputs = { ...REPLICA, identifier: "choosy", replicateSourceDb: "plain" };
  await t.throwsAsync(operations.create(INSTANCE, "choosy", { ...inputs, engine: "postgres" }), {
    message: "engine of a replica is that of its source, mysql, got postgres; remove engine",
  });
  await t.throwsAsync(operations.create(INSTANCE, "choosy", { ...inputs, kmsKeyId: await newKey() }), {
    message:
      "kmsKeyId cannot be set, because the source of the replica is not encrypted; remove it, or encrypt the source",
  });
});

test("a source with replicas keeps its backups and its password", async (t) => {
  const source = await newSource("needed");
  await operations.create(INSTANCE, "needy", { ...REPLICA, identifier: "needy", replicateSourceDb: "needed" });
  const inputs = { ...SOURCE, identifier: "needed" };
  await t.throwsAsync(operations.update(source, { ...inputs, backupRetentionPeriod: 0 }), {
    message:
      "backupRetentionPeriod must be more than 0 for a database with replicas (needy), got 0; delete or promote them first",
  });
  const { password: _, ...rest } = inputs;
  await t.throwsAsync(operations.update(source, { ...rest, manageMasterUserPassword: true }), {
    message:
      "manageMasterUserPassword cannot be set for a database with replicas (needy); delete or promote them first",
  });
});

test("a source is upgraded after its replicas", async (t) => {
  const old = { ...SOURCE, identifier: "leader", engineVersion: "8.0", allowMajorVersionUpgrade: true };
  const source = await operations.create(INSTANCE, "leader", old);
  const inputs = { ...REPLICA, identifier: "led", replicateSourceDb: "leader", allowMajorVersionUpgrade: true };
  const replica = await operations.create(INSTANCE, "led", inputs);
  await t.throwsAsync(operations.update(source, { ...old, engineVersion: "8.4" }), {
    message:
      "engineVersion 8.4 is newer than that of the replica led (8.0.43); replicas must be upgraded before their source",
  });
  await operations.update(replica, { ...inputs, engineVersion: "8.4" });
  t.is((await operations.update(source, { ...old, engineVersion: "8.4" })).state.engineVersionActual, "8.4.6");
});

test("a replica goes without a last snapshot", async (t) => {
  await newSource("kept");
  const inputs = { instanceClass: "db.t4g.medium", identifier: "snapped", replicateSourceDb: "kept" };
  const made = await operations.create(INSTANCE, "snapped", { ...inputs, finalSnapshotIdentifier: "snapped-last" });
  await t.throwsAsync(operations.delete(made), {
    message:
      "snapped is a replica, of which AWS takes no final snapshot; set skipFinalSnapshot to true, run an update, then delete it",
  });
});

test("replicas outlive their source, as writers", async (t) => {
  const source = await newSource("mortal");
  const replica = { ...REPLICA, identifier: "survivor", replicateSourceDb: "mortal" };
  const made = await operations.create(INSTANCE, "survivor", replica);
  await operations.delete(source);
  t.is((await operations.refresh(made))?.state.replicateSourceDb, undefined);
  await t.notThrowsAsync(operations.delete(made));
});

test("replicas follow a source that is renamed", async (t) => {
  const source = await newSource("maiden");
  await operations.create(INSTANCE, "loyal", { ...REPLICA, identifier: "loyal", replicateSourceDb: "maiden" });
  await operations.update(source, { ...SOURCE, identifier: "married" });
  t.is((await find("loyal"))?.ReadReplicaSourceDBInstanceIdentifier, "married");
});

test("a secret that RDS manages outlives the replicas of its database", async (t) => {
  const { password: _, ...rest } = SOURCE;
  const source = await operations.create(INSTANCE, "own", {
    ...rest,
    identifier: "own",
    manageMasterUserPassword: true,
  });
  // Not through the provider, which refuses such a replica.
  await new RDSClient(account.client).send(
    new CreateDBInstanceReadReplicaCommand({ DBInstanceIdentifier: "odd", SourceDBInstanceIdentifier: "own" }),
  );
  const replica = await operations.import(INSTANCE, "odd", "odd");
  t.like(replica?.state, { replicateSourceDb: "own", masterUserSecrets: [] });
  if (replica) await operations.delete(replica);
  const { SecretList = [] } = await new SecretsManagerClient(account.client).send(new ListSecretsCommand({}));
  const [secret] = source.state.masterUserSecrets as { secretArn: string }[];
  t.true(SecretList.some(({ ARN }) => ARN === secret?.secretArn));
  await operations.delete(source);
  const { SecretList: left = [] } = await new SecretsManagerClient(account.client).send(new ListSecretsCommand({}));
  t.false(left.some(({ ARN }) => ARN === secret?.secretArn));
});
