import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import test from "ava";
import { PartialFailure } from "../../../../../local/provider/core/errors.ts";
import { startFaultyApi } from "../../faults.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const TOPIC = "aws:sns/topic:Topic";
const POLICY = "aws:sns/topicPolicy:TopicPolicy";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new SNSClient(account.client);

const arnOf = (name: string): string => `arn:aws:sns:${REGION}:${ACCOUNT_ID}:${name}`;
const attributes = async (TopicArn: string) =>
  (await client.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};
const isGone = async (arn: string): Promise<boolean> =>
  attributes(arn).then(
    () => false,
    (error) => error.name === "NotFoundException",
  );
const tagsOf = async (ResourceArn: string) => (await client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;

const policyFor = (arn: string, Sid: string, Action: string | string[] = "sns:Publish") => ({
  Version: "2012-10-17",
  Statement: [{ Sid, Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" }, Action, Resource: arn }],
});
const role = (name: string): string => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;

test("a topic lives as AWS's own would", async (t) => {
  const inputs = {
    name: "alarms",
    displayName: "Alarms",
    kmsMasterKeyId: "alias/alarms",
    tracingConfig: "Active",
    httpFailureFeedbackRoleArn: role("feedback"),
    sqsSuccessFeedbackSampleRate: 50,
    deliveryPolicy: { http: { disableSubscriptionOverrides: true } },
    tags: { tier: "watch" },
  };
  const { kmsMasterKeyId: _, httpFailureFeedbackRoleArn: __, ...rest } = inputs;
  await liveThrough(t, operations, {
    type: TOPIC,
    name: "alarms",
    inputs,
    unknown: [
      "arn",
      "beginningArchiveTime",
      "fifoThroughputScope",
      "namePrefix",
      "owner",
      "policy",
      "signatureVersion",
    ],
    empty: ["beginningArchiveTime", "fifoThroughputScope", "namePrefix", "signatureVersion"],
    update: {
      inputs: {
        ...rest,
        displayName: "Watch",
        signatureVersion: 2,
        sqsSuccessFeedbackSampleRate: 5,
        policy: policyFor(arnOf("alarms"), "own"),
        tags: { tier: "other" },
      },
      paths: [
        "displayName",
        "httpFailureFeedbackRoleArn",
        "kmsMasterKeyId",
        "policy",
        "signatureVersion",
        "sqsSuccessFeedbackSampleRate",
        "tags.tier",
      ],
    },
    replace: { inputs: { ...inputs, name: "others.fifo", fifoTopic: true }, properties: ["fifoTopic", "name"] },
    importWithout: ["namePrefix"],
    async account(id, step) {
      t.is(id, arnOf("alarms"));
      if (step === "deleted") return void t.true(await isGone(id));
      const isNew = step === "created";
      const told = await attributes(id);
      t.is(told.DisplayName, isNew ? "Alarms" : "Watch");
      t.is(told.KmsMasterKeyId, isNew ? "alias/alarms" : undefined);
      t.is(told.HTTPFailureFeedbackRoleArn, isNew ? role("feedback") : undefined);
      t.is(told.SQSSuccessFeedbackSampleRate, isNew ? "50" : "5");
      t.is(told.SignatureVersion, isNew ? undefined : "2");
      t.is(told.TracingConfig, "Active");
      t.is(told.DeliveryPolicy, '{"http":{"disableSubscriptionOverrides":true}}');
      t.is(JSON.parse(told.Policy ?? "").Statement[0].Sid, isNew ? "__default_statement_ID" : "own");
      t.deepEqual(await tagsOf(id), [{ Key: "tier", Value: isNew ? "watch" : "other" }]);
    },
  });
});

test("a FIFO topic lives as AWS's own would", async (t) => {
  const inputs = {
    name: "orders.fifo",
    fifoTopic: true,
    contentBasedDeduplication: true,
    fifoThroughputScope: "Topic",
  };
  await liveThrough(t, operations, {
    type: TOPIC,
    name: "orders",
    inputs,
    unknown: ["arn", "beginningArchiveTime", "namePrefix", "owner", "policy", "signatureVersion", "tracingConfig"],
    empty: ["beginningArchiveTime", "namePrefix", "signatureVersion", "tracingConfig"],
    update: {
      inputs: { ...inputs, contentBasedDeduplication: false, fifoThroughputScope: "MessageGroup" },
      paths: ["contentBasedDeduplication", "fifoThroughputScope"],
    },
    importWithout: ["namePrefix"],
    async account(id, step) {
      if (step === "deleted") return void t.true(await isGone(id));
      const told = await attributes(id);
      const isNew = step === "created";
      t.is(told.FifoTopic, "true");
      t.is(told.ContentBasedDeduplication, String(isNew));
      t.is(told.FifoThroughputScope, isNew ? "Topic" : "MessageGroup");
    },
  });
});

test("a name is made of the logical name, and one of a FIFO topic ends as it has to", async (t) => {
  t.regex(String((await operations.create(TOPIC, "made", {})).state.name), /^made-[0-9a-f]{7}$/);
  const fifo = await operations.create(TOPIC, "made", { fifoTopic: true });
  t.regex(String(fifo.state.name), /^made-[0-9a-f]{7}\.fifo$/);
  t.deepEqual((await operations.diff(fifo, { fifoTopic: true })).differences, []);
  const prefixed = await operations.create(TOPIC, "prefixed", { namePrefix: "web-", fifoTopic: true });
  t.regex(String(prefixed.state.name), /^web-[0-9a-f]{26}\.fifo$/);
});

test("a topic that is there already is not handed out to another program", async (t) => {
  await client.send(new CreateTopicCommand({ Name: "taken" }));
  await t.throwsAsync(operations.create(TOPIC, "taken", { name: "taken" }), {
    name: "InvalidParameterException",
    message: "Invalid parameter: Tags Reason: Topic already exists with different tags",
  });
});

test("a topic whose settings fail is kept as half-made, and completed by the next update", async (t) => {
  const api = await startFaultyApi(account.client.endpoint, (action) =>
    action === "SetTopicAttributes" ? { status: 403, code: "AuthorizationError" } : undefined,
  );
  t.teardown(() => api.stop());
  const faulty = await account.provider({ endpoints: [{ sns: api.endpoint }] });
  const inputs = { name: "half", displayName: "Half" };
  const error = await t.throwsAsync(faulty.create(TOPIC, "half", inputs), { instanceOf: PartialFailure });
  const { id, properties: state } = error as PartialFailure;
  await operations.update({ request: operations.request(TOPIC, "half"), id, inputs, state }, inputs);
  t.is((await attributes(id)).DisplayName, "Half");
});

test("a setting that somebody changed by hand is found and put back", async (t) => {
  const inputs = { name: "drifting", displayName: "Ours" };
  const made = await operations.create(TOPIC, "drifting", inputs);
  await client.send(
    new SetTopicAttributesCommand({ TopicArn: made.id, AttributeName: "DisplayName", AttributeValue: "Theirs" }),
  );
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual((await operations.diff(drifted, inputs)).differences, [
    { path: "displayName", kind: "update", replace: false },
  ]);
  await operations.update(drifted, inputs);
  t.is((await attributes(made.id)).DisplayName, "Ours");
});

test("a topic that a killed run made is found by the mark of its creation", async (t) => {
  const tag = { Key: "webstack:creating", Value: "token-of-the-lost" };
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "lost", Tags: [tag] }));
  t.is(await operations.lost(TOPIC, "lost", "token-of-the-lost"), TopicArn);
  t.is(await operations.lost(TOPIC, "lost", "another"), undefined);
});

