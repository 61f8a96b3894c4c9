"""Makes moto's topics and subscriptions say what those of SNS say.

moto 5.2.5 confirms every subscription by itself, tells only some attributes of a topic, takes any policy, and answers a request
for a topic that exists with that topic, whatever its tags. Here people and web servers are asked before they get messages:
the token that SNS would send them is the last part of the subscription's ARN.
"""

import json
from typing import Any

from moto.core.responses import ActionResult
from moto.sns.exceptions import SNSInvalidParameter
from moto.sns.models import VALID_POLICY_ACTIONS, SNSBackend, Subscription, Topic
from moto.sns.responses import SNSResponse
from moto.sns.utils import make_arn_for_topic

# https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html, .../sns-email-notifications.html
CONFIRMED_BY_THE_RECEIVER = {"email", "email-json", "http", "https"}

ACTIONS = {f"sns:{action.lower()}" for action in VALID_POLICY_ACTIONS}

# What moto tells by itself, in the form that it was told or another.
TOLD = {"ContentBasedDeduplication", "DeliveryPolicy", "DisplayName", "FifoTopic", "KmsMasterKeyId", "Policy"}

make = SNSBackend.create_topic
put = SNSResponse.set_topic_attributes
tell = SNSResponse.get_topic_attributes
take = SNSBackend.subscribe
put_on_subscription = SNSBackend.set_subscription_attributes
drop = SNSBackend.unsubscribe
deliver = Subscription.publish


def create_topic(self: SNSBackend, name: str, attributes: dict[str, Any], tags: dict[str, str]) -> Topic:
    before = self.topics.get(make_arn_for_topic(self.account_id, name, self.region_name))
    if before and tags and before._tags != tags:
        raise SNSInvalidParameter("Invalid parameter: Tags Reason: Topic already exists with different tags")
    made = make(self, name, attributes, tags)
    if before is None:
        made.attributes = dict(attributes)
    return made


def check_policy(policy: str) -> None:
    statements = json.loads(policy)["Statement"]
    for statement in statements if isinstance(statements, list) else [statements]:
        actions = statement.get("Action", [])
        for action in actions if isinstance(actions, list) else [actions]:
            if action.lower() not in ACTIONS:
                raise SNSInvalidParameter(f"Invalid parameter: Policy statement action out of service scope! ({action})")


def set_topic_attributes(self: SNSResponse) -> ActionResult:
    name, value = self._get_param("AttributeName"), self._get_param("AttributeValue")
    if name == "Policy":
        check_policy(value)
    answer = put(self)
    self.backend.get_topic(self._get_param("TopicArn")).attributes[name] = value
    return answer


def is_pending(subscription: Subscription) -> bool:
    return subscription.attributes["PendingConfirmation"]


def get_topic_attributes(self: SNSResponse) -> ActionResult:
    answer = tell(self)
    topic = self.backend.get_topic(self._get_param("TopicArn"))
    pending = [is_pending(one) for one in self.backend._get_topic_subscriptions(topic)]
    others = {name: value for name, value in topic.attributes.items() if value and name not in TOLD}
    counts = {"SubscriptionsPending": pending.count(True), "SubscriptionsConfirmed": pending.count(False)}
    answer.result["Attributes"].update(others | counts)
    return answer


def subscribe(self: SNSBackend, topic_arn: str, endpoint: str, protocol: str) -> Subscription:
    before = self._find_subscription(topic_arn, endpoint, protocol)
    made = take(self, topic_arn, endpoint, protocol)
    if before is None and protocol in CONFIRMED_BY_THE_RECEIVER:
        made.attributes |= {"PendingConfirmation": True, "ConfirmationWasAuthenticated": False}
    return made


def confirm_subscription(self: SNSResponse) -> ActionResult:
    arn = f"{self._get_param('TopicArn')}:{self._get_param('Token')}"
    found = self.backend.subscriptions.get(arn)
    if not found or not is_pending(found):
        raise SNSInvalidParameter("Invalid parameter: Token")
    authenticated = self._get_param("AuthenticateOnUnsubscribe") == "true"
    found.attributes |= {"PendingConfirmation": False, "ConfirmationWasAuthenticated": authenticated}
    return ActionResult({"SubscriptionArn": arn})


def set_subscription_attributes(self: SNSBackend, arn: str, name: str, value: Any) -> None:
    put_on_subscription(self, arn, name, value)
    # An empty filter is none.
    if value in (None, "", "{}"):
        self.subscriptions[arn].attributes.pop(name, None)


def unsubscribe(self: SNSBackend, subscription_arn: str) -> None:
    found = self.subscriptions.get(subscription_arn)
    if found and is_pending(found):
        raise SNSInvalidParameter("Invalid parameter: Cannot unsubscribe a subscription that is pending confirmation")
    drop(self, subscription_arn)


def publish(self: Subscription, *args: Any, **kwargs: Any) -> None:
    if not is_pending(self):
        deliver(self, *args, **kwargs)


def summary(subscription: Subscription) -> dict[str, str]:
    return {
        "SubscriptionArn": "PendingConfirmation" if is_pending(subscription) else subscription.arn,
        "Owner": subscription.owner,
        "Protocol": subscription.protocol,
        "Endpoint": subscription.endpoint,
        "TopicArn": subscription.topic_arn,
    }


def summarized(answer: Any) -> Any:
    """Lists of subscriptions do not tell the ARN of one that waits for its confirmation."""

    def listed(self: SNSResponse) -> ActionResult:
        told = answer(self)
        told.result["Subscriptions"] = [summary(one) for one in told.result["Subscriptions"]]
        return told

    return listed


def install() -> None:
    Topic.attributes = {}
    SNSBackend.create_topic = create_topic
    SNSBackend.subscribe = subscribe
    SNSBackend.set_subscription_attributes = set_subscription_attributes
    SNSBackend.unsubscribe = unsubscribe
    Subscription.publish = publish
    SNSResponse.confirm_subscription = confirm_subscription
    SNSResponse.get_topic_attributes = get_topic_attributes
    SNSResponse.set_topic_attributes = set_topic_attributes
    SNSResponse.list_subscriptions = summarized(SNSResponse.list_subscriptions)
    SNSResponse.list_subscriptions_by_topic = summarized(SNSResponse.list_subscriptions_by_topic)
