import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { startAccount } from "../account.ts";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new SecretsManagerClient(account.client);

const describe = (SecretId: string) => client.send(new DescribeSecretCommand({ SecretId }));
const currentValue = async (SecretId: string) =>
  (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;

test("a secret lives as AWS's own would", async (t) => {
  const inputs = { description: "Database", recoveryWindowInDays: 0, tags: { tier: "data" } };
  await liveThrough(t, operations, {
    type: SECRET,
    name: "database",
    inputs,
    unknown: ["arn", "namePrefix", "policy", "replicas"],
    empty: ["namePrefix", "policy"],
    update: {
      inputs: { description: "Other", kmsKeyId: "alias/other", recoveryWindowInDays: 0, tags: { tier: "other" } },
      paths: ["description", "kmsKeyId", "tags.tier"],
    },
    replace: { inputs: { ...inputs, name: "another" }, properties: ["name"] },
    importWithout: ["forceOverwriteReplicaSecret", "namePrefix", "recoveryWindowInDays"],
    async account(id, step) {
      t.regex(id, /^arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-[0-9a-f]{7}-\w{6}$/);
      const found = describe(id);
      if (step === "deleted") return void (await t.throwsAsync(found, { name: "ResourceNotFoundException" }));
      const secret = await found;
      t.is(secret.Description, step === "created" ? "Database" : "Other");
      t.is(secret.KmsKeyId, step === "created" ? undefined : "alias/other");
      t.deepEqual(secret.Tags, [{ Key: "tier", Value: step === "created" ? "data" : "other" }]);
    },
  });
});

test("a deleted secret can be had back for a while, and its name stays taken", async (t) => {
  const made = await operations.create(SECRET, "waiting", { name: "waiting", recoveryWindowInDays: 7 });
  await operations.delete(made);
  t.is(await operations.refresh(made), undefined);
  const { DeletedDate } = await describe(made.id);
  await t.throwsAsync(operations.create(SECRET, "again", { name: "waiting" }), {
    message: `a secret waiting is scheduled for deletion on ${DeletedDate?.toISOString().slice(0, 10)}, and its name is taken until then; restore it, choose another name, or delete it with recoveryWindowInDays 0`,
  });
  await t.notThrowsAsync(operations.delete(made));
});

test("a secret has its policy, which stays when the program no longer names it", async (t) => {
  const policy = (sid: string) => ({
    Version: "2012-10-17",
    Statement: [{ Sid: sid, Effect: "Deny", Principal: "*", Action: "secretsmanager:*", Resource: "*" }],
  });
  const inputs = { name: "guarded", policy: policy("one") };
  const made = await operations.create(SECRET, "guarded", inputs);
  t.is(JSON.parse(String(made.state.policy)).Statement[0].Sid, "one");
  const other = await operations.update(made, { ...inputs, policy: policy("two") });
  t.is(JSON.parse(String(other.state.policy)).Statement[0].Sid, "two");
  t.deepEqual((await operations.diff(other, { name: "guarded" })).differences, []);
});

test("a secret is replicated to other regions and back", async (t) => {
  const inputs = { name: "copied", replicas: [{ region: "eu-central-1" }], recoveryWindowInDays: 0 };
  const made = await operations.create(SECRET, "copied", inputs);
  const regions = ({ state }: typeof made) => (state.replicas as { region: string }[]).map(({ region }) => region);
  t.deepEqual(regions(made), ["eu-central-1"]);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  const moved = await operations.update(made, { ...inputs, replicas: [{ region: "eu-west-2" }] });
  t.deepEqual(regions(moved), ["eu-west-2"]);
  await operations.delete(moved);
  await t.throwsAsync(describe(made.id), { name: "ResourceNotFoundException" });
});

test("a secret that a killed run made is told from another of the same name", async (t) => {
  const { ARN } = await client.send(
    new CreateSecretCommand({ Name: "lost", Tags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }] }),
  );
  t.is(await operations.lost(SECRET, "lost", "token-of-the-lost", { name: "lost" }), ARN);
  t.is(await operations.lost(SECRET, "lost", "another", { name: "lost" }), undefined);
  t.is(await operations.lost(SECRET, "lost", "another", { name: "none" }), undefined);
});

const newSecret = async (name: string) => (await operations.create(SECRET, name, { recoveryWindowInDays: 0 })).id;

test("a version of a secret lives as AWS's own would, and the current one goes with its secret only", async (t) => {
  const secretId = await newSecret("versions");
  const inputs = { secretId, secretString: '{"password":"one"}' };
  await liveThrough(t, operations, {
    type: VERSION,
    name: "password",
    inputs,
    unknown: ["arn", "hasSecretStringWo", "secretArn", "versionId", "versionStages"],
    update: { inputs: { ...inputs, versionStages: ["AWSCURRENT", "GREEN"] }, paths: ["versionStages[1]"] },
    replace: {
      inputs: { secretId: "other", secretString: "two" },
      properties: ["secretId", "secretString"],
    },
    importWithout: [],
    stays: true,
    async account(id, step) {
      const [secret, version = ""] = id.split("|");
      t.is(secret, secretId);
      t.is(await currentValue(secretId), '{"password":"one"}');
      const { VersionIdsToStages } = await describe(secretId);
      t.deepEqual(VersionIdsToStages?.[version], step === "updated" ? ["AWSCURRENT", "GREEN"] : ["AWSCURRENT"]);
    },
  });
});