test("the policy of a topic lives as AWS's own would", async (t) => {
  const topic = await operations.create(TOPIC, "guarded", { name: "guarded" });
  const other = await operations.create(TOPIC, "other", { name: "other" });
  const inputs = { arn: topic.id, policy: policyFor(topic.id, "first") };
  await liveThrough(t, operations, {
    type: POLICY,
    name: "guarded",
    inputs,
    unknown: ["owner"],
    update: { inputs: { ...inputs, policy: policyFor(topic.id, "second") }, paths: ["policy"] },
    replace: { inputs: { ...inputs, arn: other.id }, properties: ["arn"] },
    importWithout: [],
    // A topic is never without a policy: what remains is the one that AWS gives.
    stays: true,
    async account(id, step) {
      t.is(id, topic.id);
      const { Policy = "" } = await attributes(id);
      const { Sid } = JSON.parse(Policy).Statement[0];
      t.is(Sid, { created: "first", updated: "second", deleted: "__default_statement_ID" }[step]);
    },
  });
});

test("a policy belongs to the account of its topic, and goes with it", async (t) => {
  const topic = await operations.create(TOPIC, "brief", { name: "brief" });
  const made = await operations.create(POLICY, "brief", { arn: topic.id, policy: policyFor(topic.id, "brief") });
  t.is(made.state.owner, ACCOUNT_ID);
  const refreshed = (await operations.refresh(topic)) ?? topic;
  t.deepEqual((await operations.diff(refreshed, { name: "brief" })).differences, []);
  await operations.delete(topic);
  t.is(await operations.refresh(made), undefined);
  await t.notThrowsAsync(operations.delete(made));
});

