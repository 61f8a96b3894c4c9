import test from "ava";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;

const IDENTITY = "aws:index/getCallerIdentity:getCallerIdentity";
const REGION_OF = "aws:index/getRegion:getRegion";
const PARTITION = "aws:index/getPartition:getPartition";

const ireland = {
  id: REGION,
  name: REGION,
  region: REGION,
  description: "Europe (Ireland)",
  endpoint: "ec2.eu-west-1.amazonaws.com",
};

test("getCallerIdentity tells who calls", async (t) => {
  const { userId, ...identity } = await operations.invoke(IDENTITY, {});
  t.regex(String(userId), /^A/);
  t.deepEqual(identity, {
    id: ACCOUNT_ID,
    accountId: ACCOUNT_ID,
    arn: `arn:aws:sts::${ACCOUNT_ID}:user/moto`,
  });
});

test("getRegion tells of the provider's region, or of the one that is asked for", async (t) => {
  t.deepEqual(await operations.invoke(REGION_OF, {}), ireland);
  t.deepEqual(await operations.invoke(REGION_OF, { endpoint: "ec2.eu-west-1.amazonaws.com" }), ireland);
  for (const asked of [{ region: "cn-north-1" }, { name: "cn-north-1" }])
    t.deepEqual(await operations.invoke(REGION_OF, asked), {
      id: "cn-north-1",
      name: "cn-north-1",
      region: "cn-north-1",
      description: "China (Beijing)",
      endpoint: "ec2.cn-north-1.amazonaws.com.cn",
    });
});

test("getRegion refuses what is no region, and two at once", async (t) => {
  const failure = await t.throwsAsync(operations.invoke(REGION_OF, { region: "eu-west-9" }));
  t.regex(failure.message, /^eu-west-9 is not a region of AWS; it has af-south-1, ap-east-1, .*, us-west-2$/);
  await t.throwsAsync(operations.invoke(REGION_OF, { endpoint: "ec2.example.com" }), {
    message: "no region has the endpoint ec2.example.com",
  });
  await t.throwsAsync(operations.invoke(REGION_OF, { region: "eu-west-1", name: "eu-west-2" }), {
    message: "eu-west-1 and eu-west-2 are different regions; name only one",
  });
});

test("getPartition tells the provider's partition", async (t) => {
  t.deepEqual(await operations.invoke(PARTITION, {}), {
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  });
  const china = await account.provider({ region: "cn-north-1" });
  t.deepEqual(await china.invoke(PARTITION, {}), {
    id: "aws-cn",
    partition: "aws-cn",
    dnsSuffix: "amazonaws.com.cn",
    reverseDnsPrefix: "cn.com.amazonaws",
  });
});

test("a function refuses what it does not know", async (t) => {
  await t.throwsAsync(operations.invoke(REGION_OF, { regoin: "eu-west-1" }), {
    message: "regoin is not a property of this type; did you mean region?",
  });
});
