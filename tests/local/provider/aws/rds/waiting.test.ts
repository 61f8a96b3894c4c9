import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateDBInstanceCommand, DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import test, { type ExecutionContext } from "ava";
import { PartialFailure } from "../../../../../local/provider/core/errors.ts";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { type Fault, startFaultyApi } from "../../faults.ts";
import { REGION, startAccount } from "../account.ts";

const INSTANCE = "aws:rds/instance:Instance";
const GET_INSTANCE = "aws:rds/getInstance:getInstance";
const GET_INSTANCES = "aws:rds/getInstances:getInstances";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new RDSClient(account.client);

const SMALL = {
  engine: "mysql",
  engineVersion: "8.4",
  instanceClass: "db.t4g.medium",
  allocatedStorage: 20,
  username: "webstack",
  password: "correct-horse-battery",
  backupRetentionPeriod: 1,
  skipFinalSnapshot: true,
  applyImmediately: true,
} satisfies Values;

/** The provider before an RDS that answers as `decide` says. */
async function faulty(
  t: ExecutionContext,
  decide: (action: string, before: number) => Fault,
  options: { journal?: string; signal?: AbortSignal } = {},
) {
  const api = await startFaultyApi(account.client.endpoint, decide);
  t.teardown(() => api.stop());
  const { endpoint } = account.client;
  const endpoints = [{ rds: api.endpoint, ec2: endpoint, kms: endpoint, sts: endpoint }];
  return { api, operations: await account.provider({ endpoints, maxRetries: 0 }, options) };
}

const inState = (state: string) => ({
  rewrite: (body: string) => body.replaceAll("<DBInstanceStatus>available<", `<DBInstanceStatus>${state}<`),
});

const find = async (identifier: string) => {
  const { DBInstances = [] } = await client.send(new DescribeDBInstancesCommand({}));
  return DBInstances.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === identifier);
};

test("a creation waits until the database is available", async (t) => {
  const { api, operations } = await faulty(t, (action, before) =>
    action === "DescribeDBInstances" && before < 3 ? inState(before < 2 ? "creating" : "backing-up") : undefined,
  );
  const made = await operations.create(INSTANCE, "slow", { ...SMALL, identifier: "slow" });
  t.is(made.state.status, "available");
  t.true(api.calls.filter((call) => call === "DescribeDBInstances").length > 3);
});

test("a disk that is being rearranged does not keep anybody waiting", async (t) => {
  const { operations } = await faulty(t, (action) =>
    action === "DescribeDBInstances" ? inState("storage-optimization") : undefined,
  );
  const made = await operations.create(INSTANCE, "busy", { ...SMALL, identifier: "busy" });
  t.is(made.state.status, "storage-optimization");
});

test("a wait ends at the timeout, keeps what was made, and the next update completes it", async (t) => {
  const { operations: slow } = await faulty(t, (action) =>
    action === "DescribeDBInstances" ? inState("creating") : undefined,
  );
  const inputs = { ...SMALL, identifier: "late", backupWindow: "02:00-03:00" };
  const error = await t.throwsAsync<PartialFailure>(slow.create(INSTANCE, "late", inputs, 0.2), {
    instanceOf: PartialFailure,
  });
  const id = String((await find("late"))?.DbiResourceId);
  t.is(
    error?.message,
    `waited for database ${id} to become available until the timeout of 0.2 s was over; it is still creating`,
  );
  t.is(error?.id, id);
  const request = operations.request(INSTANCE, "late");
  const half = { request, id, inputs: await operations.inputs(request, inputs), state: error?.properties ?? {} };
  const whole = await operations.update(half, inputs);
  t.is(whole.state.status, "available");
  t.deepEqual((await find("late"))?.TagList, []);
});

test("a database that cannot be had back is not waited for", async (t) => {
  const { operations } = await faulty(t, (action) =>
    action === "DescribeDBInstances" ? inState("incompatible-network") : undefined,
  );
  await t.throwsAsync(operations.create(INSTANCE, "broken", { ...SMALL, identifier: "broken" }), {
    message: 'database broken is in the state "incompatible-network"; look at its events in RDS',
  });
});

test("a wait ends when the user cancels", async (t) => {
  const cancellation = new AbortController();
  const { api, operations } = await faulty(
    t,
    (action) => (action === "DescribeDBInstances" ? inState("creating") : undefined),
    { signal: cancellation.signal },
  );
  const creation = t.throwsAsync(operations.create(INSTANCE, "cancelled", { ...SMALL, identifier: "cancelled" }));
  while (!api.calls.includes("DescribeDBInstances")) await new Promise((resolve) => setTimeout(resolve, 20));
  cancellation.abort();
  t.regex(
    String((await creation)?.message),
    /^cancelled while waiting for database db-[0-9A-Z]{26} to become available$/,
  );
});

