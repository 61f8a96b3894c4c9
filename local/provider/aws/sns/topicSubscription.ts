import {
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import type { TopicSubscriptionArgs, TopicSubscriptionState } from "@pulumi/aws/sns/topicSubscription.js";
import { messageOf } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { problems } from "./endpoints.ts";
import { type Attributes, attributeOf, attributesOf, sns } from "./sns.ts";

type Args = Plain<TopicSubscriptionArgs>;

/** How long the official provider waits for a receiver inside of AWS, in seconds. */
const CONFIRMATION_SECONDS = 120;

// The scope comes first: what a filter may say depends on it.
const SETTINGS = [
  "filterPolicyScope",
  "filterPolicy",
  "deliveryPolicy",
  "rawMessageDelivery",
  "redrivePolicy",
  "subscriptionRoleArn",
] as const;

const attributes = (call: AwsCall, SubscriptionArn: string): Promise<Attributes | undefined> =>
  attributesOf(sns(call).send(new GetSubscriptionAttributesCommand({ SubscriptionArn })));

/** What the words of a filter are compared with, where the program does not say it. */
const USUAL_SCOPE = "MessageAttributes";

/** Who has to be asked may take days to answer: only receivers that answer by themselves are waited for. */
function confirmationSeconds({ protocol, endpointAutoConfirms, confirmationTimeoutInMinutes = 1 }: Args) {
  if (protocol.startsWith("email")) return undefined;
  if (!protocol.startsWith("http")) return CONFIRMATION_SECONDS;
  return endpointAutoConfirms ? confirmationTimeoutInMinutes * 60 : undefined;
}

export default resource<Aws, TopicSubscriptionArgs, TopicSubscriptionState>({
  check: (inputs, isGiven) => [...problems(inputs, isGiven)],

  foresees: (_, isGiven) =>
    isGiven("filterPolicy") && !isGiven("filterPolicyScope") ? { filterPolicyScope: USUAL_SCOPE } : {},

  /** SNS answers a repeated request with the subscription that is there, so one that was lost is found by asking again. */
  async create(call, inputs) {
    const given = SETTINGS.filter((property) => inputs[property]);
    const { SubscriptionArn } = await sns(call).send(
      new SubscribeCommand({
        TopicArn: inputs.topic,
        Protocol: inputs.protocol,
        Endpoint: inputs.endpoint,
        Attributes: Object.fromEntries(given.map((property) => [attributeOf(property), String(inputs[property])])),
        ReturnSubscriptionArn: true,
      }),
    );
    return SubscriptionArn as string;
  },

  async complete(call, arn, inputs) {
    const timeout = confirmationSeconds(inputs);
    if (timeout === undefined) return;
    const patience = { signal: call.signal, timeout, deadline: Date.now() + timeout * 1000 };
    await until(patience, `the ${inputs.protocol} endpoint to confirm subscription ${arn}`, async () =>
      (await attributes(call, arn))?.PendingConfirmation === "false" ? true : undefined,
    );
  },

  async read(call, arn) {
    const told = await attributes(call, arn);
    return (
      told && {
        arn,
        confirmationWasAuthenticated: told.ConfirmationWasAuthenticated === "true",
        deliveryPolicy: told.DeliveryPolicy,
        endpoint: told.Endpoint,
        filterPolicy: told.FilterPolicy,
        filterPolicyScope: told.FilterPolicyScope,
        ownerId: told.Owner,
        pendingConfirmation: told.PendingConfirmation === "true",
        protocol: told.Protocol,
        rawMessageDelivery: told.RawMessageDelivery === "true",
        redrivePolicy: told.RedrivePolicy,
        subscriptionRoleArn: told.SubscriptionRoleArn,
        topic: told.TopicArn,
      }
    );
  },

  async update(call, arn, { news, changed }) {
    // A filter is taken away by an empty one, most other settings by saying nothing.
    const nothings: Readonly<Record<string, string>> = { filterPolicy: "{}", filterPolicyScope: USUAL_SCOPE };
    for (const property of SETTINGS.filter((one) => changed(one)))
      await sns(call).send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn: arn,
          AttributeName: attributeOf(property),
          AttributeValue: news[property] === undefined ? nothings[property] : String(news[property]),
        }),
      );
  },

  tolerates: (property, before, after) =>
    property === "filterPolicyScope" && after === undefined && before === USUAL_SCOPE,

  /** What nobody has confirmed cannot be taken back: SNS drops it after two days, or with its topic. */
  async delete(call, arn) {
    try {
      await sns(call).send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    } catch (error) {
      if (!/pending confirmation/.test(messageOf(error))) throw error;
    }
  },
});
