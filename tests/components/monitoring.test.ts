import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { dashboardBody } from "../../components/dashboard.ts";
import { Monitoring, type MonitoringArgs } from "../../components/monitoring.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: MonitoringArgs = {
  settings: {
    emails: ["a@example.com"],
    dashboard: true,
    alarms: {
      errorPercent: 2,
      minimumRequestsPerMinute: 30,
      latencyMilliseconds: 750,
      cpuPercent: 77,
      memoryPercent: 88,
      diskPercent: 82,
      certificateDays: 21,
    },
  },
  namePrefix: "webstack-production",
  account: ACCOUNT,
  balancers: [
    {
      name: "public",
      tier: "web",
      arnSuffix: pulumi.output("app/p/1"),
      targetGroupArnSuffix: pulumi.output("targetgroup/p/1"),
      minimumTargets: 3,
    },
    { name: "inner", tier: "app", arnSuffix: "app/i/1", targetGroupArnSuffix: "targetgroup/i/1", minimumTargets: 2 },
  ],
  fleets: [
    { name: "web", tier: "web", groupName: "web-1", minimum: 3, maximum: 3, instanceType: "m7g.medium" },
    { name: "app", tier: "app", groupName: "app-1", minimum: 2, maximum: 6, instanceType: "t4g.small" },
  ],
  databases: [
    {
      name: "primary",
      role: "writer",
      engine: "mysql",
      identifier: "db-primary",
      instanceClass: "db.m7g.large",
      storageGiB: 40,
      maximumStorageGiB: 200,
    },
    {
      name: "replica-1",
      role: "reader",
      engine: "mysql",
      identifier: "db-replica-1",
      instanceClass: "db.m7g.large",
      storageGiB: 40,
      maximumStorageGiB: 200,
      maximumLagSeconds: 45,
    },
  ],
  certificates: [{ name: "public", arn: "arn:certificate" }],
  webAcl: { metricName: pulumi.output("acl") },
  zoneId: "Z1",
  unwatched: [{ resource: "NAT gateways", reason: "AWS keeps them up" }],
  kmsKeyArn: "arn:key",
  tags: TAGS,
};

const monitoring = (changes: Partial<MonitoringArgs> = {}) =>
  record(() => new Monitoring("mon", { ...ARGS, ...changes }));

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:mon-topic-topic-1234567";

test("every tier has its alarms, each named by what it watches", async (t) => {
  const { all } = await monitoring();
  const balancer = ["errors", "latency", "unhealthy-hosts", "too-few-hosts", "no-hosts", "rejected-connections"];
  const database = ["cpu", "connections", "memory", "storage", "disk-burst"];
  t.deepEqual(
    all(ALARM)
      .map(({ name }) => name)
      .sort(),
    [
      ...balancer.map((alarm) => `mon-balancer-public-${alarm}`),
      ...balancer.map((alarm) => `mon-balancer-inner-${alarm}`),
      ...["cpu", "memory", "disk"].map((alarm) => `mon-fleet-web-${alarm}`),
      ...["cpu", "memory", "disk", "at-maximum", "credits"].map((alarm) => `mon-fleet-app-${alarm}`),
      ...["silent", ...database].map((alarm) => `mon-database-primary-${alarm}`),
      ...["replica-lag", ...database].map((alarm) => `mon-database-replica-1-${alarm}`),
      "mon-certificate-public-expiry",
    ].sort(),
  );
});

test("every alarm tells the topic when it begins and when it is over, and says what it means", async (t) => {
  const { all } = await monitoring();
  for (const { name, inputs, parent } of [...all(ALARM), ...all(COMPOSITE)]) {
    t.like(inputs, { alarmActions: [TOPIC], okActions: [TOPIC], tags: tagsOf(name) });
    t.regex(String(inputs.alarmDescription), /^[A-Z].+\. .+\.$/);
    t.is(parent, "mon");
  }
});

for (const [name, dimensions, threshold] of [
  ["mon-balancer-public-too-few-hosts", { LoadBalancer: "app/p/1", TargetGroup: "targetgroup/p/1" }, 3],
  ["mon-balancer-inner-too-few-hosts", { LoadBalancer: "app/i/1", TargetGroup: "targetgroup/i/1" }, 2],
  ["mon-balancer-inner-rejected-connections", { LoadBalancer: "app/i/1" }, 1],
  ["mon-fleet-web-disk", { AutoScalingGroupName: "web-1" }, 82],
  ["mon-fleet-app-at-maximum", { AutoScalingGroupName: "app-1" }, 6],
  ["mon-database-primary-cpu", { DBInstanceIdentifier: "db-primary" }, 77],
  ["mon-certificate-public-expiry", { CertificateArn: "arn:certificate" }, 21],
] as const) {
  test(`${name} watches the right thing, with its own size as the limit`, async (t) => {
    const { inputs } = (await monitoring()).one(ALARM, name);
    t.deepEqual(inputs.dimensions, dimensions);
    t.is(inputs.threshold, threshold);
  });
}

