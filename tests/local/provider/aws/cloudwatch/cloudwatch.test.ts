import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand as ListLogTagsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import test from "ava";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const alarms = new CloudWatchClient(account.client);
const logs = new CloudWatchLogsClient(account.client);

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT_ID}:alarms`;

const LAG = {
  namespace: "AWS/RDS",
  metricName: "ReplicaLag",
  dimensions: { DBInstanceIdentifier: "replica" },
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 2,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 30,
};

async function findAlarm(name: string) {
  const { MetricAlarms = [] } = await alarms.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms[0];
}

test("an alarm lives as AWS's own would", async (t) => {
  const inputs = {
    ...LAG,
    alarmDescription: "Lag",
    alarmActions: [TOPIC],
    okActions: [TOPIC],
    insufficientDataActions: [TOPIC],
    datapointsToAlarm: 1,
    unit: "Seconds",
    tags: { tier: "data" },
  };
  await liveThrough(t, operations, {
    type: ALARM,
    name: "lag",
    inputs,
    unknown: ["arn", "evaluateLowSampleCountPercentiles"],
    empty: ["evaluateLowSampleCountPercentiles"],
    update: {
      inputs: {
        ...inputs,
        alarmDescription: "Lag of a replica",
        dimensions: { DBInstanceIdentifier: "other" },
        threshold: 0,
        treatMissingData: "breaching",
        actionsEnabled: false,
        alarmActions: [],
        datapointsToAlarm: 2,
        tags: { tier: "other" },
      },
      paths: [
        "actionsEnabled",
        "alarmActions",
        "alarmDescription",
        "datapointsToAlarm",
        "dimensions.DBInstanceIdentifier",
        "tags.tier",
        "threshold",
        "treatMissingData",
      ],
    },
    replace: { inputs: { ...inputs, name: "another" }, properties: ["name"] },
    importWithout: [],
    async account(id, step) {
      t.regex(id, /^lag-[0-9a-f]{7}$/);
      const alarm = await findAlarm(id);
      if (step === "deleted") return void t.is(alarm, undefined);
      const isNew = step === "created";
      t.like(alarm, {
        ActionsEnabled: isNew,
        AlarmActions: isNew ? [TOPIC] : [],
        AlarmDescription: isNew ? "Lag" : "Lag of a replica",
        ComparisonOperator: "GreaterThanThreshold",
        DatapointsToAlarm: isNew ? 1 : 2,
        Dimensions: [{ Name: "DBInstanceIdentifier", Value: isNew ? "replica" : "other" }],
        EvaluationPeriods: 2,
        MetricName: "ReplicaLag",
        OKActions: [TOPIC],
        Statistic: "Maximum",
        Threshold: isNew ? 30 : 0,
        TreatMissingData: isNew ? "missing" : "breaching",
        Unit: "Seconds",
      });
      const { Tags } = await alarms.send(new ListTagsForResourceCommand({ ResourceARN: alarm?.AlarmArn }));
      t.deepEqual(Tags, [{ Key: "tier", Value: isNew ? "data" : "other" }]);
    },
  });
});

const stat = (metricName: string) => ({
  metricName,
  namespace: "AWS/ApplicationELB",
  period: 60,
  stat: "Sum",
  dimensions: { LoadBalancer: "app/web/1" },
});

test("an alarm watches an expression over several metrics", async (t) => {
  const inputs = {
    name: "errors",
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 3,
    threshold: 5,
    treatMissingData: "notBreaching",
    metricQueries: [
      { id: "rate", expression: "100 * errors / requests", label: "Errors in percent", returnData: true },
      { id: "errors", metric: stat("HTTPCode_Target_5XX_Count") },
      { id: "requests", metric: stat("RequestCount"), accountId: ACCOUNT_ID },
    ],
  };
  const made = await operations.create(ALARM, "errors", inputs);
  const { Metrics = [] } = (await findAlarm("errors")) ?? {};
  t.deepEqual(
    Metrics.map(({ Id, Expression, ReturnData, MetricStat }) => [
      Id,
      Expression,
      ReturnData,
      MetricStat?.Metric?.MetricName,
    ]),
    [
      ["rate", "100 * errors / requests", true, undefined],
      ["errors", undefined, false, "HTTPCode_Target_5XX_Count"],
      ["requests", undefined, false, "RequestCount"],
    ],
  );
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  const turned = { ...inputs, metricQueries: inputs.metricQueries.toReversed() };
  t.deepEqual((await operations.diff(made, turned)).differences, []);
  const [rate, ...rest] = inputs.metricQueries;
  const changed = { ...inputs, metricQueries: [{ ...rate, expression: "errors / requests" }, ...rest] };
  t.deepEqual((await operations.diff(made, changed)).differences, [
    { path: "metricQueries[0]", kind: "update", replace: false },
  ]);
  const updated = await operations.update(made, changed);
  t.is((await findAlarm("errors"))?.Metrics?.[0]?.Expression, "errors / requests");
  t.deepEqual((await operations.diff(updated, changed)).differences, []);
});

test("an alarm watches an expression over percentiles", async (t) => {
  const inputs = {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 3,
    threshold: 2,
    metricQueries: [
      { id: "slow", expression: "IF(requests > 100, latency, 0)", returnData: true },
      { id: "latency", metric: { ...stat("TargetResponseTime"), stat: "p99", unit: "Seconds" } },
      { id: "requests", metric: stat("RequestCount") },
    ],
  };
  const made = await operations.create(ALARM, "slow", inputs);
  const { Metrics = [] } = (await findAlarm(made.id)) ?? {};
  t.like(Metrics[1]?.MetricStat, { Stat: "p99", Unit: "Seconds", Period: 60 });
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  const [slow, latency, requests] = inputs.metricQueries;
  const changed = { ...inputs, metricQueries: [slow, { ...latency, metric: stat("TargetResponseTime") }, requests] };
  await operations.update(made, changed);
  t.is((await findAlarm(made.id))?.Metrics?.[1]?.MetricStat?.Stat, "Sum");
});

test("an alarm over a percentile keeps its statistic", async (t) => {
  const { statistic: _, ...rest } = LAG;
  const inputs = { ...rest, extendedStatistic: "p99.9", evaluateLowSampleCountPercentiles: "ignore" };
  const made = await operations.create(ALARM, "percentile", inputs);
  t.is((await findAlarm(made.id))?.ExtendedStatistic, "p99.9");
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
});

test("an alarm that was changed by hand is found and put back", async (t) => {
  const made = await operations.create(ALARM, "drifting", { ...LAG, name: "drifting" });
  await alarms.send(
    new PutMetricAlarmCommand({
      AlarmName: "drifting",
      Namespace: "AWS/RDS",
      MetricName: "ReplicaLag",
      Dimensions: [{ Name: "DBInstanceIdentifier", Value: "replica" }],
      Statistic: "Maximum",
      Period: 300,
      EvaluationPeriods: 2,
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 99,
    }),
  );
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual([...(await operations.diff(drifted, { ...LAG, name: "drifting" })).changed].sort(), [
    "period",
    "threshold",
    "treatMissingData",
  ]);
  await operations.update(drifted, { ...LAG, name: "drifting" });
  t.like(await findAlarm("drifting"), { Threshold: 30, Period: 60 });
});

test("an alarm that a killed run made is told from another of the same name", async (t) => {
  await alarms.send(
    new PutMetricAlarmCommand({
      AlarmName: "lost",
      ComparisonOperator: "GreaterThanThreshold",
      EvaluationPeriods: 1,
      Threshold: 1,
      MetricName: "m",
      Namespace: "n",
      Period: 60,
      Statistic: "Sum",
      Tags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }],
    }),
  );
  t.is(await operations.lost(ALARM, "lost", "token-of-the-lost", { name: "lost" }), "lost");
  t.is(await operations.lost(ALARM, "lost", "another", { name: "lost" }), undefined);
});

async function findGroup(name: string) {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return logGroups.find(({ logGroupName }) => logGroupName === name);
}

/** A key that CloudWatch Logs may use, as far as `condition` lets it. */
async function newKey(name: string, condition: object = {}, more: Values = {}): Promise<string> {
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` }, Action: "kms:*", Resource: "*" },
      {
        Effect: "Allow",
        Principal: { Service: `logs.${REGION}.amazonaws.com` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: condition,
      },
    ],
  };
  return String((await operations.create("aws:kms/key:Key", name, { policy, ...more })).state.arn);
}

