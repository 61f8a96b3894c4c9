/** What the types of SNS share: the client, attributes, and whether something is there. */
import { GetTopicAttributesCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { isNotFound } from "../../core/errors.ts";
import type { AwsCall } from "../client.ts";

export const sns = ({ context, region }: AwsCall): SNSClient => context.client("sns", SNSClient, region);

/** Attributes of a topic or a subscription by name; SNS writes all of them as text. */
export type Attributes = Record<string, string>;

/** Asks for attributes, without the empty ones; `undefined` when what has them is not there. */
export async function attributesOf(
  asked: Promise<{ readonly Attributes?: Attributes }>,
): Promise<Attributes | undefined> {
  try {
    const { Attributes = {} } = await asked;
    return Object.fromEntries(Object.entries(Attributes).filter(([, value]) => value !== ""));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export const topicAttributes = (call: AwsCall, TopicArn: string): Promise<Attributes | undefined> =>
  attributesOf(sns(call).send(new GetTopicAttributesCommand({ TopicArn })));

export async function setTopicAttribute(
  call: AwsCall,
  TopicArn: string,
  AttributeName: string,
  AttributeValue: string,
): Promise<void> {
  await sns(call).send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
}

/** The attribute of a property: `sqsFailureFeedbackRoleArn` is SQSFailureFeedbackRoleArn. */
export const attributeOf = (property: string): string =>
  property
    .replace(/^(http|sqs)(?=[A-Z])/, (service) => service.toUpperCase())
    .replace(/^./, (first) => first.toUpperCase());
