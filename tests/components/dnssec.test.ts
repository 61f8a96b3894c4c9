import test from "ava";
import { Dnssec, type DnssecArgs } from "../../components/dnssec.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: DnssecArgs = { account: ACCOUNT, zoneId: "Z1", protect: false, tags: TAGS };

const dnssec = (changes: Partial<DnssecArgs> = {}) => record(() => new Dnssec("sec", { ...ARGS, ...changes }));

const KEY = "aws:kms/key:Key";
const SIGNING = "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec";

test("the key is of the one kind and in the one region that Route 53 takes", async (t) => {
  const { policy: _, ...inputs } = (await dnssec()).one(KEY).inputs;
  t.deepEqual(inputs, {
    region: "us-east-1",
    description: "Signs the key of a DNS zone",
    customerMasterKeySpec: "ECC_NIST_P256",
    keyUsage: "SIGN_VERIFY",
    deletionWindowInDays: 7,
    tags: tagsOf("sec-key"),
  });
});

test("Route 53 signs with the key for this zone only", async (t) => {
  const { policy } = (await dnssec()).one(KEY).inputs;
  const service = { Service: "dnssec-route53.amazonaws.com" };
  const forZone = {
    StringEquals: { "aws:SourceAccount": "123456789012" },
    ArnEquals: { "aws:SourceArn": "arn:aws:route53:::hostedzone/Z1" },
  };
  t.deepEqual(JSON.parse(String(policy)), {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
      {
        Effect: "Allow",
        Principal: service,
        Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
        Resource: "*",
        Condition: forZone,
      },
      {
        Effect: "Allow",
        Principal: service,
        Action: ["kms:CreateGrant"],
        Resource: "*",
        Condition: { ...forZone, Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ],
  });
});

test("the zone is signed with an active key that is there before", async (t) => {
  const { one } = await dnssec();
  t.deepEqual(one("aws:route53/keySigningKey:KeySigningKey").inputs, {
    hostedZoneId: "Z1",
    keyManagementServiceArn: "arn:aws:kms:eu-central-1:123456789012:key/sec-key",
    name: "webstack",
    status: "ACTIVE",
  });
  t.deepEqual(one(SIGNING).inputs, { hostedZoneId: "Z1", signingStatus: "SIGNING" });
  t.deepEqual(one(SIGNING).dependencies, ["sec-signing-key"]);
});

test("the DS record is what the registrar enters", async (t) => {
  const { built } = await dnssec();
  t.is(await unwrap(built.dsRecord), "12345 13 2 0A1B2C3D");
});

test("protected signing cannot be turned off, and its key can be had back for a month", async (t) => {
  const { one, seen } = await dnssec({ protect: true });
  t.is(one(KEY).inputs.deletionWindowInDays, 30);
  t.deepEqual(
    seen.filter(({ protect }) => protect).map(({ name }) => name),
    ["sec-signing"],
  );
  t.false((await dnssec()).one(SIGNING).protect);
});