const ofGroups = (name: string) => ({
  ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${name}` },
});

test("a log group lives as AWS's own would", async (t) => {
  const key = await newKey("life");
  const inputs = { name: "/aws/rds/instance/main/error", retentionInDays: 30, kmsKeyId: key, tags: { tier: "data" } };
  await liveThrough(t, operations, {
    type: LOG_GROUP,
    name: "errors",
    inputs,
    unknown: ["arn", "logGroupClass"],
    update: {
      inputs: { name: inputs.name, retentionInDays: 0, tags: { tier: "other", more: "yes" } },
      paths: ["kmsKeyId", "retentionInDays", "tags.more", "tags.tier"],
    },
    replace: {
      inputs: { ...inputs, name: "/other", logGroupClass: "INFREQUENT_ACCESS" },
      properties: ["logGroupClass", "name"],
    },
    importWithout: ["skipDestroy"],
    async account(id, step) {
      const group = await findGroup(id);
      if (step === "deleted") return void t.is(group, undefined);
      t.is(group?.retentionInDays, step === "created" ? 30 : undefined);
      t.is(group?.kmsKeyId, step === "created" ? key : undefined);
      const resourceArn = group?.arn?.replace(/:\*$/, "");
      const { tags } = await logs.send(new ListLogTagsCommand({ resourceArn }));
      t.deepEqual(tags, step === "created" ? { tier: "data" } : { tier: "other", more: "yes" });
    },
  });
});

test("a log group tells its ARN without its streams, and its class", async (t) => {
  const plain = await operations.create(LOG_GROUP, "plain", {});
  t.like(plain.state, {
    arn: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${plain.id}`,
    logGroupClass: "STANDARD",
    retentionInDays: 0,
  });
  const rare = await operations.create(LOG_GROUP, "rare", { logGroupClass: "INFREQUENT_ACCESS" });
  t.is(rare.state.logGroupClass, "INFREQUENT_ACCESS");
  const away = await operations.create(LOG_GROUP, "away", { region: "eu-central-1" });
  t.regex(String(away.state.arn), /^arn:aws:logs:eu-central-1:/);
});