test("another value is another version, which takes over before the former goes", async (t) => {
  const secretId = await newSecret("rotated");
  const first = await operations.create(VERSION, "password", { secretId, secretString: "one" });
  const second = await operations.create(VERSION, "password", { secretId, secretString: "two" });
  t.not(first.id, second.id);
  t.is(await currentValue(secretId), "two");
  await operations.delete(first);
  t.is(await currentValue(secretId), "two");
  const { VersionIdsToStages = {} } = await describe(secretId);
  t.deepEqual(VersionIdsToStages[second.state.versionId as string], ["AWSCURRENT"]);
  t.false(Object.values(VersionIdsToStages).flat().includes("AWSPREVIOUS"));
});

test("a version takes a label from another", async (t) => {
  const secretId = await newSecret("labelled");
  const first = await operations.create(VERSION, "first", { secretId, secretString: "one" });
  await operations.create(VERSION, "second", { secretId, secretString: "two", versionStages: ["AWSCURRENT", "BLUE"] });
  await operations.update(first, { secretId, secretString: "one", versionStages: ["AWSPREVIOUS", "BLUE"] });
  const { VersionIdsToStages = {} } = await describe(secretId);
  t.deepEqual(VersionIdsToStages[first.state.versionId as string]?.sort(), ["AWSPREVIOUS", "BLUE"]);
});

test("binary values go back and forth as base64", async (t) => {
  const secretId = await newSecret("binary");
  const secretBinary = Buffer.from([0, 1, 255]).toString("base64");
  const made = await operations.create(VERSION, "binary", { secretId, secretBinary });
  t.is(made.state.secretBinary, secretBinary);
  t.deepEqual((await operations.refresh(made))?.state, made.state);
});

test("a write-only value is in no state, whatever is read", async (t) => {
  const secretId = await newSecret("hidden");
  const inputs = { secretId, secretStringWo: "hidden-value", secretStringWoVersion: 1 };
  const made = await operations.create(VERSION, "hidden", inputs);
  t.is(await currentValue(secretId), "hidden-value");
  t.false(JSON.stringify(made.state).includes("hidden-value"));
  t.false(JSON.stringify((await operations.refresh(made))?.state).includes("hidden-value"));
  t.true(made.state.hasSecretStringWo);
  t.deepEqual((await operations.diff(made, { ...inputs, secretStringWo: "other" })).differences, []);
  t.deepEqual((await operations.diff(made, { ...inputs, secretStringWoVersion: 2 })).replaces, [
    "secretStringWoVersion",
  ]);
});

test("a value that was changed by hand is another version: the program's is no longer the current one", async (t) => {
  const secretId = await newSecret("drifting");
  const made = await operations.create(VERSION, "drifting", { secretId, secretString: "ours" });
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: "theirs" }));
  const drifted = await operations.refresh(made);
  t.deepEqual(drifted?.state.versionStages, ["AWSPREVIOUS"]);
  t.is(drifted?.state.secretString, "ours");
});

test("a version goes with its secret", async (t) => {
  const secret = await operations.create(SECRET, "gone", { recoveryWindowInDays: 7 });
  const made = await operations.create(VERSION, "gone", { secretId: secret.id, secretString: "one" });
  await operations.delete(secret);
  t.is(await operations.refresh(made), undefined);
  await t.notThrowsAsync(operations.delete(made));
});

test("the journal holds no value, and finds a version that a killed run made", async (t) => {
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-secrets-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const journal = path.join(directory, "journal");
  const journaled = await account.provider({}, { journal });
  const secretId = await newSecret("journaled");
  const made = await journaled.create(VERSION, "journaled", { secretId, secretString: "journaled-value" });
  const [beginning = ""] = readFileSync(journal, "utf8").split("\n");
  t.false(readFileSync(journal, "utf8").includes("journaled-value"));
  const { token, inputs } = JSON.parse(beginning);
  t.is(await operations.lost(VERSION, "journaled", token, inputs), made.id);
  t.is(await operations.lost(VERSION, "journaled", "another", inputs), undefined);
});

test("an id that is none is refused", async (t) => {
  await t.throwsAsync(operations.import(VERSION, "wrong", "arn:of:a:secret"), {
    message: "arn:of:a:secret is not the id of a secret's version; it must be of the form SECRET|VERSION",
  });
});

refuses(operations, SECRET, { recoveryWindowInDays: 3 }, "recoveryWindowInDays must be 0 or from 7 to 30, got 3");
refuses(
  operations,
  SECRET,
  { name: "a secret" },
  'name must be letters, digits and the characters /_+=.@- only, got "a secret"',
);
refuses(
  operations,
  VERSION,
  { secretId: "a" },
  "secretBinary is missing: one of secretBinary, secretString, secretStringWo is required",
);
refuses(
  operations,
  VERSION,
  { secretId: "a", secretString: "b", secretStringWo: "c" },
  "secretBinary conflicts: only one of secretString, secretStringWo can be set",
  "secretStringWo needs secretStringWoVersion beside it",
);
