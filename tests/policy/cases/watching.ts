import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import type { Part } from "../stack.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const alarm = resource(TYPES.metricAlarm);
const logs = resource(TYPES.logGroup);
const topic = resource(TYPES.topic);
const HEARTBEAT = { metricName: "HealthyHostCount", comparisonOperator: "LessThanThreshold" };
const onTopic = alarm({ alarmActions: [UNKNOWN] }, { name: "alarm", from: { alarmActions: ["it"] } });

const NO_HTTP = {
  Effect: "Deny",
  Principal: "*",
  Action: "sns:Publish",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const ALARMS = {
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: "sns:Publish",
  Resource: "*",
};
const policy = (...Statement: readonly object[]): Part => ({
  type: TYPES.topicPolicy,
  name: "policy",
  inputs: { policy: JSON.stringify({ Version: "2012-10-17", Statement }) },
  from: { arn: ["it"] },
});

const each = (things: readonly string[], faults: readonly string[]) =>
  things.flatMap((thing) => faults.map((fault) => `${thing}-${fault}`));
const BALANCER = ["errors", "latency", "no-hosts", "rejected-connections", "too-few-hosts", "unhealthy-hosts"];
const DATABASE = ["connections", "cpu", "disk-burst", "memory", "storage"];
const ALARMS_OF_PRODUCTION = [
  ...each(["balancer-inner", "balancer-public"], BALANCER),
  ...each(["certificate-inner", "certificate-site"], ["expiry"]),
  ...each(["database-primary"], [...DATABASE, "silent"]),
  ...each(["database-replica-1"], [...DATABASE, "replica-lag"]),
  ...each(["fleet-app", "fleet-web"], ["at-maximum", "cpu", "disk", "memory"]),
  "site-is-down",
];

/** Rules about alarms, topics and logs. */
export const watchingCases: Readonly<Record<string, RuleCases>> = {
  "alarm-has-action": {
    cases: [
      says("one that tells somebody", [alarm({ alarmActions: [UNKNOWN] })], "it: passed"),
      says(
        "one that tells nobody",
        [alarm({ alarmActions: [] })],
        "it: it has no alarmActions, and nothing else looks at it.",
      ),
      says(
        "one that a health check looks at",
        [alarm(), { type: TYPES.healthCheck, name: "check", from: { cloudwatchAlarmName: ["it"] } }],
        "it: passed",
      ),
      says(
        "one that is part of another",
        [alarm(), { type: TYPES.compositeAlarm, name: "down", from: { alarmRule: ["it"] } }],
        "it: passed",
        "down: it has no alarmActions, and nothing else looks at it.",
      ),
      SILENT,
    ],
    mutation: breaks(
      TYPES.compositeAlarm,
      "monitoring-site-is-down",
      { set: { alarmActions: undefined }, from: { alarmActions: [] } },
      "alarm-has-action: monitoring-site-is-down",
    ),
  },
  "alarm-actions-enabled": {
    cases: [
      says("one as AWS makes it", [alarm()], "it: passed"),
      says("one that is off", [alarm({ actionsEnabled: false })], "it: its actionsEnabled is false."),
      SILENT,
      says("what is not known yet", [alarm({ actionsEnabled: UNKNOWN })], "it: undecidable by actionsEnabled"),
    ],
    mutation: breaks(
      TYPES.metricAlarm,
      "monitoring-fleet-web-cpu",
      { set: { actionsEnabled: false } },
      "alarm-actions-enabled: monitoring-fleet-web-cpu",
    ),
  },
  "alarm-missing-data": {
    cases: [
      says(
        "one that says it",
        [alarm({ treatMissingData: "notBreaching", metricName: "CPUUtilization" })],
        "it: passed",
      ),
      says("one that does not", [alarm()], "it: its treatMissingData is not set."),
      says("a heartbeat that is missed", [alarm({ ...HEARTBEAT, treatMissingData: "breaching" })], "it: passed"),
      says(
        "a heartbeat that is not",
        [alarm({ ...HEARTBEAT, treatMissingData: "notBreaching" })],
        "it: it is about too little HealthyHostCount, and its treatMissingData is notBreaching.",
      ),
      says(
        "too many of what is counted",
        [alarm({ ...HEARTBEAT, comparisonOperator: "GreaterThanThreshold", treatMissingData: "notBreaching" })],
        "it: passed",
      ),
      SILENT,
      says(
        "what is not known yet",
        [alarm({ ...HEARTBEAT, treatMissingData: UNKNOWN })],
        "it: undecidable by treatMissingData",
      ),
    ],
    mutation: breaks(
      TYPES.metricAlarm,
      "monitoring-balancer-public-no-hosts",
      { set: { treatMissingData: "ignore" } },
      "alarm-missing-data: monitoring-balancer-public-no-hosts",
    ),
  },
  "log-retention": {
    cases: [
      says("a year", [logs({ retentionInDays: 365 })], "it: passed"),
      says("a month", [logs({ retentionInDays: 30 })], "it: its retentionInDays is 30, less than 365."),
      says("for ever, as AWS makes it", [logs()], "it: it keeps its logs for ever."),
      {
        ...says("a month where that is enough", [logs({ retentionInDays: 30 })], "it: passed"),
        thresholds: { logRetentionDays: 30 },
      },
      SILENT,
      says("what is not known yet", [logs({ retentionInDays: UNKNOWN })], "it: undecidable by retentionInDays"),
    ],
    mutation: breaks(
      TYPES.logGroup,
      "flow-logs-logs",
      { set: { retentionInDays: 0 } },
      "log-retention: flow-logs-logs",
    ),
  },
  "logs-encrypted": {
    cases: [
      says("logs with a key", [logs({ kmsKeyId: UNKNOWN })], "it: passed"),
      says(
        "logs whose key only the deployment knows",
        [logs({}, { from: { kmsKeyId: ["key"] } }), { type: TYPES.kmsKey, name: "key" }],
        "it: passed",
      ),
      says("logs as AWS makes them", [logs()], "it: it has no kmsKeyId."),
      SILENT,
    ],
    mutation: breaks(
      TYPES.logGroup,
      "web-acl-logs",
      { set: { kmsKeyId: undefined }, from: { kmsKeyId: [] } },
      "logs-encrypted: web-acl-logs",
    ),
  },
  "topic-encrypted": {
    cases: [
      says(
        "a topic with a key of the stack",
        [
          topic({ kmsMasterKeyId: UNKNOWN }, { from: { kmsMasterKeyId: ["key"] } }),
          { type: TYPES.kmsKey, name: "key" },
        ],
        "it: passed",
      ),
      says("a topic as AWS makes it", [topic()], "it: it has no kmsMasterKeyId."),
      says("AWS's key", [topic({ kmsMasterKeyId: "alias/aws/sns" })], "it: passed"),
      says(
        "AWS's key for alarms",
        [topic({ kmsMasterKeyId: "alias/aws/sns" }), onTopic],
        "it: alarms publish to it, and its kmsMasterKeyId is alias/aws/sns.",
      ),
      SILENT,
      says("what is not known yet", [topic({ kmsMasterKeyId: UNKNOWN })], "it: undecidable by kmsMasterKeyId"),
    ],
    mutation: breaks(
      TYPES.topic,
      "monitoring-topic-topic",
      { set: { kmsMasterKeyId: "alias/aws/sns" }, from: { kmsMasterKeyId: [] } },
      "topic-encrypted: monitoring-topic-topic",
    ),
  },
  "topic-policy": {
    cases: [
      says("a service, and no plain HTTP", [topic(), policy(ALARMS, NO_HTTP)], "it: passed"),
      says("a policy of the topic itself", [topic({ policy: { Statement: NO_HTTP } })], "it: passed"),
      says(
        "everybody",
        [topic(), policy({ ...ALARMS, Principal: { AWS: "*" } }, NO_HTTP)],
        "policy: it lets everybody in.",
      ),
      says("plain HTTP", [topic(), policy(ALARMS)], "policy: it does not refuse plain HTTP."),
      says(
        "plain HTTP of some accounts",
        [
          topic(),
          policy(ALARMS, {
            ...NO_HTTP,
            Condition: { ...NO_HTTP.Condition, StringEquals: { "aws:SourceAccount": "123456789012" } },
          }),
        ],
        "policy: it does not refuse plain HTTP.",
      ),
      says("no policy", [topic()], "it: it has no policy that refuses plain HTTP."),
      SILENT,
      says(
        "what is not known yet",
        [topic(), { ...policy(), inputs: { policy: UNKNOWN } }],
        "it: undecidable by policy",
      ),
    ],
    mutation: breaks(
      TYPES.topicPolicy,
      "monitoring-topic-policy",
      { set: { policy: JSON.stringify({ Statement: [ALARMS] }) } },
      "topic-policy: monitoring-topic-policy",
    ),
  },
  "alarms-are-heard": {
    cases: [
      says(
        "a topic that somebody listens to",
        [topic(), onTopic, { type: TYPES.topicSubscription, name: "mail", from: { topic: ["it"] } }],
        "it: passed",
      ),
      says("a topic that nobody listens to", [topic(), onTopic], "it: alarms publish to it, and nobody subscribes."),
      says("a topic without alarms", [topic()], "it: not applicable"),
    ],
    mutation: breaks(
      TYPES.topicSubscription,
      "monitoring-topic-operations@example.com",
      { removed: true },
      ...ALARMS_OF_PRODUCTION.map((name) => `alarm-reaches-people: monitoring-${name}`),
      "alarms-are-heard: monitoring-topic-topic",
    ),
  },
};