test("what follows the creation of a replica fails without losing the replica", async (t) => {
  await operations.create(INSTANCE, "source", { ...SMALL, identifier: "source" });
  const { operations: faulted } = await faulty(t, (action) =>
    action === "ModifyDBInstance" ? { status: 400, code: "InvalidParameterValue" } : undefined,
  );
  const inputs = {
    instanceClass: "db.t4g.medium",
    identifier: "halfmade",
    replicateSourceDb: "source",
    maxAllocatedStorage: 100,
    skipFinalSnapshot: true,
  };
  const error = await t.throwsAsync<PartialFailure>(faulted.create(INSTANCE, "halfmade", inputs), {
    instanceOf: PartialFailure,
  });
  t.is(error?.id ?? "", String((await find("halfmade"))?.DbiResourceId));
  t.is(error?.properties.replicateSourceDb, "source");
  const request = operations.request(INSTANCE, "halfmade");
  const half = {
    request,
    id: String(error?.id),
    inputs: await operations.inputs(request, inputs),
    state: error?.properties ?? {},
  };
  await operations.update(half, inputs);
  t.is((await find("halfmade"))?.MaxAllocatedStorage, 100);
});

test("a promotion that succeeds before the rest fails is not done again", async (t) => {
  await operations.create(INSTANCE, "old", { ...SMALL, identifier: "old" });
  const reader = { instanceClass: "db.t4g.medium", identifier: "new", skipFinalSnapshot: true, applyImmediately: true };
  const replica = await operations.create(INSTANCE, "new", { ...reader, replicateSourceDb: "old" });
  const { api, operations: faulted } = await faulty(t, (action) =>
    action === "ModifyDBInstance" ? { status: 400, code: "InvalidParameterValue" } : undefined,
  );
  const writer = { ...reader, backupRetentionPeriod: 7, multiAz: true };
  const error = await t.throwsAsync<PartialFailure>(faulted.update(replica, writer), { instanceOf: PartialFailure });
  t.true(api.calls.includes("PromoteReadReplica"));
  t.false("replicateSourceDb" in (error?.properties ?? {}));
  const { api: second, operations: watched } = await faulty(t, () => undefined);
  await watched.update({ ...replica, state: error?.properties ?? {} }, writer);
  t.false(second.calls.includes("PromoteReadReplica"));
  t.like(await find("new"), { MultiAZ: true, BackupRetentionPeriod: 7 });
});

test("what a killed run left is removed without a snapshot, though it is protected", async (t) => {
  await client.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: "orphan",
      DBInstanceClass: "db.t4g.medium",
      Engine: "mysql",
      DeletionProtection: true,
      Tags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }],
    }),
  );
  const id = String(await operations.lost(INSTANCE, "orphan", "token-of-the-lost", { identifier: "orphan" }));
  const request = operations.request(INSTANCE, "orphan");
  const found = await operations.refresh({ request, id, inputs: {}, state: { region: REGION } });
  if (found) await operations.delete(found);
  t.is(await find("orphan"), undefined);
});

test("the journal holds no password", async (t) => {
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-databases-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const journal = path.join(directory, "journal");
  const journaled = await account.provider({}, { journal });
  const made = await journaled.create(INSTANCE, "journaled", { ...SMALL, identifier: "journaled" });
  const text = readFileSync(journal, "utf8");
  t.true(text.includes(made.id));
  t.false(text.includes(SMALL.password));
});

test("getInstances finds databases by their tags, and getInstance tells of one", async (t) => {
  const tags = { project: "webstack", environment: "staging" };
  await operations.create(INSTANCE, "tagged", { ...SMALL, identifier: "tagged", tags });
  await operations.create(INSTANCE, "other", { ...SMALL, identifier: "other", tags: { project: "webstack" } });
  const inputs = {
    instanceClass: "db.t4g.medium",
    identifier: "follower",
    replicateSourceDb: "tagged",
    skipFinalSnapshot: true,
    tags,
  };
  await operations.create(INSTANCE, "follower", inputs);
  const { instanceIdentifiers, instanceArns } = await operations.invoke(GET_INSTANCES, { tags });
  t.deepEqual(instanceIdentifiers, ["tagged", "follower"]);
  t.is((instanceArns as string[])[0], (await find("tagged"))?.DBInstanceArn);
  t.deepEqual((await operations.invoke(GET_INSTANCES, { tags: { project: "none" } })).instanceIdentifiers, []);
  const filters = [{ name: "db-instance-id", values: ["other"] }];
  t.deepEqual((await operations.invoke(GET_INSTANCES, { filters })).instanceIdentifiers, ["other"]);
  t.like(await operations.invoke(GET_INSTANCE, { dbInstanceIdentifier: "follower" }), {
    id: "follower",
    engineVersion: "8.4.6",
    replicateSourceDb: "tagged",
    tags,
    resourceId: (await find("follower"))?.DbiResourceId,
  });
});

test("lookups say what they did not find", async (t) => {
  await t.throwsAsync(operations.invoke(GET_INSTANCE, { dbInstanceIdentifier: "nobody" }), {
    message: "no database matches nobody in eu-west-1; correct dbInstanceIdentifier or tags",
  });
  await t.throwsAsync(operations.invoke(GET_INSTANCES, { filters: [{ name: "size", values: ["1"] }] }), {
    message:
      'filters holds the name "size", by which no databases can be selected here; it must be one of db-instance-id, dbi-resource-id, engine',
  });
});
