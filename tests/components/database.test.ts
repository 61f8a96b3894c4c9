import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { Database, type DatabaseArgs, type Roles } from "../../components/database.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: DatabaseArgs = {
  engine: "mysql",
  version: "8.4",
  instanceClass: "db.m7g.large",
  storageGiB: 50,
  maximumStorageGiB: 500,
  multiAz: false,
  backupRetentionDays: 9,
  backupWindow: "01:00-02:00",
  maintenanceWindow: "mon:03:00-mon:04:00",
  insights: false,
  databaseName: "shop",
  user: "clerk",
  password: pulumi.secret("a-password"),
  kmsKeyArn: "arn:key",
  protect: false,
  identifierPrefix: "web-test",
  roles: { writer: "primary", readers: ["replica-1", "replica-2"], fenced: [] },
  securityGroupId: "sg-open",
  closedSecurityGroupId: "sg-closed",
  secretArn: "arn:secret",
  subnetIds: ["subnet-1", "subnet-2"],
  zones: ["z1", "z2"],
  logRetentionDays: 14,
  tags: TAGS,
};

const database = (changes: Partial<DatabaseArgs> = {}) => record(() => new Database("db", { ...ARGS, ...changes }));

/** The stack after replica-1 was promoted; `fenced` tells whether the old writer is still closed. */
const promoted = (fenced: boolean): Roles =>
  fenced
    ? { writer: "replica-1", readers: ["replica-2"], fenced: ["primary"] }
    : { writer: "replica-1", readers: ["primary", "replica-2"], fenced: [] };

const INSTANCE = "aws:rds/instance:Instance";

const EVERYWHERE = {
  instanceClass: "db.m7g.large",
  storageType: "gp3",
  storageEncrypted: true,
  maxAllocatedStorage: 500,
  parameterGroupName: "db-parameters-1234567",
  vpcSecurityGroupIds: ["sg-open"],
  publiclyAccessible: false,
  maintenanceWindow: "mon:03:00-mon:04:00",
  autoMinorVersionUpgrade: true,
  applyImmediately: true,
  copyTagsToSnapshot: true,
  performanceInsightsEnabled: false,
  enabledCloudwatchLogsExports: ["error", "slowquery"],
};

const EMPTY = {
  engine: "mysql",
  engineVersion: "8.4",
  dbName: "shop",
  username: "clerk",
  allocatedStorage: 50,
  kmsKeyId: "arn:key",
  dbSubnetGroupName: "db-subnets-1234567",
};

const alone = (slot: string) => ({
  password: "a-password",
  multiAz: false,
  backupRetentionPeriod: 9,
  backupWindow: "01:00-02:00",
  skipFinalSnapshot: false,
  finalSnapshotIdentifier: `web-test-0a1b2c3d-${slot}-final-0a1b2c3d`,
  deletionProtection: false,
  deleteAutomatedBackups: true,
});

/** Inputs with the password as it is, after seeing that the engine got it as a secret. */
function plain(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { password, ...others } = inputs;
  if (password === undefined) return others;
  const { value } = password as { readonly value: unknown };
  return { ...others, password: value };
}

test("the primary starts empty, encrypted with the key of the stack, and leaves a snapshot when it goes", async (t) => {
  const { one } = await database();
  const primary = one(INSTANCE, "db-primary");
  t.true(pulumi.runtime.isRpcSecret(primary.inputs.password));
  t.deepEqual(plain(primary.inputs), {
    ...EVERYWHERE,
    ...EMPTY,
    ...alone("primary"),
    identifier: "web-test-0a1b2c3d-primary",
    availabilityZone: "z1",
    tags: { ...tagsOf("db-primary"), role: "writer" },
  });
});