test("a log group is not taken over, and its retention is put back", async (t) => {
  const made = await operations.create(LOG_GROUP, "kept", { name: "/kept", retentionInDays: 7 });
  await t.throwsAsync(operations.create(LOG_GROUP, "again", { name: "/kept" }), {
    name: "ResourceAlreadyExistsException",
  });
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: "/kept", retentionInDays: 1 }));
  const drifted = await operations.refresh(made);
  t.is(drifted?.state.retentionInDays, 1);
});

test("a log group is encrypted only with a key that CloudWatch Logs may use for it", async (t) => {
  const refused = async (kmsKeyId: string, reason: string) =>
    t.throwsAsync(operations.create(LOG_GROUP, "closed", { name: "/app/closed", kmsKeyId }), {
      name: "InvalidParameterException",
      message: `the log group /app/closed cannot use the key ${kmsKeyId}, which ${reason}`,
    });
  const plain = String((await operations.create("aws:kms/key:Key", "plain", {})).state.arn);
  const group = `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:/app/closed`;
  const may = `does not let logs.${REGION}.amazonaws.com do kms:Encrypt, kms:Decrypt, kms:ReEncryptFrom, kms:ReEncryptTo, kms:GenerateDataKey, kms:DescribeKey for ${group}; allow that in its policy`;
  await refused(plain, may);
  await refused(await newKey("others", ofGroups("/web/*")), may);
  await refused(await newKey("off", {}, { isEnabled: false }), "is not enabled, or not symmetric");
  await refused(await newKey("far", {}, { region: "eu-central-1" }), `does not exist in ${REGION}`);
  const own = await newKey("own", ofGroups("/app/*"));
  const made = await operations.create(LOG_GROUP, "open", { name: "/app/open", kmsKeyId: own });
  t.is((await findGroup("/app/open"))?.kmsKeyId, own);
  await t.throwsAsync(operations.update(made, { name: "/app/open", kmsKeyId: plain }), {
    message: /^InvalidParameterException: the log group \/app\/open cannot use the key /,
  });
  t.is((await findGroup("/app/open"))?.kmsKeyId, own);
});

