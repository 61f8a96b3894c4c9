import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListResourceTagsCommand,
} from "@aws-sdk/client-kms";
import test from "ava";
import { locksOut } from "../../../../../local/provider/aws/kms/policy.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new KMSClient(account.client);

const describe = async (KeyId: string) => (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;

/** What AWS writes when the program writes nothing. */
const rootPolicy = (sid: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: sid,
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ],
});

test("a key lives as AWS's own would", async (t) => {
  const inputs = {
    description: "Data",
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    policy: rootPolicy("root"),
    tags: { tier: "data" },
  };
  await liveThrough(t, operations, {
    type: KEY,
    name: "data",
    inputs,
    unknown: ["arn", "keyId", "multiRegion", "rotationPeriodInDays"],
    update: {
      inputs: {
        ...inputs,
        description: "Other",
        enableKeyRotation: false,
        isEnabled: false,
        policy: rootPolicy("other"),
        tags: { tier: "other" },
      },
      paths: ["description", "enableKeyRotation", "isEnabled", "policy", "tags.tier"],
    },
    replace: {
      inputs: { ...inputs, enableKeyRotation: false, customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" },
      properties: ["customerMasterKeySpec", "keyUsage"],
    },
    importWithout: ["bypassPolicyLockoutSafetyCheck", "deletionWindowInDays", "policy", "rotationPeriodInDays"],
    async account(id, step) {
      const key = await describe(id);
      if (step === "deleted") return void t.is(key?.KeyState, "PendingDeletion");
      const isNew = step === "created";
      t.like(key, { Description: isNew ? "Data" : "Other", Enabled: isNew });
      const rotation = await client.send(new GetKeyRotationStatusCommand({ KeyId: id }));
      t.is(rotation.KeyRotationEnabled, isNew);
      const { Policy = "" } = await client.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: "default" }));
      t.is(JSON.parse(Policy).Statement[0].Sid, isNew ? "root" : "other");
      const { Tags } = await client.send(new ListResourceTagsCommand({ KeyId: id }));
      t.deepEqual(Tags, [{ TagKey: "tier", TagValue: isNew ? "data" : "other" }]);
    },
  });
});

