import type { TopicPolicyArgs, TopicPolicyState } from "@pulumi/aws/sns/topicPolicy.js";
import { sameValue } from "../../core/equality.ts";
import { resource } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { setTopicAttribute, topicAttributes } from "./sns.ts";

/** What a topic has when nobody gives it a policy: whoever is of the owner's account may use it. */
const defaultPolicy = (arn: string, owner: string): string =>
  JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": owner } },
      },
    ],
  });

const isDefault = (policy: string | undefined, arn: string): boolean =>
  sameValue({ type: "string", compare: "json" }, policy, defaultPolicy(arn, arn.split(":")[4] ?? ""));

export default resource<Aws, TopicPolicyArgs, TopicPolicyState>({
  async create(call, { arn, policy }) {
    await setTopicAttribute(call, arn, "Policy", policy);
    return arn;
  },

  async read(call, arn) {
    const attributes = await topicAttributes(call, arn);
    return attributes?.Policy === undefined ? undefined : { arn, owner: attributes.Owner, policy: attributes.Policy };
  },

  async update(call, arn, { news }) {
    await setTopicAttribute(call, arn, "Policy", news.policy);
  },

  /** A topic is never without a policy. */
  async delete(call, arn) {
    if (await topicAttributes(call, arn))
      await setTopicAttribute(call, arn, "Policy", defaultPolicy(arn, arn.split(":")[4] ?? ""));
  },

  lost: {
    by: ["arn"],
    async find(call, { arn = "" }) {
      const attributes = await topicAttributes(call, arn);
      return attributes && !isDefault(attributes.Policy, arn) ? arn : undefined;
    },
  },
});
