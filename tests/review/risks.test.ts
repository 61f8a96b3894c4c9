import test from "ava";
import { risksOf } from "../../review/risks.ts";
import { preview, read, step } from "../plan/documents.ts";

const DATABASE = "aws:rds/instance:Instance";

const told = (...steps: readonly object[]) =>
  risksOf(read(preview(steps)).changes).map(
    ({ level, name, kind, lost, safeguards, because }) =>
      `${level}: ${name} is ${kind}d (${because.join()}): ${[lost, ...safeguards].join(" ")}`,
  );

const deleted = (type: string, inputs: object = {}, more: object = {}) =>
  step("delete", { before: { type, name: "it", inputs, ...more } });

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
      "forceDestroy is off: AWS refuses to delete a bucket that holds objects.",
  ],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { skipDestroy: true },
    "All log events in it. skipDestroy is on: it stays in the account.",
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

test("what is protected holds the update up", (t) => {
  t.deepEqual(told(deleted("aws:ebs/volume:Volume", {}, { protect: true })), [
    "loss: it is deleted (): All data on it. It is protected: the engine refuses the update.",
  ]);
});
