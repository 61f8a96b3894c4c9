import test from "ava";
import { LOSSES } from "../../../review/risks/losses.ts";
import { step } from "../../plan/documents.ts";
import { deleted, told } from "./support.ts";

const DATABASE = "aws:rds/instance:Instance";

test("losses come first, whatever the order of the plan is", (t) => {
  const machine = { type: "aws:ec2/instance:Instance", name: "a-machine" };
  t.deepEqual(
    told(
      step("replace", { before: machine, after: machine, replaceReasons: ["ami"] }),
      step("delete", { before: { type: "aws:sqs/queue:Queue", name: "z-queue" } }),
    ),
    [
      "loss: z-queue is deleted (): All messages that nobody has read yet.",
      "interruption: a-machine is replaced (ami): The machine, with what is on its root disk. The new one is made before the old one goes.",
    ],
  );
});

test("what stays, is updated, or holds nothing is no risk", (t) => {
  const database = { type: DATABASE, name: "db" };
  const role = { type: "aws:iam/role:Role", name: "role" };
  t.deepEqual(
    told(
      step("update", { before: database, after: database, diffReasons: ["tags"] }),
      step("delete", { before: role }),
      step("create", { after: { type: "aws:s3/bucket:Bucket", name: "bucket" } }),
    ),
    [],
  );
});

test("of losses the one that weighs most comes first: keys, data, backups, people, secrets, messages, logs", (t) => {
  const types = [
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:sqs/queue:Queue",
    "random:index/randomPassword:RandomPassword",
    "aws:cognito/userPool:UserPool",
    "aws:ebs/snapshot:Snapshot",
    "aws:s3/bucket:Bucket",
    DATABASE,
    "aws:kms/key:Key",
  ];
  const steps = types.map((type, index) => step("delete", { before: { type, name: `number-${index}` } }));
  t.deepEqual(
    told(...steps).map((line) => /number-\d/.exec(line)?.[0]),
    types.map((_, index) => `number-${index}`).reverse(),
  );
});

test("every type that holds something is a loss, unless something else holds the same", (t) => {
  for (const [type, { lost, copy }] of Object.entries(LOSSES)) {
    const [line = ""] = told(deleted(type));
    if (copy && !line.startsWith("loss")) t.regex(line, /^interruption: it is deleted \(\): A (replica|cache): /, type);
    else t.true(line.startsWith(`loss: it is deleted (): ${lost}`), `${type}: ${line}`);
  }
});

const SAFEGUARDS: readonly (readonly [type: string, inputs: object, said: string])[] = [
  [DATABASE, {}, "All data in it, and its automated backups."],
  [
    DATABASE,
    { deletionProtection: true, finalSnapshotIdentifier: "last", deleteAutomatedBackups: false },
    "All data in it, and its automated backups. deletionProtection is on: AWS refuses to delete it. " +
      "The final snapshot last keeps the data as it is then. Its automated backups stay until they are too old.",
  ],
  [
    DATABASE,
    { skipFinalSnapshot: true, finalSnapshotIdentifier: "last" },
    "All data in it, and its automated backups.",
  ],
  ["aws:secretsmanager/secret:Secret", {}, "Its value, with all versions. It can be restored for 30 days."],
  ["aws:secretsmanager/secret:Secret", { recoveryWindowInDays: 0 }, "Its value, with all versions."],
  [
    "aws:kms/key:Key",
    { deletionWindowInDays: 7 },
    "Everything that is encrypted with it can never be read again. The deletion can be cancelled for 7 days.",
  ],
  [
    "aws:s3/bucket:Bucket",
    {},
    "All objects in it with their versions, and its name, which others may take. " +
      "forceDestroy is off: AWS refuses to delete what holds objects.",
  ],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { skipDestroy: true },
    "All log events in it. skipDestroy is on: it stays in the account.",
  ],
  ["aws:efs/fileSystem:FileSystem", {}, "All files in it."],
  [
    "aws:fsx/windowsFileSystem:WindowsFileSystem",
    {},
    "All files in it. skipFinalBackup is off: a final backup keeps the data as it is then.",
  ],
  ["aws:fsx/windowsFileSystem:WindowsFileSystem", { skipFinalBackup: true }, "All files in it."],
  ["aws:fsx/lustreFileSystem:LustreFileSystem", {}, "All files in it."],
  [
    "aws:fsx/lustreFileSystem:LustreFileSystem",
    { skipFinalBackup: false },
    "All files in it. skipFinalBackup is off: a final backup keeps the data as it is then.",
  ],
  [
    "aws:fsx/lustreFileSystem:LustreFileSystem",
    { skipFinalBackup: false, deploymentType: "SCRATCH_2" },
    "All files in it.",
  ],
  [
    "aws:dynamodb/table:Table",
    { deletionProtectionEnabled: true, pointInTimeRecovery: { enabled: true } },
    "All items in it. deletionProtectionEnabled is on: AWS refuses to delete it. " +
      "Point-in-time recovery is on: AWS keeps a backup for 35 days.",
  ],
  ["aws:dynamodb/table:Table", { pointInTimeRecovery: { enabled: false } }, "All items in it."],
  [
    "aws:keyspaces/table:Table",
    { pointInTimeRecovery: { status: "ENABLED" } },
    "All rows in it. Point-in-time recovery is on: AWS keeps a backup for 35 days.",
  ],
  [
    "aws:dsql/cluster:Cluster",
    { deletionProtectionEnabled: true },
    "All data in it. deletionProtectionEnabled is on: AWS refuses to delete it.",
  ],
  ["aws:dsql/cluster:Cluster", { deletionProtectionEnabled: true, forceDestroy: true }, "All data in it."],
  ["aws:qldb/ledger:Ledger", {}, "The whole journal. deletionProtection is on: AWS refuses to delete it."],
  ["aws:qldb/ledger:Ledger", { deletionProtection: false }, "The whole journal."],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { finalSnapshotIdentifier: "last" },
    "Everything that is cached in it, and what is kept nowhere else. The final snapshot last keeps the data as it is then.",
  ],
  [
    "aws:backup/vault:Vault",
    {},
    "All recovery points in it. forceDestroy is off: AWS refuses to delete what holds recovery points.",
  ],
  [
    "aws:kinesis/stream:Stream",
    {},
    "All messages that nobody has read yet. enforceConsumerDeletion is off: AWS refuses to delete it while consumers are registered.",
  ],
  [
    "aws:cloudtrail/eventDataStore:EventDataStore",
    { terminationProtectionEnabled: false },
    "All events in it. It can be restored for 7 days.",
  ],
  [
    "aws:cognito/userPool:UserPool",
    { deletionProtection: "ACTIVE" },
    "All users, with their passwords. deletionProtection is on: AWS refuses to delete it.",
  ],
];

