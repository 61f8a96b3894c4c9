/** Who is told when a budget is reached. */
import {
  CreateNotificationCommand,
  DeleteNotificationCommand,
  DescribeSubscribersForNotificationCommand,
  type Notification,
  paginateDescribeNotificationsForBudget,
  type Subscriber,
} from "@aws-sdk/client-budgets";
import type { BudgetArgs } from "@pulumi/aws/budgets/budget.js";
import type { Plain } from "../../core/resource.ts";
import type { AwsCall } from "../client.ts";
import { budgets, type Named } from "./budgets.ts";

type Notifications = NonNullable<Plain<BudgetArgs>["notifications"]>;
type One = Notifications[number];

const toNotification = (one: One): Notification => ({
  NotificationType: one.notificationType as Notification["NotificationType"],
  ComparisonOperator: one.comparisonOperator as Notification["ComparisonOperator"],
  Threshold: one.threshold,
  ThresholdType: one.thresholdType as Notification["ThresholdType"],
});

const toSubscribers = ({ subscriberEmailAddresses = [], subscriberSnsTopicArns = [] }: One): Subscriber[] => [
  ...subscriberEmailAddresses.map((Address): Subscriber => ({ SubscriptionType: "EMAIL", Address })),
  ...subscriberSnsTopicArns.map((Address): Subscriber => ({ SubscriptionType: "SNS", Address })),
];

export async function readNotifications(call: AwsCall, named: Named): Promise<Notifications> {
  const client = budgets(call);
  const found: One[] = [];
  for await (const { Notifications = [] } of paginateDescribeNotificationsForBudget({ client }, { ...named })) {
    for (const notification of Notifications) {
      const asked = new DescribeSubscribersForNotificationCommand({ ...named, Notification: notification });
      const { Subscribers = [] } = await client.send(asked);
      found.push(fromNotification(notification, Subscribers));
    }
  }
  return found;
}

function fromNotification(notification: Notification, subscribers: readonly Subscriber[]): One {
  const told = (kind: Subscriber["SubscriptionType"]) => {
    const addresses = subscribers.flatMap(({ SubscriptionType, Address = "" }) =>
      SubscriptionType === kind ? Address : [],
    );
    return addresses.length > 0 ? addresses : undefined;
  };
  return {
    comparisonOperator: notification.ComparisonOperator as string,
    notificationType: notification.NotificationType as string,
    subscriberEmailAddresses: told("EMAIL"),
    subscriberSnsTopicArns: told("SNS"),
    threshold: notification.Threshold as number,
    thresholdType: notification.ThresholdType ?? "PERCENTAGE",
  };
}

/** The budget has exactly these notifications afterwards. What is there is asked, not remembered: an update may complete a half-made budget. */
export async function setNotifications(call: AwsCall, named: Named, wanted: Notifications): Promise<void> {
  const standing = await readNotifications(call, named);
  const kept = new Set(wanted.map(keyOf));
  const had = new Set(standing.map(keyOf));
  for (const one of standing.filter((notification) => !kept.has(keyOf(notification))))
    await budgets(call).send(new DeleteNotificationCommand({ ...named, Notification: toNotification(one) }));
  for (const one of wanted.filter((notification) => !had.has(keyOf(notification))))
    await budgets(call).send(
      new CreateNotificationCommand({ ...named, Notification: toNotification(one), Subscribers: toSubscribers(one) }),
    );
}

const keyOf = (one: One): string =>
  JSON.stringify([
    one.notificationType,
    one.comparisonOperator,
    one.threshold,
    one.thresholdType,
    [...(one.subscriberEmailAddresses ?? [])].sort(),
    [...(one.subscriberSnsTopicArns ?? [])].sort(),
  ]);