test("a key tells its ARN, and rotates once a year unless it is told otherwise", async (t) => {
  const yearly = await operations.create(KEY, "yearly", { enableKeyRotation: true });
  t.like(yearly.state, {
    arn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/${yearly.id}`,
    keyId: yearly.id,
    rotationPeriodInDays: 365,
  });
  const often = await operations.create(KEY, "often", { enableKeyRotation: true, rotationPeriodInDays: 90 });
  t.is(often.state.rotationPeriodInDays, 90);
  t.is((await operations.refresh(often))?.state.rotationPeriodInDays, 90);
});

test("the same policy in another order is no difference", async (t) => {
  const policy = rootPolicy("root");
  const made = await operations.create(KEY, "ordered", { policy });
  const { Version, Statement } = policy;
  const turned = { Statement: Statement.map(({ Sid, ...rest }) => ({ ...rest, Sid })), Version };
  t.deepEqual((await operations.diff(made, { policy: turned })).differences, []);
});

test("a key without a policy has that of AWS, and keeps it", async (t) => {
  const made = await operations.create(KEY, "plain", {});
  t.regex(String(made.state.policy), /"Sid": ?"Enable IAM User Permissions"/);
  t.deepEqual((await operations.diff(made, {})).differences, []);
});

test("a policy that locks everybody of the account out is refused, unless that is wanted", async (t) => {
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "kms:*", Resource: "*" },
    ],
  };
  const message =
    "policy allows nobody of this account to change it later (kms:PutKeyPolicy); add a statement that allows kms:* to the account's root, or set bypassPolicyLockoutSafetyCheck";
  await t.throwsAsync(operations.create(KEY, "locked", { policy }), { message });
  const made = await operations.create(KEY, "wanted", { policy, bypassPolicyLockoutSafetyCheck: true });
  await t.throwsAsync(operations.update(made, { policy: { ...policy, Id: "other" } }), { message });
});

test("what a policy denies does not count as allowed", (t) => {
  const statement = { Principal: { AWS: ACCOUNT_ID }, Action: ["kms:Put*"], Resource: "*" };
  const locks = (...statements: object[]) => locksOut(JSON.stringify({ Statement: statements }), ACCOUNT_ID);
  t.false(locks({ ...statement, Effect: "Allow" }));
  t.true(locks({ ...statement, Effect: "Deny" }));
  t.true(locks({ ...statement, Effect: "Allow", Action: "kms:Get*" }));
  t.false(locks({ ...statement, Effect: "Allow", Principal: "*" }));
  t.true(locks({ ...statement, Effect: "Allow", Principal: { Service: "rds.amazonaws.com" } }));
});

test("a key that was disabled by hand is found and put back", async (t) => {
  const made = await operations.create(KEY, "drifting", {});
  await client.send(new DisableKeyCommand({ KeyId: made.id }));
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual((await operations.diff(drifted, {})).differences, [
    { path: "isEnabled", kind: "update", replace: false },
  ]);
  await operations.update(drifted, {});
  t.true((await describe(made.id))?.Enabled);
});

test("a key can live in another region", async (t) => {
  const { state } = await operations.create(KEY, "away", { region: "eu-central-1" });
  t.regex(String(state.arn), /^arn:aws:kms:eu-central-1:/);
});

test("a key that signs can live in another region, where it is changed and deleted", async (t) => {
  const inputs = {
    region: "us-east-1",
    customerMasterKeySpec: "ECC_NIST_P256",
    keyUsage: "SIGN_VERIFY",
    description: "Signs",
    tags: { tier: "dns" },
  };
  const made = await operations.create(KEY, "signs", inputs);
  const there = new KMSClient({ ...account.client, region: "us-east-1" });
  const find = async () => (await there.send(new DescribeKeyCommand({ KeyId: made.id }))).KeyMetadata;
  t.like(await find(), { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY", Description: "Signs" });
  t.like(made.state, { region: "us-east-1", enableKeyRotation: false, customerMasterKeySpec: "ECC_NIST_P256" });
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  t.deepEqual((await operations.diff(made, { ...inputs, region: "eu-west-1" })).replaces, ["region"]);
  const updated = await operations.update(made, { ...inputs, description: "Signs zones", tags: {} });
  t.is((await find())?.Description, "Signs zones");
  await operations.delete(updated);
  t.is((await find())?.KeyState, "PendingDeletion");
});

test("a key that a killed run made is found by the mark of its creation", async (t) => {
  const tag = { TagKey: "webstack:creating", TagValue: "token-of-the-lost" };
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ Tags: [tag] }));
  t.is(await operations.lost(KEY, "lost", "token-of-the-lost"), KeyMetadata?.KeyId);
  t.is(await operations.lost(KEY, "lost", "another"), undefined);
});

const aliasesOf = async (name: string) =>
  ((await client.send(new ListAliasesCommand({}))).Aliases ?? []).filter(({ AliasName }) => AliasName === name);

test("an alias lives as AWS's own would", async (t) => {
  const [first, second] = [await operations.create(KEY, "first", {}), await operations.create(KEY, "second", {})];
  const inputs = { name: "alias/web/data", targetKeyId: first.id };
  await liveThrough(t, operations, {
    type: ALIAS,
    name: "data",
    inputs,
    unknown: ["arn", "namePrefix", "targetKeyArn"],
    empty: ["namePrefix"],
    update: { inputs: { ...inputs, targetKeyId: second.state.arn }, paths: ["targetKeyId"] },
    replace: { inputs: { ...inputs, name: "alias/other" }, properties: ["name"] },
    importWithout: ["namePrefix", "targetKeyId"],
    async account(id, step) {
      t.is(id, "alias/web/data");
      const aliases = await aliasesOf(id);
      if (step === "deleted") return void t.deepEqual(aliases, []);
      t.is(aliases[0]?.TargetKeyId, step === "created" ? first.id : second.id);
    },
  });
});

test("an alias takes a key by its ARN or its id, which is no difference", async (t) => {
  const key = await operations.create(KEY, "named", {});
  const made = await operations.create(ALIAS, "named", { name: "alias/named", targetKeyId: key.state.arn });
  t.like(made.state, { targetKeyArn: key.state.arn, targetKeyId: key.state.arn });
  t.deepEqual((await operations.diff(made, { name: "alias/named", targetKeyId: key.id })).differences, []);
});

test("an alias that a killed run made is told by its key", async (t) => {
  const key = await operations.create(KEY, "pointed", {});
  await operations.create(ALIAS, "pointed", { name: "alias/pointed", targetKeyId: key.id });
  const inputs = { name: "alias/pointed", targetKeyId: key.state.arn };
  t.is(await operations.lost(ALIAS, "pointed", "token", inputs), "alias/pointed");
  t.is(await operations.lost(ALIAS, "pointed", "token", { ...inputs, targetKeyId: "other" }), undefined);
});

refuses(
  operations,
  KEY,
  { customerMasterKeySpec: "ECC_NIST_P256" },
  'keyUsage must be SIGN_VERIFY or KEY_AGREEMENT for customerMasterKeySpec ECC_NIST_P256, got "ENCRYPT_DECRYPT"',
);
refuses(
  operations,
  KEY,
  { keyUsage: "SIGN_VERIFY" },
  'keyUsage must be ENCRYPT_DECRYPT for customerMasterKeySpec SYMMETRIC_DEFAULT, got "SIGN_VERIFY"',
);
refuses(
  operations,
  KEY,
  { customerMasterKeySpec: "ECC_NIST_EDWARDS25519", keyUsage: "KEY_AGREEMENT" },
  'keyUsage must be SIGN_VERIFY for customerMasterKeySpec ECC_NIST_EDWARDS25519, got "KEY_AGREEMENT"',
);
refuses(
  operations,
  KEY,
  { enableKeyRotation: true, customerMasterKeySpec: "RSA_2048" },
  "enableKeyRotation cannot be true for a key of customerMasterKeySpec RSA_2048, which AWS does not rotate; remove it",
);
refuses(operations, KEY, { deletionWindowInDays: 6 }, "deletionWindowInDays must be from 7 to 30, got 6");
refuses(
  operations,
  KEY,
  { rotationPeriodInDays: 30 },
  "rotationPeriodInDays must be from 90 to 2560, got 30",
  "rotationPeriodInDays needs enableKeyRotation beside it",
);
refuses(operations, KEY, { policy: "none" }, 'policy must be a JSON document, got "none"');
refuses(
  operations,
  ALIAS,
  { name: "data", targetKeyId: "1" },
  'name must be a name such as alias/database: alias/ and letters, digits and the characters /_- (alias/aws/ belongs to AWS), got "data"',
);
refuses(
  operations,
  ALIAS,
  { name: "alias/aws/rds", targetKeyId: "1" },
  'name must be a name such as alias/database: alias/ and letters, digits and the characters /_- (alias/aws/ belongs to AWS), got "alias/aws/rds"',
);