test("a policy allows what SNS has, and nothing else", async (t) => {
  const topic = await operations.create(TOPIC, "narrow", { name: "narrow" });
  const refused = async (action: string) =>
    t.throwsAsync(
      operations.create(POLICY, "narrow", {
        arn: topic.id,
        policy: policyFor(topic.id, "all", ["SNS:Publish", action]),
      }),
      { message: `Invalid parameter: Policy statement action out of service scope! (${action})` },
    );
  await refused("sns:*");
  await refused("sns:CreateTopic");
  await refused("s3:GetObject");
});

test("a policy that a killed run put is told from the one that every topic has", async (t) => {
  const { id } = await operations.create(TOPIC, "orphaned", { name: "orphaned" });
  t.is(await operations.lost(POLICY, "orphaned", "token", { arn: id }), undefined);
  await operations.create(POLICY, "orphaned", { arn: id, policy: policyFor(id, "orphaned") });
  t.is(await operations.lost(POLICY, "orphaned", "token", { arn: id }), id);
  t.is(await operations.lost(POLICY, "orphaned", "token", { arn: arnOf("none") }), undefined);
});

refuses(
  operations,
  TOPIC,
  { name: "with space" },
  'name must be made of at most 256 letters, digits, hyphens and underscores, got "with space"',
);
refuses(
  operations,
  TOPIC,
  { name: "orders", fifoTopic: true },
  'name must be made of at most 256 letters, digits, hyphens and underscores and end in .fifo, got "orders"',
);
refuses(
  operations,
  TOPIC,
  { contentBasedDeduplication: true, fifoThroughputScope: "Topic" },
  "contentBasedDeduplication is only for topics with fifoTopic",
  "fifoThroughputScope is only for topics with fifoTopic",
);
refuses(
  operations,
  TOPIC,
  { name: "a", namePrefix: "b" },
  "name cannot be set together with namePrefix; remove one of them",
  "namePrefix cannot be set together with name; remove one of them",
);
refuses(operations, TOPIC, { signatureVersion: 3 }, "signatureVersion must be from 1 to 2, got 3");
refuses(operations, TOPIC, { tracingConfig: "On" }, 'tracingConfig must be one of PassThrough, Active, got "On"');
refuses(
  operations,
  TOPIC,
  { lambdaSuccessFeedbackSampleRate: 101, lambdaSuccessFeedbackRoleArn: "feedback" },
  "lambdaSuccessFeedbackSampleRate must be from 0 to 100, got 101",
  'lambdaSuccessFeedbackRoleArn must be an ARN such as arn:aws:iam::123456789012:role/name, got "feedback"',
);
refuses(
  operations,
  TOPIC,
  { fifoTopic: true, archivePolicy: { MessageRetentionPeriod: 30 } },
  "archivePolicy is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);
refuses(
  operations,
  POLICY,
  { arn: "alarms", policy: "none" },
  'arn must be an ARN such as arn:aws:iam::123456789012:role/name, got "alarms"',
  'policy must be a JSON document, got "none"',
);
