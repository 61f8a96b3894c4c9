import {
  CreateTopicCommand,
  DeleteTopicCommand,
  ListTagsForResourceCommand,
  paginateListTopics,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import type { TopicArgs, TopicState } from "@pulumi/aws/sns/topic.js";
import { type Plain, type Problem, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING, isMarked } from "../creation.ts";
import { nameOf } from "../names.ts";
import { attributeOf, setTopicAttribute, sns, topicAttributes } from "./sns.ts";

type Args = Plain<TopicArgs>;

const RECEIVERS = ["application", "firehose", "http", "lambda", "sqs"] as const;

const TEXTS = [
  "deliveryPolicy",
  "displayName",
  "kmsMasterKeyId",
  "policy",
  "tracingConfig",
  ...RECEIVERS.flatMap((one) => [`${one}FailureFeedbackRoleArn`, `${one}SuccessFeedbackRoleArn`] as const),
] as const;
const NUMBERS = ["signatureVersion", ...RECEIVERS.map((one) => `${one}SuccessFeedbackSampleRate` as const)] as const;

const FIFO = ".fifo";

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
function* problems({
  name,
  fifoTopic,
  contentBasedDeduplication,
  fifoThroughputScope,
}: Partial<Args>): Iterable<Problem> {
  if (name !== undefined && !(fifoTopic ? /^[\w-]{1,251}\.fifo$/ : /^[\w-]{1,256}$/).test(name))
    yield {
      property: "name",
      reason: `name must be made of at most 256 letters, digits, hyphens and underscores${fifoTopic ? ` and end in ${FIFO}` : ""}, got "${name}"`,
    };
  if (fifoTopic !== false) return;
  if (contentBasedDeduplication)
    yield {
      property: "contentBasedDeduplication",
      reason: "contentBasedDeduplication is only for topics with fifoTopic",
    };
  if (fifoThroughputScope !== undefined)
    yield { property: "fifoThroughputScope", reason: "fifoThroughputScope is only for topics with fifoTopic" };
}

function topicName(call: AwsCall, inputs: Args): string {
  const name = nameOf(call, inputs);
  return inputs.fifoTopic && !name.endsWith(FIFO) ? name + FIFO : name;
}

const CHANGEABLE = [...TEXTS, ...NUMBERS, "contentBasedDeduplication", "fifoThroughputScope"] as const;

async function setAttributes(call: AwsCall, arn: string, inputs: Args, which: readonly (keyof Args & string)[]) {
  for (const property of which)
    await setTopicAttribute(call, arn, attributeOf(property), String(inputs[property] ?? ""));
}

async function tagsOf(call: AwsCall, ResourceArn: string): Promise<Record<string, string>> {
  const { Tags = [] } = await sns(call).send(new ListTagsForResourceCommand({ ResourceArn }));
  return Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

const toTags = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export default resource<Aws, TopicArgs, TopicState>({
  check: (inputs) => [...problems(inputs)],

  /** A topic of that name that is there already has other tags, at least because of the mark: SNS refuses to hand it out. */
  async create(call, inputs) {
    const { fifoTopic, fifoThroughputScope, tags } = inputs;
    const made = await sns(call).send(
      new CreateTopicCommand({
        Name: topicName(call, inputs),
        Attributes: fifoTopic
          ? { FifoTopic: "true", ...(fifoThroughputScope ? { FifoThroughputScope: fifoThroughputScope } : {}) }
          : undefined,
        Tags: toTags({ ...tags, [CREATING]: call.token }),
      }),
    );
    return made.TopicArn as string;
  },

  async complete(call, arn, inputs) {
    await sns(call).send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: [CREATING] }));
    const given = CHANGEABLE.filter((property) => inputs[property] && property !== "fifoThroughputScope");
    await setAttributes(call, arn, inputs, given);
  },

  async read(call, arn) {
    const attributes = await topicAttributes(call, arn);
    if (!attributes) return undefined;
    const { [CREATING]: _, ...tags } = await tagsOf(call, arn);
    const told = (property: string): string | undefined => attributes[attributeOf(property)];
    return {
      ...Object.fromEntries(TEXTS.map((property) => [property, told(property)])),
      ...Object.fromEntries(NUMBERS.map((property) => [property, told(property) && Number(told(property))])),
      arn,
      beginningArchiveTime: told("beginningArchiveTime"),
      contentBasedDeduplication: told("contentBasedDeduplication") === "true",
      fifoThroughputScope: told("fifoThroughputScope"),
      fifoTopic: told("fifoTopic") === "true",
      name: arn.slice(arn.lastIndexOf(":") + 1),
      owner: told("owner"),
      tags,
    };
  },

  async update(call, arn, { news, changed }) {
    await setAttributes(
      call,
      arn,
      news,
      CHANGEABLE.filter((property) => changed(property)),
    );
  },

  async retag(call, arn, { set, remove }) {
    if (remove.length > 0) await sns(call).send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: [...remove] }));
    if (Object.keys(set).length > 0)
      await sns(call).send(new TagResourceCommand({ ResourceArn: arn, Tags: toTags(set) }));
  },

  /** With the topic go its subscriptions, also those that nobody has confirmed. */
  async delete(call, arn) {
    await sns(call).send(new DeleteTopicCommand({ TopicArn: arn }));
  },

  lost: {
    by: [],
    async find(call) {
      for await (const { Topics = [] } of paginateListTopics({ client: sns(call) }, {}))
        for (const { TopicArn = "" } of Topics) if (await isMarked(tagsOf(call, TopicArn), call.token)) return TopicArn;
      return undefined;
    },
  },
});
