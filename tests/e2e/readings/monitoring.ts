import {
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, ListTopicsCommand } from "@aws-sdk/client-sns";
import { type Account, one } from "../account.ts";
import { keyNames } from "./encryption.ts";
import { statements } from "./policy.ts";
import { plain } from "./tags.ts";

/** Alarms as `name: comparison threshold, periods, when nothing is known, whom they tell`. */
export async function alarms({ alarms: client }: Account): Promise<string[]> {
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmTypes: ["MetricAlarm"] }));
  return MetricAlarms.map((alarm) => {
    const { AlarmName, ComparisonOperator, Threshold, EvaluationPeriods, TreatMissingData } = alarm;
    const periods = `${alarm.DatapointsToAlarm ?? EvaluationPeriods} of ${EvaluationPeriods}`;
    return `${plain(AlarmName)}: ${ComparisonOperator} ${Threshold}, ${periods}, ${TreatMissingData}, ${told(alarm)}`;
  }).sort();
}

function told({ AlarmActions = [], OKActions = [] }: Pick<MetricAlarm, "AlarmActions" | "OKActions">): string {
  const [bad, good] = [AlarmActions, OKActions].map((arns) => arns.map((arn) => plain(arn.split(":").at(-1))).join());
  return bad === good ? `tells ${bad || "nobody"}` : `tells ${bad} of the bad, ${good} of the good`;
}

/** Alarms over other alarms as `name: rule, whom they tell`. */
export async function compositeAlarms({ alarms: client }: Account): Promise<string[]> {
  const { CompositeAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmTypes: ["CompositeAlarm"] }));
  return CompositeAlarms.map((alarm) => `${alarm.AlarmName}: ${plain(alarm.AlarmRule)}, ${told(alarm)}`);
}

/** The one topic: its key, its policy and who is told. */
export async function topic(account: Account) {
  const client = account.topics;
  const { TopicArn } = one((await client.send(new ListTopicsCommand())).Topics);
  const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
  const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  return {
    key: (await keyNames(account)).get(Attributes.KmsMasterKeyId ?? ""),
    policy: statements(Attributes.Policy),
    subscriptions: Subscriptions.map(
      ({ Protocol, Endpoint, SubscriptionArn }) => `${Protocol} ${Endpoint} ${SubscriptionArn}`,
    ),
  };
}

/** Names of the dashboards with their headings from top to bottom. */
export async function dashboards({ alarms: client }: Account): Promise<Record<string, readonly string[]>> {
  const { DashboardEntries = [] } = await client.send(new ListDashboardsCommand());
  const shown = DashboardEntries.map(async ({ DashboardName = "" }) => {
    const { DashboardBody = "{}" } = await client.send(new GetDashboardCommand({ DashboardName }));
    const { widgets } = JSON.parse(DashboardBody) as Body;
    const headings = widgets.flatMap(({ type, properties }) =>
      type === "metric" ? [] : [type === "text" ? properties.markdown : properties.title],
    );
    return [DashboardName, headings] as const;
  });
  return Object.fromEntries(await Promise.all(shown));
}

interface Body {
  readonly widgets: readonly { type: string; properties: { title: string; markdown: string } }[];
}