test("a replica has everything from the primary, is in another zone, and needs no snapshot", async (t) => {
  const { one } = await database();
  t.deepEqual(one(INSTANCE, "db-replica-1").inputs, {
    ...EVERYWHERE,
    replicateSourceDb: "web-test-0a1b2c3d-primary",
    multiAz: false,
    skipFinalSnapshot: true,
    identifier: "web-test-0a1b2c3d-replica-1",
    availabilityZone: "z2",
    tags: { ...tagsOf("db-replica-1"), role: "reader" },
  });
  t.like(one(INSTANCE, "db-replica-2").inputs, { availabilityZone: "z1" });
  t.true(one(INSTANCE, "db-replica-1").dependencies.includes("db-primary"));
});

test("a Multi-AZ primary is where AWS puts it, and no instance follows its zone about", async (t) => {
  const { one, all } = await database({ multiAz: true });
  t.is(one(INSTANCE, "db-primary").inputs.availabilityZone, undefined);
  t.is(one(INSTANCE, "db-primary").inputs.multiAz, true);
  t.is(one(INSTANCE, "db-replica-1").inputs.multiAz, false);
  for (const { ignoreChanges } of all(INSTANCE)) t.deepEqual(ignoreChanges, ["availabilityZone"]);
});

test("the server takes TLS only, and writes slow statements to its log", async (t) => {
  t.deepEqual((await database()).one("aws:rds/parameterGroup:ParameterGroup").inputs, {
    family: "mysql8.4",
    description: "A webstack on mysql 8.4",
    parameters: [
      { name: "require_secure_transport", value: "1" },
      { name: "slow_query_log", value: "1" },
      { name: "long_query_time", value: "1" },
      { name: "log_output", value: "FILE" },
    ],
    tags: tagsOf("db-parameters"),
  });
  const mariadb = await database({ engine: "mariadb", version: "11.4.5" });
  const { family, parameters } = mariadb.one("aws:rds/parameterGroup:ParameterGroup").inputs;
  t.is(family, "mariadb11.4");
  t.deepEqual((parameters as unknown[])[0], { name: "require_secure_transport", value: "1" });
});

test("it may be in the data subnets only", async (t) => {
  t.deepEqual((await database()).one("aws:rds/subnetGroup:SubnetGroup").inputs, {
    subnetIds: ["subnet-1", "subnet-2"],
    description: "Subnets of db",
    tags: tagsOf("db-subnets"),
  });
});

