import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateHealthCheckCommand,
  GetHealthCheckCommand,
  ListTagsForResourceCommand,
  Route53Client,
  UpdateHealthCheckCommand,
} from "@aws-sdk/client-route-53";
import test from "ava";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { REGION, startAccount } from "../account.ts";

const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new Route53Client(account.client);

const find = async (HealthCheckId: string) =>
  (await client.send(new GetHealthCheckCommand({ HealthCheckId }))).HealthCheck?.HealthCheckConfig;

const tagsOf = async (ResourceId: string) =>
  (await client.send(new ListTagsForResourceCommand({ ResourceType: "healthcheck", ResourceId }))).ResourceTagSet?.Tags;

test("a health check of an endpoint lives as AWS's own would", async (t) => {
  const kept = { type: "HTTPS", requestInterval: 10, regions: ["eu-west-1", "us-east-1", "us-west-1"] };
  const inputs = {
    ...kept,
    fqdn: "www.example.com",
    resourcePath: "/health",
    failureThreshold: 2,
    tags: { tier: "web" },
  };
  await liveThrough(t, operations, {
    type: HEALTH_CHECK,
    name: "web",
    inputs,
    unknown: ["arn", "enableSni", "port"],
    update: {
      inputs: {
        ...kept,
        fqdn: "example.com",
        failureThreshold: 3,
        invertHealthcheck: true,
        tags: { tier: "apex" },
      },
      paths: ["failureThreshold", "fqdn", "invertHealthcheck", "resourcePath", "tags.tier"],
    },
    replace: {
      inputs: { ...inputs, type: "HTTP", requestInterval: 30, measureLatency: true },
      properties: ["measureLatency", "requestInterval", "type"],
    },
    importWithout: [],
    async account(id, step) {
      if (step === "deleted") return void (await t.throwsAsync(find(id), { name: "NoSuchHealthCheck" }));
      const isNew = step === "created";
      t.like(await find(id), {
        Type: "HTTPS",
        EnableSNI: true,
        FailureThreshold: isNew ? 2 : 3,
        FullyQualifiedDomainName: isNew ? "www.example.com" : "example.com",
        Inverted: !isNew,
        Port: 443,
        RequestInterval: 10,
        ResourcePath: isNew ? "/health" : undefined,
      });
      t.deepEqual(await tagsOf(id), [{ Key: "tier", Value: isNew ? "web" : "apex" }]);
    },
  });
});

const alarm = (AlarmName: string, more: object = {}) =>
  new CloudWatchClient(account.client).send(
    new PutMetricAlarmCommand({
      AlarmName,
      ComparisonOperator: "GreaterThanThreshold",
      EvaluationPeriods: 2,
      Threshold: 30,
      MetricName: "ReplicaLag",
      Namespace: "AWS/RDS",
      Period: 60,
      Statistic: "Maximum",
      ...more,
    }),
  );

test("a health check watches an alarm, and looks at it again when a trigger changes", async (t) => {
  await alarm("lagging");
  const inputs = {
    type: "CLOUDWATCH_METRIC",
    cloudwatchAlarmName: "lagging",
    cloudwatchAlarmRegion: REGION,
    insufficientDataHealthStatus: "Unhealthy",
    triggers: { threshold: "30" },
  };
  const made = await operations.create(HEALTH_CHECK, "lag", inputs);
  t.deepEqual(await find(made.id), {
    AlarmIdentifier: { Name: "lagging", Region: REGION },
    Disabled: false,
    InsufficientDataHealthStatus: "Unhealthy",
    Inverted: false,
    Type: "CLOUDWATCH_METRIC",
  });
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  const changed = { ...inputs, triggers: { threshold: "60" } };
  t.deepEqual((await operations.diff(made, changed)).differences, [
    { path: "triggers.threshold", kind: "update", replace: false },
  ]);
  await operations.update(made, changed);
  const { HealthCheck } = await client.send(new GetHealthCheckCommand({ HealthCheckId: made.id }));
  t.is(HealthCheck?.HealthCheckVersion, 2);
});

test("a health check is made of others", async (t) => {
  const children: string[] = [];
  for (const fqdn of ["a.example.com", "b.example.com"])
    children.push((await operations.create(HEALTH_CHECK, fqdn, { type: "HTTP", fqdn })).id);
  const inputs = { type: "CALCULATED", childHealthchecks: children, childHealthThreshold: 2 };
  const made = await operations.create(HEALTH_CHECK, "both", inputs);
  t.deepEqual(await find(made.id), {
    ChildHealthChecks: children,
    Disabled: false,
    HealthThreshold: 2,
    Inverted: false,
    Type: "CALCULATED",
  });
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  const fewer = { ...inputs, childHealthchecks: children.slice(0, 1), childHealthThreshold: 1 };
  await operations.update(made, fewer);
  t.like(await find(made.id), { ChildHealthChecks: children.slice(0, 1), HealthThreshold: 1 });
});

