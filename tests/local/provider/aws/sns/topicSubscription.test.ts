import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import test from "ava";
import { PartialFailure } from "../../../../../local/provider/core/errors.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new SNSClient(account.client);

const newTopic = async (name: string): Promise<string> => (await operations.create(TOPIC, name, { name })).id;
const queue = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${name}`;
const attributes = async (SubscriptionArn: string) =>
  (await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes ?? {};
const subscriptionsOf = async (TopicArn: string) =>
  (await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [];

test("a subscription of a queue lives as AWS's own would", async (t) => {
  const [topic, other] = [await newTopic("events"), await newTopic("other")];
  const inputs = {
    topic,
    protocol: "sqs",
    endpoint: queue("events"),
    filterPolicy: { kind: ["order"] },
    filterPolicyScope: "MessageBody",
    redrivePolicy: { deadLetterTargetArn: queue("dead") },
  };
  const { redrivePolicy: _, ...rest } = inputs;
  await liveThrough(t, operations, {
    type: SUBSCRIPTION,
    name: "events",
    inputs,
    unknown: ["arn", "confirmationWasAuthenticated", "ownerId", "pendingConfirmation"],
    update: {
      inputs: {
        ...rest,
        rawMessageDelivery: true,
        filterPolicy: { kind: ["order", "refund"] },
        filterPolicyScope: "MessageAttributes",
      },
      paths: ["filterPolicy", "filterPolicyScope", "rawMessageDelivery", "redrivePolicy"],
    },
    replace: {
      inputs: { ...inputs, topic: other, endpoint: queue("others") },
      properties: ["endpoint", "topic"],
    },
    importWithout: ["confirmationTimeoutInMinutes", "endpointAutoConfirms"],
    async account(id, step) {
      t.true(id.startsWith(`${topic}:`));
      if (step === "deleted") return void t.deepEqual(await subscriptionsOf(topic), []);
      const isNew = step === "created";
      t.like(await attributes(id), {
        TopicArn: topic,
        Protocol: "sqs",
        Endpoint: queue("events"),
        PendingConfirmation: "false",
        ConfirmationWasAuthenticated: "true",
        RawMessageDelivery: String(!isNew),
        FilterPolicy: isNew ? '{"kind":["order"]}' : '{"kind":["order","refund"]}',
        FilterPolicyScope: isNew ? "MessageBody" : "MessageAttributes",
        RedrivePolicy: isNew ? `{"deadLetterTargetArn":"${queue("dead")}"}` : undefined,
      });
    },
  });
});

test("the scope of a filter is that of AWS where the program names none, also when it named one before", async (t) => {
  const inputs = {
    topic: await newTopic("scoped"),
    protocol: "sqs",
    endpoint: queue("scoped"),
    filterPolicy: { kind: ["order"] },
  };
  t.is((await operations.preview(SUBSCRIPTION, "scoped", inputs)).filterPolicyScope, "MessageAttributes");
  const made = await operations.create(SUBSCRIPTION, "scoped", { ...inputs, filterPolicyScope: "MessageBody" });
  t.deepEqual((await operations.diff(made, inputs)).differences, [
    { path: "filterPolicyScope", kind: "delete", replace: false },
  ]);
  const updated = await operations.update(made, inputs);
  t.is((await attributes(made.id)).FilterPolicyScope, "MessageAttributes");
  t.deepEqual((await operations.diff(updated, inputs)).differences, []);
});

test("a filter goes away as a whole", async (t) => {
  const inputs = { topic: await newTopic("filtered"), protocol: "sqs", endpoint: queue("filtered") };
  const made = await operations.create(SUBSCRIPTION, "filtered", { ...inputs, filterPolicy: { kind: ["order"] } });
  t.is(made.state.filterPolicyScope, "MessageAttributes");
  const updated = await operations.update(made, inputs);
  t.is(updated.state.filterPolicy, undefined);
  t.false("FilterPolicy" in (await attributes(made.id)));
  t.deepEqual((await operations.diff(updated, inputs)).differences, []);
});

test("a person is asked before he gets messages, and nobody waits for his answer", async (t) => {
  const topic = await newTopic("mail");
  const inputs = { topic, protocol: "email", endpoint: "ops@example.com" };
  const made = await operations.create(SUBSCRIPTION, "mail", inputs);
  t.like(made.state, {
    arn: made.id,
    confirmationWasAuthenticated: false,
    ownerId: ACCOUNT_ID,
    pendingConfirmation: true,
  });
  t.deepEqual(await subscriptionsOf(topic), [
    {
      SubscriptionArn: "PendingConfirmation",
      Owner: ACCOUNT_ID,
      Protocol: "email",
      Endpoint: "ops@example.com",
      TopicArn: topic,
    },
  ]);
  const counts = async () => {
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topic }));
    return [Attributes?.SubscriptionsPending, Attributes?.SubscriptionsConfirmed];
  };
  t.deepEqual(await counts(), ["1", "0"]);

  const Token = made.id.slice(made.id.lastIndexOf(":") + 1);
  await t.throwsAsync(client.send(new ConfirmSubscriptionCommand({ TopicArn: topic, Token: "guessed" })), {
    message: "Invalid parameter: Token",
  });
  await client.send(new ConfirmSubscriptionCommand({ TopicArn: topic, Token }));
  const confirmed = await operations.refresh(made);
  t.like(confirmed?.state, { confirmationWasAuthenticated: false, pendingConfirmation: false });
  t.deepEqual((await operations.diff(confirmed ?? made, inputs)).differences, []);
  t.is((await subscriptionsOf(topic))[0]?.SubscriptionArn, made.id);
  t.deepEqual(await counts(), ["0", "1"]);
  await operations.delete(made);
  t.deepEqual(await subscriptionsOf(topic), []);
});

test("what nobody confirmed stays until its topic goes", async (t) => {
  const made = await operations.create(TOPIC, "unread", { name: "unread" });
  const inputs = { topic: made.id, protocol: "email-json", endpoint: "ops@example.com" };
  const subscription = await operations.create(SUBSCRIPTION, "unread", inputs);
  await t.notThrowsAsync(operations.delete(subscription));
  t.is((await subscriptionsOf(made.id)).length, 1);
  await operations.delete(made);
  t.is(await operations.refresh(subscription), undefined);
});

test("a web server is waited for where the program says that it answers by itself", async (t) => {
  const inputs = { topic: await newTopic("web"), protocol: "https", endpoint: "https://alerts.example.com/key" };
  const asked = await operations.create(SUBSCRIPTION, "asked", inputs);
  t.true(asked.state.pendingConfirmation);

  const silent = { ...inputs, endpoint: "https://silent.example.com", endpointAutoConfirms: true };
  const error = await t.throwsAsync(
    operations.create(SUBSCRIPTION, "silent", { ...silent, confirmationTimeoutInMinutes: 0 }),
    { instanceOf: PartialFailure },
  );
  const { id, message } = error as PartialFailure;
  t.is(message, `waited for the https endpoint to confirm subscription ${id} until the timeout of 0 s was over`);
});

test("asking again for a subscription that is there answers with it", async (t) => {
  const inputs = { topic: await newTopic("twice"), protocol: "sqs", endpoint: queue("twice") };
  const first = await operations.create(SUBSCRIPTION, "first", inputs);
  t.is((await operations.create(SUBSCRIPTION, "second", inputs)).id, first.id);
});

const arn = `arn:aws:sns:${REGION}:${ACCOUNT_ID}:topic`;
for (const [protocol, endpoint, meaning] of [
  ["email", "nobody", "an e-mail address"],
  ["http", "https://example.com", "a URL that begins with http://"],
  ["https", "example.com", "a URL that begins with https://"],
  ["sms", "call me", "a telephone number such as +15551234567"],
  ["sqs", "queue", "an ARN"],
  ["lambda", "function", "an ARN"],
])
  refuses(
    operations,
    SUBSCRIPTION,
    { topic: arn, protocol, endpoint },
    `endpoint must be ${meaning} for the protocol ${protocol}`,
  );
refuses(
  operations,
  SUBSCRIPTION,
  { topic: arn, protocol: "fax", endpoint: "1" },
  'protocol must be one of application, email, email-json, firehose, http, https, lambda, sms, sqs, got "fax"',
);
refuses(
  operations,
  SUBSCRIPTION,
  { topic: "topic", protocol: "email", endpoint: "ops@example.com" },
  'topic must be an ARN such as arn:aws:iam::123456789012:role/name, got "topic"',
);
refuses(
  operations,
  SUBSCRIPTION,
  { topic: arn, protocol: "email", endpoint: "ops@example.com", rawMessageDelivery: true },
  'rawMessageDelivery is only for the protocols firehose, http, https, sqs, got "email"',
);
refuses(
  operations,
  SUBSCRIPTION,
  { topic: arn, protocol: "email", endpoint: "ops@example.com", filterPolicyScope: "MessageBody" },
  "filterPolicyScope needs filterPolicy beside it",
);
refuses(
  operations,
  SUBSCRIPTION,
  { topic: arn, protocol: "firehose", endpoint: `arn:aws:firehose:${REGION}:${ACCOUNT_ID}:deliverystream/x` },
  "subscriptionRoleArn is required and missing for the protocol firehose",
);
refuses(
  operations,
  SUBSCRIPTION,
  { topic: arn, protocol: "sqs", endpoint: queue("x"), replayPolicy: { PointType: "Timestamp" } },
  "replayPolicy is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);