test("logs have their groups, and an end, before there is anything to log", async (t) => {
  const { one, all } = await database({ roles: { writer: "primary", readers: [], fenced: [] } });
  t.deepEqual(
    all("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs),
    ["error", "slowquery"].map((log) => ({
      name: `/aws/rds/instance/web-test-0a1b2c3d-primary/${log}`,
      retentionInDays: 14,
      tags: tagsOf(`db-primary-${log}`),
    })),
  );
  const { dependencies } = one(INSTANCE);
  t.true(["db-primary-error", "db-primary-slowquery"].every((name) => dependencies.includes(name)));
});

test("logs are encrypted with the key that is named", async (t) => {
  const groups = (await database({ logKmsKeyArn: "arn:logs" })).all("aws:cloudwatch/logGroup:LogGroup");
  t.deepEqual(
    groups.map(({ inputs }) => inputs.kmsKeyId),
    groups.map(() => "arn:logs"),
  );
  t.is(groups.length, 6);
});

test("insights are kept for a week, encrypted with the key of the stack", async (t) => {
  for (const { inputs } of (await database({ insights: true })).all(INSTANCE)) {
    t.like(inputs, {
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: 7,
      performanceInsightsKmsKeyId: "arn:key",
    });
  }
});

test("machines are told the password only when the database takes it", async (t) => {
  const version = (await database()).one("aws:secretsmanager/secretVersion:SecretVersion");
  t.is(version.inputs.secretId, "arn:secret");
  t.true(pulumi.runtime.isRpcSecret(version.inputs.secretString));
  const { value } = version.inputs.secretString as { readonly value: string };
  t.deepEqual(JSON.parse(value), { username: "clerk", password: "a-password" });
  t.true(version.dependencies.includes("db-primary"));
});

test("only the writer refuses to be deleted", async (t) => {
  const { one, seen } = await database({ protect: true });
  t.deepEqual(
    seen.filter(({ protect }) => protect).map(({ name }) => name),
    ["db-primary"],
  );
  t.like(one(INSTANCE, "db-primary").inputs, { deletionProtection: true, deleteAutomatedBackups: false });
  t.is(one(INSTANCE, "db-replica-1").inputs.deletionProtection, undefined);
});

test("a promotion: the old writer is closed and keeps everything, and only then the replica leaves it", async (t) => {
  const { one } = await database({ protect: true, roles: promoted(true) });
  const old = one(INSTANCE, "db-primary");
  t.deepEqual(plain(old.inputs), {
    ...EVERYWHERE,
    ...EMPTY,
    ...alone("primary"),
    deleteAutomatedBackups: false,
    vpcSecurityGroupIds: ["sg-closed"],
    identifier: "web-test-0a1b2c3d-primary",
    availabilityZone: "z1",
    tags: { ...tagsOf("db-primary"), role: "fenced" },
  });
  t.false(old.protect);

  const writer = one(INSTANCE, "db-replica-1");
  t.deepEqual(plain(writer.inputs), {
    ...EVERYWHERE,
    ...alone("replica-1"),
    dbSubnetGroupName: "db-subnets-1234567",
    deletionProtection: true,
    deleteAutomatedBackups: false,
    identifier: "web-test-0a1b2c3d-replica-1",
    availabilityZone: "z2",
    tags: { ...tagsOf("db-replica-1"), role: "writer" },
  });
  t.true(writer.protect);
  t.true(writer.dependencies.includes("db-primary"));
  t.deepEqual(writer.replaceOnChanges, [], "the data of a promoted replica is not made again");
});

test("a promotion: other replicas are made again from the new writer, and free their names first", async (t) => {
  const reader = (await database({ roles: promoted(true) })).one(INSTANCE, "db-replica-2");
  t.is(reader.inputs.replicateSourceDb, "web-test-0a1b2c3d-replica-1");
  t.deepEqual(reader.replaceOnChanges, ["replicateSourceDb"]);
  t.true(reader.deleteBeforeReplace);
});

test("what wrote before comes back as a replica like any other", async (t) => {
  const { inputs } = (await database({ roles: promoted(false) })).one(INSTANCE, "db-primary");
  t.deepEqual(inputs, {
    ...EVERYWHERE,
    replicateSourceDb: "web-test-0a1b2c3d-replica-1",
    multiAz: false,
    skipFinalSnapshot: true,
    identifier: "web-test-0a1b2c3d-primary",
    availabilityZone: "z1",
    tags: { ...tagsOf("db-primary"), role: "reader" },
  });
});

test("names change with what makes the database a new one, and those of last snapshots with the writer too", async (t) => {
  const { one } = await database({ roles: promoted(true) });
  t.deepEqual(one("random:index/randomId:RandomId", "db-id").inputs, {
    byteLength: 4,
    keepers: { engine: "mysql", databaseName: "shop", user: "clerk" },
  });
  t.deepEqual(one("random:index/randomId:RandomId", "db-snapshot").inputs, {
    byteLength: 4,
    keepers: { writer: "replica-1", database: "0a1b2c3d" },
  });
});

test("the component tells who writes and who reads", async (t) => {
  const { built } = await database({ roles: promoted(true) });
  t.deepEqual(await unwrap({ writer: built.writer, readers: [...built.readers] }), {
    writer: {
      slot: "replica-1",
      identifier: "web-test-0a1b2c3d-replica-1",
      address: "db-replica-1.c1.eu-central-1.rds.amazonaws.com",
      arn: "arn:aws:rds:eu-central-1:123456789012:db:db-replica-1",
    },
    readers: [
      {
        slot: "replica-2",
        identifier: "web-test-0a1b2c3d-replica-2",
        address: "db-replica-2.c1.eu-central-1.rds.amazonaws.com",
        arn: "arn:aws:rds:eu-central-1:123456789012:db:db-replica-2",
      },
    ],
  });
});