test("what AWS fills in of a check is told, and is no difference", async (t) => {
  const inputs = { type: "HTTP", fqdn: "plain.example.com" };
  const made = await operations.create(HEALTH_CHECK, "plain", inputs);
  t.like(made.state, {
    arn: `arn:aws:route53:::healthcheck/${made.id}`,
    enableSni: false,
    failureThreshold: 3,
    port: 80,
    requestInterval: 30,
  });
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
});

test("a check that was changed by hand is found and put back", async (t) => {
  const inputs = { type: "TCP", ipAddress: "192.0.2.1", port: 443, failureThreshold: 5 };
  const made = await operations.create(HEALTH_CHECK, "drifting", inputs);
  await client.send(new UpdateHealthCheckCommand({ HealthCheckId: made.id, FailureThreshold: 1, Disabled: true }));
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual([...(await operations.diff(drifted, inputs)).changed].sort(), ["disabled", "failureThreshold"]);
  await operations.update(drifted, inputs);
  t.like(await find(made.id), { Disabled: false, FailureThreshold: 5 });
});

/** Alarms that no health check can watch, and what the error says of them. */
const unwatchable: [name: string, more: object, reason: string][] = [
  [
    "expression",
    {
      MetricName: undefined,
      Namespace: undefined,
      Period: undefined,
      Statistic: undefined,
      Metrics: [{ Id: "a", Expression: "1", ReturnData: true }],
    },
    "is an alarm over an expression (metricQueries), which no health check can watch; watch an alarm over one metric",
  ],
  [
    "percentile",
    { Statistic: undefined, ExtendedStatistic: "p99" },
    "is an alarm over p99, which no health check can watch; use a statistic such as Maximum",
  ],
  ["fast", { Period: 10 }, "has a period of 10 seconds, and health checks watch alarms of at least 60"],
  [
    "some",
    { DatapointsToAlarm: 1 },
    "needs only some of its periods to be over the threshold (datapointsToAlarm), which no health check can watch; remove datapointsToAlarm",
  ],
];

for (const [name, more, reason] of unwatchable)
  test(`an alarm is refused that no health check can watch: ${name}`, async (t) => {
    await alarm(name, more);
    const inputs = { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: name, cloudwatchAlarmRegion: REGION };
    await t.throwsAsync(operations.create(HEALTH_CHECK, name, inputs), {
      message: `cloudwatchAlarmName ${name} ${reason}`,
    });
  });

test("an alarm that is not there is refused", async (t) => {
  const inputs = { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "none", cloudwatchAlarmRegion: "us-east-1" };
  await t.throwsAsync(operations.create(HEALTH_CHECK, "none", inputs), {
    message: "cloudwatchAlarmName none is no alarm in us-east-1; correct the name or cloudwatchAlarmRegion",
  });
});

test("a check that a killed run made is found by its caller reference", async (t) => {
  const { HealthCheck } = await client.send(
    new CreateHealthCheckCommand({
      CallerReference: "web-token-of-the-lost",
      HealthCheckConfig: { Type: "HTTP", FullyQualifiedDomainName: "lost.example.com" },
    }),
  );
  const inputs = { referenceName: "web" };
  t.is(await operations.lost(HEALTH_CHECK, "lost", "token-of-the-lost", inputs), HealthCheck?.Id);
  t.is(await operations.lost(HEALTH_CHECK, "lost", "another", inputs), undefined);
});

const refused = (inputs: Values, ...reasons: string[]) => refuses(operations, HEALTH_CHECK, inputs, ...reasons);

refused({}, "type is required and missing");
refused({ type: "HTTP" }, "fqdn is missing: one of fqdn, ipAddress is required with type HTTP");
refused({ type: "TCP", fqdn: "a.example" }, "port is required with type TCP, and missing");
refused(
  { type: "HTTP_STR_MATCH", fqdn: "a.example", enableSni: true },
  "searchString is required with type HTTP_STR_MATCH, and missing",
  "enableSni cannot be set with type HTTP_STR_MATCH; remove it",
);
refused(
  { type: "CALCULATED", port: 80 },
  "childHealthchecks is required with type CALCULATED, and missing",
  "childHealthThreshold is required with type CALCULATED, and missing",
  "port cannot be set with type CALCULATED; remove it",
);
refused(
  { type: "CALCULATED", childHealthchecks: ["a"], childHealthThreshold: 2 },
  "childHealthThreshold must be at most the number of childHealthchecks (1), got 2: with more the check is never healthy",
);
refused(
  { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "a" },
  "cloudwatchAlarmName needs cloudwatchAlarmRegion beside it",
);
refused(
  { type: "HTTP", fqdn: "a.example", requestInterval: 20, failureThreshold: 11, regions: ["eu-west-2"] },
  "requestInterval must be one of 10, 30, got 20",
  "failureThreshold must be from 1 to 10, got 11",
  "regions needs at least 3 entries, got 1",
  'regions[0] must be one of us-east-1, us-west-1, us-west-2, eu-west-1, ap-southeast-1, ap-southeast-2, ap-northeast-1, sa-east-1, got "eu-west-2"',
);