test("a log group can be left standing", async (t) => {
  const made = await operations.create(LOG_GROUP, "left", { name: "/left", skipDestroy: true });
  await operations.delete(made);
  t.truthy(await findGroup("/left"));
});

test("a log group that a killed run made is told from another of the same name", async (t) => {
  const tags = { "webstack:creating": "token-of-the-lost" };
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/lost", tags }));
  t.is(await operations.lost(LOG_GROUP, "lost", "token-of-the-lost", { name: "/lost" }), "/lost");
  t.is(await operations.lost(LOG_GROUP, "lost", "another", { name: "/lost" }), undefined);
  t.is(await operations.lost(LOG_GROUP, "lost", "another", { name: "/none" }), undefined);
});

const without = (property: string, more: Values): Values => ({
  ...Object.fromEntries(Object.entries(LAG).filter(([name]) => name !== property)),
  ...more,
});

refuses(
  operations,
  ALARM,
  { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 1 },
  "metricName is required without metricQueries, and missing",
  "namespace is required without metricQueries, and missing",
  "period is required without metricQueries, and missing",
  "statistic is missing: one of statistic, extendedStatistic is required",
);
refuses(
  operations,
  ALARM,
  { ...LAG, comparisonOperator: "MoreThan", treatMissingData: "ignored", evaluationPeriods: 0 },
  "evaluationPeriods must be at least 1, got 0",
  'comparisonOperator must be one of GreaterThanOrEqualToThreshold, GreaterThanThreshold, LessThanThreshold, LessThanOrEqualToThreshold, LessThanLowerOrGreaterThanUpperThreshold, LessThanLowerThreshold, GreaterThanUpperThreshold, got "MoreThan"',
  'treatMissingData must be one of breaching, notBreaching, ignore, missing, got "ignored"',
);
refuses(operations, ALARM, { ...LAG, period: 45 }, "period must be 10, 20, 30 or a multiple of 60 seconds, got 45");
refuses(
  operations,
  ALARM,
  { ...LAG, period: 300, evaluationPeriods: 300 },
  "evaluationPeriods times period must be at most 86400 seconds for a period of 300, got 90000",
);
refuses(
  operations,
  ALARM,
  { ...LAG, datapointsToAlarm: 3 },
  "datapointsToAlarm must be at most evaluationPeriods (2), got 3",
);
refuses(
  operations,
  ALARM,
  without("statistic", { extendedStatistic: "99" }),
  'extendedStatistic must be a statistic such as p99, tm90 or TM(10%:90%), got "99"',
);
refuses(
  operations,
  ALARM,
  { ...LAG, alarmActions: ["alarms"] },
  'alarmActions[0] must be an ARN such as arn:aws:sns:eu-west-1:123456789012:alarms, got "alarms"',
);
refuses(operations, ALARM, { ...LAG, dimensions: { A: "" } }, "dimensions.A must not be empty; leave it out");
refuses(
  operations,
  ALARM,
  without("threshold", { thresholdMetricId: "band" }),
  "thresholdMetricId cannot be set with comparisonOperator GreaterThanThreshold; remove it, or choose one of LessThanLowerOrGreaterThanUpperThreshold, LessThanLowerThreshold, GreaterThanUpperThreshold",
);
refuses(
  operations,
  ALARM,
  {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    threshold: 1,
    metricQueries: [{ id: "a", expression: "b", metric: stat("x") }, { id: "a" }],
  },
  "metricQueries holds a with both metric and expression; remove one of them",
  "metricQueries holds a without metric and without expression; set one of them",
  "metricQueries holds the id a twice; ids tell the queries apart",
  "metricQueries must hold one query with returnData, the one to be compared, got none",
);
refuses(
  operations,
  LOG_GROUP,
  { retentionInDays: 31 },
  "retentionInDays must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 31",
);
refuses(
  operations,
  LOG_GROUP,
  { logGroupClass: "DELIVERY", retentionInDays: 30 },
  "retentionInDays is 2 for logGroupClass DELIVERY and cannot be chosen, got 30; remove it",
);
refuses(
  operations,
  LOG_GROUP,
  { name: "a group" },
  'name must be letters, digits and the characters ._-/# only, got "a group"',
);
