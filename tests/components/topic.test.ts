import test from "ava";
import { Topic } from "../../components/topic.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const topic = (...emails: readonly string[]) =>
  record(() => new Topic("tp", { account: ACCOUNT, emails, kmsKeyArn: "arn:key", tags: TAGS }));

const ARN = "arn:aws:sns:eu-central-1:123456789012:tp-topic-1234567";

test("the topic is encrypted with the key that it is given", async (t) => {
  t.deepEqual((await topic()).one("aws:sns/topic:Topic").inputs, {
    kmsMasterKeyId: "arn:key",
    tags: tagsOf("tp-topic"),
  });
});

test("only alarms of this account and region publish, and only over TLS", async (t) => {
  const { inputs } = (await topic()).one("aws:sns/topicPolicy:TopicPolicy");
  t.is(inputs.arn, ARN);
  const publish = { Action: "sns:Publish", Resource: ARN };
  t.deepEqual(JSON.parse(String(inputs.policy)), {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AlarmsOfThisAccount",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        ...publish,
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*" },
        },
      },
      {
        Sid: "RefuseAllButServices",
        Effect: "Deny",
        Principal: "*",
        ...publish,
        Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } },
      },
      {
        Sid: "RefusePlainHttp",
        Effect: "Deny",
        Principal: "*",
        ...publish,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
});

test("each address is told, under its own name, so that taking one out leaves the others", async (t) => {
  const { all } = await topic("a@example.com", "b@example.com");
  t.deepEqual(
    all("aws:sns/topicSubscription:TopicSubscription").map(({ name, inputs }) => [name, inputs]),
    ["a@example.com", "b@example.com"].map((endpoint) => [
      `tp-${endpoint}`,
      { topic: ARN, protocol: "email", endpoint },
    ]),
  );
  t.is((await topic()).all("aws:sns/topicSubscription:TopicSubscription").length, 0);
});

test("everything belongs to the component, which tells where to publish", async (t) => {
  const { seen, built } = await topic("a@example.com");
  t.is(await unwrap(built.arn), ARN);
  t.deepEqual(
    seen.slice(1).map(({ parent }) => parent),
    ["tp", "tp", "tp"],
  );
});
