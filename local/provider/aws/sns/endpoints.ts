/** What SNS asks of the endpoint and the settings of a subscription, by its protocol. */
import type { TopicSubscriptionArgs } from "@pulumi/aws/sns/topicSubscription.js";
import type { Plain, Problem } from "../../core/resource.ts";

type Args = Plain<TopicSubscriptionArgs>;

const ADDRESS: Rule = [/^[^@\s]+@[^@\s]+$/, "an e-mail address"];
const ARN: Rule = [/^arn:[\w-]+:[\w-]+:/, "an ARN"];

type Rule = readonly [expression: RegExp, meaning: string];

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const ENDPOINTS: Readonly<Record<string, Rule>> = {
  application: ARN,
  email: ADDRESS,
  "email-json": ADDRESS,
  firehose: ARN,
  http: [/^http:\/\//, "a URL that begins with http://"],
  https: [/^https:\/\//, "a URL that begins with https://"],
  lambda: ARN,
  sms: [/^\+?[\d./-]+$/, "a telephone number such as +15551234567"],
  sqs: ARN,
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html */
const RAW = ["firehose", "http", "https", "sqs"];

/** The endpoint itself is not shown: URLs of alerting services hold a key. */
export function* problems(
  { protocol = "", endpoint, rawMessageDelivery }: Partial<Args>,
  isGiven: (property: keyof TopicSubscriptionArgs) => boolean,
): Iterable<Problem> {
  const [expression, meaning] = ENDPOINTS[protocol] ?? [];
  if (endpoint !== undefined && expression && !expression.test(endpoint))
    yield { property: "endpoint", reason: `endpoint must be ${meaning} for the protocol ${protocol}` };
  if (rawMessageDelivery && protocol !== "" && !RAW.includes(protocol))
    yield {
      property: "rawMessageDelivery",
      reason: `rawMessageDelivery is only for the protocols ${RAW.join(", ")}, got "${protocol}"`,
    };
  if (protocol === "firehose" && !isGiven("subscriptionRoleArn"))
    yield {
      property: "subscriptionRoleArn",
      reason: "subscriptionRoleArn is required and missing for the protocol firehose",
    };
}
