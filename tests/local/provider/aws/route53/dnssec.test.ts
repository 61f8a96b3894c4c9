import { createHash } from "node:crypto";
import { DisableKeyCommand, GetPublicKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  DeactivateKeySigningKeyCommand,
  DisableHostedZoneDNSSECCommand,
  GetDNSSECCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import test from "ava";
import { liveThrough, type Made } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const ZONE = "aws:route53/zone:Zone";
const SIGNING_KEY = "aws:route53/keySigningKey:KeySigningKey";
const SIGNING = "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec";
const KEY = "aws:kms/key:Key";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const route53 = new Route53Client(account.client);
const kms = new KMSClient({ ...account.client, region: "us-east-1" });

const ACTIONS = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"];

/** A key that Route 53 may sign with, as far as `condition` lets it. */
const policyOf = (actions: readonly string[], condition: object = {}) => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` }, Action: "kms:*", Resource: "*" },
    {
      Effect: "Allow",
      Principal: { Service: "dnssec-route53.amazonaws.com" },
      Action: actions,
      Resource: "*",
      Condition: condition,
    },
  ],
});
const USABLE = {
  region: "us-east-1",
  customerMasterKeySpec: "ECC_NIST_P256",
  keyUsage: "SIGN_VERIFY",
  policy: policyOf(ACTIONS),
};

const newKey = async (name: string, more: object = {}): Promise<string> =>
  String((await operations.create(KEY, name, { ...USABLE, ...more })).state.arn);
const newZone = async (name: string): Promise<string> => (await operations.create(ZONE, name, { name })).id;

const signingOf = (HostedZoneId: string) => route53.send(new GetDNSSECCommand({ HostedZoneId }));
const keyOf = async (zone: string, name: string) =>
  (await signingOf(zone)).KeySigningKeys?.find(({ Name }) => Name === name);

async function newSigningKey(name: string): Promise<Made> {
  const [hostedZoneId, keyManagementServiceArn] = [await newZone(`${name}.example.com`), await newKey(name)];
  return operations.create(SIGNING_KEY, name, { hostedZoneId, keyManagementServiceArn, name });
}

const zoneOf = ({ state }: Made): string => String(state.hostedZoneId);

/** The DS record of a zone by RFC 4034: 5.1.4 and appendix B. */
function dsRecord(zone: string, publicKey: Buffer): string {
  const data = Buffer.concat([Buffer.from([1, 1, 3, 13]), publicKey]);
  const labels = zone.split(".").map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  const digest = createHash("sha256").update(Buffer.concat([...labels, Buffer.from([0]), data]));
  let tag = 0;
  for (const [index, byte] of data.entries()) tag += index % 2 === 0 ? byte * 256 : byte;
  return `${(tag + Math.floor(tag / 65536)) % 65536} 13 2 ${digest.digest("hex").toUpperCase()}`;
}

test("the DS record of RFC 6605's example is the one it prints", (t) => {
  const key = "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==";
  t.is(
    dsRecord("example.net", Buffer.from(key, "base64")),
    "55648 13 2 B4C8C1FE2E7477127B27115656AD6256F424625BF5C1E2770CE6D6E37DF61D17",
  );
});

test("a key-signing key lives as AWS's own would", async (t) => {
  const hostedZoneId = await newZone("Signed.example.com");
  const inputs = { hostedZoneId, keyManagementServiceArn: await newKey("signed"), name: "signed" };
  await liveThrough(t, operations, {
    type: SIGNING_KEY,
    name: "signed",
    inputs,
    unknown: [
      "digestAlgorithmMnemonic",
      "digestAlgorithmType",
      "digestValue",
      "dnskeyRecord",
      "dsRecord",
      "flag",
      "keyTag",
      "publicKey",
      "signingAlgorithmMnemonic",
      "signingAlgorithmType",
    ],
    update: { inputs: { ...inputs, status: "INACTIVE" }, paths: ["status"] },
    replace: { inputs: { ...inputs, hostedZoneId: "Z1", name: "other" }, properties: ["hostedZoneId", "name"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, `${hostedZoneId},signed`);
      const status = { created: "ACTIVE", updated: "INACTIVE", deleted: undefined }[step];
      t.is((await keyOf(hostedZoneId, "signed"))?.Status, status);
    },
  });
});

test("its records follow from the public key and the name of the zone", async (t) => {
  const { state } = await newSigningKey("derived");
  const { PublicKey = [] } = await kms.send(new GetPublicKeyCommand({ KeyId: String(state.keyManagementServiceArn) }));
  // The key ends in its point: two numbers of 32 bytes.
  const point = Buffer.from(PublicKey).subarray(-64);
  const ds = dsRecord("derived.example.com", point);
  const [tag, , , digestValue] = ds.split(" ");
  t.like(state, {
    digestAlgorithmMnemonic: "SHA-256",
    digestAlgorithmType: 2,
    digestValue,
    dnskeyRecord: `257 3 13 ${point.toString("base64")}`,
    dsRecord: ds,
    flag: 257,
    keyTag: Number(tag),
    publicKey: point.toString("base64"),
    signingAlgorithmMnemonic: "ECDSAP256SHA256",
    signingAlgorithmType: 13,
  });
});

test("a zone is signed and unsigned as on AWS", async (t) => {
  const key = await newSigningKey("zone");
  const inputs = { hostedZoneId: zoneOf(key) };
  await liveThrough(t, operations, {
    type: SIGNING,
    name: "zone",
    inputs,
    unknown: [],
    update: { inputs: { ...inputs, signingStatus: "NOT_SIGNING" }, paths: ["signingStatus"] },
    replace: { inputs: { hostedZoneId: "Z1" }, properties: ["hostedZoneId"] },
    importWithout: [],
    stays: true,
    async account(id, step) {
      t.is(id, zoneOf(key));
      t.is((await signingOf(id)).Status?.ServeSignature, step === "created" ? "SIGNING" : "NOT_SIGNING");
    },
  });
});

test("a zone is not signed without an active key, and the last one stays while it is", async (t) => {
  const key = await newSigningKey("order");
  const inputs = {
    hostedZoneId: zoneOf(key),
    keyManagementServiceArn: key.state.keyManagementServiceArn,
    name: "order",
  };
  const idle = await operations.update(key, { ...inputs, status: "INACTIVE" });
  await t.throwsAsync(operations.create(SIGNING, "order", { hostedZoneId: zoneOf(key) }), {
    name: "KeySigningKeyWithActiveStatusNotFound",
    message: `the zone ${zoneOf(key)} has no key-signing key that is active`,
  });
  const active = await operations.update(idle, inputs);
  const signing = await operations.create(SIGNING, "order", { hostedZoneId: zoneOf(key) });
  await t.throwsAsync(operations.delete(active), {
    message: `KeySigningKeyInUse: the zone ${zoneOf(key)} is signed, and order is the only active key that it has`,
  });
  await operations.delete(signing);
  await operations.delete(active);
  t.deepEqual((await signingOf(zoneOf(key))).KeySigningKeys, []);
});

test("a zone with signing keys stays, even if it may lose its records and its signing", async (t) => {
  const zone = await operations.create(ZONE, "kept", { name: "kept.example.com", forceDestroy: true });
  const inputs = { hostedZoneId: zone.id, keyManagementServiceArn: await newKey("kept"), name: "kept" };
  const key = await operations.create(SIGNING_KEY, "kept", inputs);
  await operations.create(SIGNING, "kept", { hostedZoneId: zone.id });
  await t.throwsAsync(operations.delete(zone), {
    name: "HostedZoneNotEmpty",
    message: `the zone ${zone.id} has key-signing keys, which have to go before it does`,
  });
  t.is((await signingOf(zone.id)).Status?.ServeSignature, "NOT_SIGNING");
  await operations.delete(key);
  await t.notThrowsAsync(operations.delete(zone));
});

test("signing that somebody else has turned off is found and put back", async (t) => {
  const key = await newSigningKey("drift");
  const inputs = { hostedZoneId: zoneOf(key) };
  const made = await operations.create(SIGNING, "drift", inputs);
  await route53.send(new DisableHostedZoneDNSSECCommand({ HostedZoneId: made.id }));
  await route53.send(new DeactivateKeySigningKeyCommand({ HostedZoneId: made.id, Name: "drift" }));
  const [drifted, idle] = [(await operations.refresh(made)) ?? made, (await operations.refresh(key)) ?? key];
  t.deepEqual([...(await operations.diff(drifted, inputs)).changed], ["signingStatus"]);
  t.deepEqual([...(await operations.diff(idle, key.inputs)).changed], ["status"]);
  await operations.update(idle, key.inputs);
  await operations.update(drifted, inputs);
  t.is((await signingOf(made.id)).Status?.ServeSignature, "SIGNING");
});

test("what a killed run made is found by what it is made of", async (t) => {
  const key = await newSigningKey("lost");
  const { hostedZoneId, keyManagementServiceArn } = key.state;
  const inputs = { hostedZoneId, keyManagementServiceArn, name: "lost" };
  t.is(await operations.lost(SIGNING_KEY, "lost", "token", inputs), key.id);
  t.is(await operations.lost(SIGNING_KEY, "lost", "token", { ...inputs, name: "other" }), undefined);
  t.is(await operations.lost(SIGNING_KEY, "lost", "token", { ...inputs, keyManagementServiceArn: "other" }), undefined);
  t.is(await operations.lost(SIGNING, "lost", "token", { hostedZoneId }), undefined);
  await operations.create(SIGNING, "lost", { hostedZoneId });
  t.is(await operations.lost(SIGNING, "lost", "token", { hostedZoneId }), zoneOf(key));
});

const forZone = (id: string) => ({ ArnEquals: { "aws:SourceArn": `arn:aws:route53:::hostedzone/${id}` } });

for (const [what, more, reason] of [
  ["in another region", { region: "eu-west-1" }, "is not in us-east-1, where the keys of zones have to be"],
  [
    "of another kind",
    { customerMasterKeySpec: "ECC_NIST_P384" },
    "is of ECC_NIST_P384 for SIGN_VERIFY, and has to be of ECC_NIST_P256 for SIGN_VERIFY",
  ],
  [
    "for encryption",
    { customerMasterKeySpec: "SYMMETRIC_DEFAULT", keyUsage: "ENCRYPT_DECRYPT" },
    "is of SYMMETRIC_DEFAULT for ENCRYPT_DECRYPT, and has to be of ECC_NIST_P256 for SIGN_VERIFY",
  ],
  ["that is disabled", { isEnabled: false }, "is not enabled"],
  [
    "that Route 53 may only look at",
    { policy: policyOf(ACTIONS.slice(0, 2)) },
    "does not let dnssec-route53.amazonaws.com do kms:Sign for arn:aws:route53:::hostedzone/ZONE; allow that in its policy",
  ],
  [
    "for another zone",
    { policy: policyOf(ACTIONS, forZone("Z1")) },
    `does not let dnssec-route53.amazonaws.com do ${ACTIONS.join(", ")} for arn:aws:route53:::hostedzone/ZONE; allow that in its policy`,
  ],
] as const)
  test(`Route 53 signs with no key ${what}`, async (t) => {
    const hostedZoneId = await newZone(`${what.replaceAll(" ", "-")}.example.com`.toLowerCase());
    const arn = await newKey(what.replaceAll(" ", "-"), more);
    await t.throwsAsync(
      operations.create(SIGNING_KEY, "bad", { hostedZoneId, keyManagementServiceArn: arn, name: "bad" }),
      { name: "InvalidKMSArn", message: `the KMS key ${arn} ${reason.replace("ZONE", hostedZoneId)}` },
    );
  });

test("Route 53 signs with a key that is meant for this zone", async (t) => {
  const hostedZoneId = await newZone("own.example.com");
  const keyManagementServiceArn = await newKey("own", { policy: policyOf(["kms:*"], forZone(hostedZoneId)) });
  const made = await operations.create(SIGNING_KEY, "own", { hostedZoneId, keyManagementServiceArn, name: "own" });
  t.is(made.state.status, "ACTIVE");
});

test("a zone has two signing keys at most, and none twice", async (t) => {
  const first = await newSigningKey("full");
  const hostedZoneId = zoneOf(first);
  const { keyManagementServiceArn } = first.state;
  const has = `the zone ${hostedZoneId} has full with ${keyManagementServiceArn} already`;
  const add = async (name: string, arn: unknown) =>
    operations.create(SIGNING_KEY, name, { hostedZoneId, keyManagementServiceArn: arn, name });
  await t.throwsAsync(add("again", keyManagementServiceArn), { name: "KeySigningKeyAlreadyExists", message: has });
  await t.throwsAsync(add("full", await newKey("full-2")), { name: "KeySigningKeyAlreadyExists", message: has });
  await add("second", await newKey("full-3"));
  await t.throwsAsync(add("third", await newKey("full-4")), {
    name: "TooManyKeySigningKeys",
    message: `the zone ${hostedZoneId} has 2 key-signing keys, as many as it may have`,
  });
});

test("a signing key is one with its KMS key, which must be usable when it is activated", async (t) => {
  const made = await newSigningKey("bound");
  const inputs = { hostedZoneId: zoneOf(made), keyManagementServiceArn: await newKey("bound-2"), name: "bound" };
  await t.throwsAsync(operations.update(made, inputs), {
    message: `keyManagementServiceArn of ${made.id} cannot be changed, because a key-signing key is one with its KMS key; give the new one another name, and remove this one when its DS record is out of every cache`,
  });
  const idle = await operations.update(made, { ...made.inputs, status: "INACTIVE" });
  const arn = String(made.state.keyManagementServiceArn);
  await kms.send(new DisableKeyCommand({ KeyId: arn.split("/")[1] }));
  await t.throwsAsync(operations.update(idle, made.inputs), {
    message: `InvalidKMSArn: the KMS key ${arn} is not enabled`,
  });
});

test("a private zone is not signed", async (t) => {
  const vpc = await operations.create("aws:ec2/vpc:Vpc", "inside", { cidrBlock: "10.0.0.0/16" });
  const zone = await operations.create(ZONE, "inside", { name: "inside.example.com", vpcs: [{ vpcId: vpc.id }] });
  const inputs = { hostedZoneId: zone.id, keyManagementServiceArn: await newKey("inside"), name: "inside" };
  await t.throwsAsync(operations.create(SIGNING_KEY, "inside", inputs), {
    name: "InvalidArgument",
    message: `the zone ${zone.id} is private, and private zones are not signed`,
  });
  await t.notThrowsAsync(operations.delete({ ...zone, state: { ...zone.state, forceDestroy: true } }));
});

test("an import of a signing key is refused without its zone", async (t) => {
  await t.throwsAsync(operations.import(SIGNING_KEY, "alone", "alone"), {
    message: "alone is not the id of a key-signing key; it must be of the form ZONEID,NAME",
  });
});

refuses(
  operations,
  SIGNING_KEY,
  { hostedZoneId: "Z1", keyManagementServiceArn: "key/1", name: "a b", status: "ON" },
  'keyManagementServiceArn must be an ARN such as arn:aws:iam::123456789012:role/name, got "key/1"',
  'name must be letters, digits and the characters ._- only, got "a b"',
  'status must be one of ACTIVE, INACTIVE, got "ON"',
);
refuses(
  operations,
  SIGNING,
  { signingStatus: "ON" },
  'signingStatus must be one of SIGNING, NOT_SIGNING, got "ON"',
  "hostedZoneId is required and missing",
);