test("an alarm over several metrics finds each of them", async (t) => {
  const { inputs } = (await monitoring()).one(ALARM, "mon-balancer-public-errors");
  t.deepEqual(
    (inputs.metricQueries as { id: string; metric?: { dimensions: unknown } }[]).map(({ id, metric }) => [
      id,
      metric?.dimensions,
    ]),
    [
      ["result", undefined],
      ["requests", { LoadBalancer: "app/p/1" }],
      ["refused", { LoadBalancer: "app/p/1" }],
      ["failed", { LoadBalancer: "app/p/1" }],
    ],
  );
});

test("what pages is one alarm over those that take the site down", async (t) => {
  const { alarmName, alarmRule } = (await monitoring()).one(COMPOSITE, "mon-site-is-down").inputs;
  t.is(alarmName, "webstack-production-site-is-down");
  t.is(
    alarmRule,
    '((ALARM("mon-balancer-public-no-hosts-1234567") OR ALARM("mon-balancer-inner-no-hosts-1234567")) OR ' +
      'ALARM("mon-database-primary-silent-1234567"))',
  );
});

test("a site with a standby is down only when that is down too", async (t) => {
  const standby = ARGS.balancers.map((one) => ({ ...one, name: `standby-${one.name}`, standby: true }));
  const { one } = await monitoring({ balancers: [...ARGS.balancers, ...standby] });
  t.is(
    one(COMPOSITE).inputs.alarmRule,
    '(((ALARM("mon-balancer-public-no-hosts-1234567") OR ALARM("mon-balancer-inner-no-hosts-1234567")) AND ' +
      '(ALARM("mon-balancer-standby-public-no-hosts-1234567") OR ALARM("mon-balancer-standby-inner-no-hosts-1234567"))) OR ' +
      'ALARM("mon-database-primary-silent-1234567"))',
  );
});

test("the dashboard shows what is watched", async (t) => {
  const { one, built } = await monitoring();
  const { dashboardName, dashboardBody: body } = one(DASHBOARD).inputs;
  t.is(dashboardName, "webstack-production");
  const known = {
    region: "eu-central-1",
    alarmArns: [
      "mon-site-is-down",
      "mon-balancer-public-no-hosts",
      "mon-balancer-inner-no-hosts",
      "mon-database-primary-silent",
    ].map((name) => `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`),
    zoneId: "Z1",
    webAclMetricName: "acl",
  };
  const { balancers, fleets, databases } = await unwrap(pulumi.output(ARGS));
  t.deepEqual(JSON.parse(String(body)), dashboardBody({ ...known, balancers, fleets, databases }));
  t.is(
    await unwrap(built.dashboardUrl),
    "https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/webstack-production",
  );
});

test("who wants no dashboard gets none", async (t) => {
  const { all, built } = await monitoring({ settings: { ...ARGS.settings, dashboard: false } });
  t.deepEqual(all(DASHBOARD), []);
  t.is(built.dashboardUrl, undefined);
});

test("coverage names everything with its alarms, and what is unwatched with the reason", async (t) => {
  const { coverage } = (await monitoring()).built;
  const clients = "clients: that of one server may be silent unseen while those of the others report";
  const growth = "growth: RDS has no metric for how much of its 200 GiB storage has grown to";
  const balancer = ["errors", "latency", "unhealthy-hosts", "too-few-hosts", "no-hosts", "rejected-connections"];
  const database = ["cpu", "connections", "memory", "storage", "disk-burst"];
  t.deepEqual(coverage, [
    { resource: "the site", alarms: ["site-is-down"], gaps: [] },
    { resource: "load balancer public", alarms: balancer, gaps: [] },
    { resource: "load balancer inner", alarms: balancer, gaps: [] },
    {
      resource: "fleet web",
      alarms: ["cpu", "memory", "disk"],
      gaps: [clients, "at-maximum: minimum and maximum are both 3, so the fleet is there always"],
    },
    { resource: "fleet app", alarms: ["cpu", "memory", "disk", "at-maximum", "credits"], gaps: [clients] },
    {
      resource: "database primary",
      alarms: ["silent", ...database],
      gaps: ["backups: RDS has no metric for the age of the last one", growth],
    },
    { resource: "database replica-1", alarms: ["replica-lag", ...database], gaps: [growth] },
    { resource: "certificate public", alarms: ["expiry"], gaps: [] },
    { resource: "NAT gateways", alarms: [], gaps: ["all: AWS keeps them up"] },
  ]);
});

test("alarms go to a topic that its key encrypts and that tells the addresses", async (t) => {
  const { one, built } = await monitoring();
  t.is(one("aws:sns/topic:Topic").inputs.kmsMasterKeyId, "arn:key");
  t.is(one("aws:sns/topicSubscription:TopicSubscription").inputs.endpoint, "a@example.com");
  t.is(await unwrap(built.topicArn), TOPIC);
});