for (const [type, inputs, said] of SAFEGUARDS) {
  test(`a ${type} with ${JSON.stringify(inputs)} that is deleted`, (t) => {
    t.deepEqual(told(deleted(type, inputs)), [`loss: it is deleted (): ${said}`]);
  });
}

test("a replica holds nothing that its source does not, and what is retained stays", (t) => {
  t.deepEqual(told(deleted(DATABASE, { replicateSourceDb: "primary" })), [
    "interruption: it is deleted (): A replica: connections to it end. Its data is on what it follows.",
  ]);
  t.deepEqual(told(deleted(DATABASE, {}, { retainOnDelete: true })), [
    "interruption: it is deleted (): Nothing: it leaves the stack and stays in the account.",
  ]);
});

test("an entry that stays in the account, such as the artifact of an older release, is missed by nobody", (t) => {
  const object = "aws:s3/bucketObjectv2:BucketObjectv2";
  t.deepEqual(told(deleted(object, {}, { retainOnDelete: true })), []);
  t.deepEqual(told(deleted(object)), ["loss: it is deleted (): The object, with all its versions."]);
});

test("what a replica key encrypts can be read with its primary key", (t) => {
  t.deepEqual(told(deleted("aws:kms/replicaKey:ReplicaKey")), [
    "interruption: it is deleted (): A replica: what it encrypts in its region is read with the primary key only, in another region.",
  ]);
});

test("whether the new one is there before the old one goes is said by the engine, the options and the name", (t) => {
  const type = "aws:lb/loadBalancer:LoadBalancer";
  const replaced = (ops: readonly string[], more: object = {}) => {
    const side = { type, name: "it", ...more };
    return told(...ops.map((op) => step(op, { before: side, after: side, replaceReasons: ["internal"] })));
  };
  const lost = "interruption: it is replaced (internal): The load balancer and its name: connections end.";
  const first = ["create-replacement", "replace", "delete-replaced"];
  t.deepEqual(replaced(first), [`${lost} The new one is made before the old one goes.`]);
  t.deepEqual(replaced(first.toReversed()), [lost]);
  t.deepEqual(replaced(first, { inputs: { name: "site" } }), [lost]);
  t.deepEqual(replaced(first, { inputs: { name: "site-1a2b3c4", __defaults: ["name"] } }), [
    `${lost} The new one is made before the old one goes.`,
  ]);
});

test("what is protected holds the update up", (t) => {
  t.deepEqual(told(deleted("aws:ebs/volume:Volume", {}, { protect: true })), [
    "loss: it is deleted (): All data on it. It is protected: the engine refuses the update.",
  ]);
});
