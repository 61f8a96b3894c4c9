import test from "ava";
import { unwrap } from "../../components/support.ts";
import { record } from "../../record.ts";
import { standing } from "../support.ts";
import { ALARM, ALL, build, COMPOSITE, PASSIVE, program } from "./support.ts";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:monitoring-topic-topic-1234567";

test("every alarm tells the topic when it begins and when it is over; what turns reads away from a replica tells Route 53", async (t) => {
  const { all } = await build(ALL);
  const alarms = [...all(ALARM), ...all(COMPOSITE)];
  const told = alarms.filter(({ parent }) => parent === "monitoring");
  for (const { name, inputs } of told) t.like(inputs, { alarmActions: [TOPIC], okActions: [TOPIC] }, name);
  t.deepEqual(
    alarms
      .filter((alarm) => !told.includes(alarm))
      .map(({ name, inputs }) => [name, inputs.alarmActions])
      .sort(),
    ["replica-1", "replica-2"].flatMap((slot) => [
      [`database-names-${slot}-lagging`, undefined],
      [`database-names-${slot}-stopped`, undefined],
    ]),
  );
});

test("every alarm says what it means that nothing was measured", async (t) => {
  const { all } = await build(ALL);
  t.true(all(ALARM).length > 50);
  for (const { name, inputs } of all(ALARM)) {
    t.true(["breaching", "notBreaching", "ignore"].includes(String(inputs.treatMissingData)), name);
  }
});

test("alarms have the sizes that are configured as their limits", async (t) => {
  const { one } = await build({
    "web.minimum": 3,
    "web.maximum": 9,
    "app.minimum": 4,
    "app.maximum": 8,
    "database.storageGiB": 200,
    "database.maximumStorageGiB": 400,
    "database.maximumReplicaLagSeconds": 20,
    "monitoring.alarms": { cpuPercent: 70, memoryPercent: 71, diskPercent: 72, certificateDays: 20 },
  });
  const limits = {
    "balancer-public-too-few-hosts": 3,
    "balancer-inner-too-few-hosts": 4,
    "fleet-web-at-maximum": 9,
    "fleet-app-at-maximum": 8,
    "fleet-web-cpu": 70,
    "fleet-app-memory": 71,
    "fleet-app-disk": 72,
    "database-primary-cpu": 70,
    "database-primary-storage": 20 * 1024 ** 3,
    "database-replica-1-replica-lag": 20,
    "certificate-site-expiry": 20,
    "certificate-inner-expiry": 20,
  };
  const found = Object.keys(limits).map((name) => [name, one(ALARM, `monitoring-${name}`).inputs.threshold]);
  t.deepEqual(Object.fromEntries(found), limits);
});

for (const [name, dimensions] of [
  ["balancer-public-no-hosts", { LoadBalancer: "app/public-balancer/1", TargetGroup: "targetgroup/public-targets/2" }],
  ["balancer-inner-no-hosts", { LoadBalancer: "app/inner-balancer/1", TargetGroup: "targetgroup/inner-targets/2" }],
  [
    "balancer-standby-public-no-hosts",
    { LoadBalancer: "app/standby-public-balancer/1", TargetGroup: "targetgroup/standby-public-targets/2" },
  ],
  [
    "balancer-standby-inner-no-hosts",
    { LoadBalancer: "app/standby-inner-balancer/1", TargetGroup: "targetgroup/standby-inner-targets/2" },
  ],
  ["fleet-web-cpu", { AutoScalingGroupName: "web-group-1234567" }],
  ["fleet-app-memory", { AutoScalingGroupName: "app-group-1234567" }],
  ["fleet-standby-web-disk", { AutoScalingGroupName: "standby-web-group-1234567" }],
  ["fleet-standby-app-at-maximum", { AutoScalingGroupName: "standby-app-group-1234567" }],
  ["database-primary-silent", { DBInstanceIdentifier: "webstack-dev-0a1b2c3d-primary" }],
  ["database-replica-1-cpu", { DBInstanceIdentifier: "webstack-dev-0a1b2c3d-replica-1" }],
  [
    "certificate-site-expiry",
    { CertificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/certificate-certificate" },
  ],
  [
    "certificate-inner-expiry",
    { CertificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/inner-certificate-certificate" },
  ],
] as const) {
  test(`${name} watches what it is named for`, async (t) => {
    t.deepEqual((await build(PASSIVE)).one(ALARM, `monitoring-${name}`).inputs.dimensions, dimensions);
  });
}

const noHosts = (name: string) => `ALARM("monitoring-balancer-${name}-no-hosts-1234567")`;
const SILENT = 'ALARM("monitoring-database-primary-silent-1234567")';

test("the site is down when no server is healthy on the way of a request, or the database takes no writes", async (t) => {
  t.like((await build()).one(COMPOSITE).inputs, {
    alarmName: "webstack-dev-site-is-down",
    alarmRule: `((${noHosts("public")} OR ${noHosts("inner")}) OR ${SILENT})`,
  });
});

test("after a promotion it is the new writer that counts, and nobody is told of the old one", async (t) => {
  const fixtures = standing({ primary: ["fenced"], "replica-1": ["writer"] });
  const { one, all, built } = await record(() => program({ "database.promote": "replica-1" }), { fixtures });
  const silent = SILENT.replace("primary", "replica-1");
  t.is(one(COMPOSITE).inputs.alarmRule, `((${noHosts("public")} OR ${noHosts("inner")}) OR ${silent})`);
  t.deepEqual(
    all(ALARM).filter(({ name }) => name.startsWith("monitoring-database-primary")),
    [],
  );
  const { coverage } = (await unwrap(built)).monitoring;
  t.deepEqual(
    coverage.find(({ resource }) => resource === "database primary"),
    {
      resource: "database primary",
      alarms: [],
      gaps: ["all: it took the writes before, and nobody reaches it"],
    },
  );
});

test("a site with a standby is down only when that is down too", async (t) => {
  const first = `(${noHosts("public")} OR ${noHosts("inner")})`;
  const standby = `(${noHosts("standby-public")} OR ${noHosts("standby-inner")})`;
  t.is((await build(PASSIVE)).one(COMPOSITE).inputs.alarmRule, `((${first} AND ${standby}) OR ${SILENT})`);
});

test("the dashboard shows the tiers in the order of a request", async (t) => {
  const { one } = await build(ALL);
  const { dashboardName, dashboardBody } = one("aws:cloudwatch/dashboard:Dashboard").inputs;
  t.is(dashboardName, "webstack-dev");
  const { widgets } = JSON.parse(String(dashboardBody)) as {
    readonly widgets: readonly { readonly type: string; readonly properties: { readonly markdown?: string } }[];
  };
  t.is(widgets[0]?.type, "alarm");
  t.deepEqual(
    widgets.flatMap(({ properties: { markdown } }) => markdown ?? []),
    [
      "## DNS and WAF",
      "## Public load balancer",
      "## Web servers",
      "## Inner load balancer",
      "## Application servers",
      "## Database",
    ],
  );
});

test("whoever is named is told, each by a subscription of their own", async (t) => {
  const emails = ["a@example.com", "b@example.com"];
  const { all } = await build({ "monitoring.emails": emails });
  t.deepEqual(
    all(SUBSCRIPTION).map(({ inputs }) => inputs),
    emails.map((endpoint) => ({ topic: TOPIC, protocol: "email", endpoint })),
  );
});

test("only alarms of this account publish to the topic, and only by TLS", async (t) => {
  const { one } = await build();
  const { Statement } = JSON.parse(String(one("aws:sns/topicPolicy:TopicPolicy").inputs.policy));
  t.deepEqual(
    Statement.map(({ Effect, Principal, Action, Resource }: Record<string, unknown>) => [
      Effect,
      Principal,
      Action,
      Resource,
    ]),
    [
      ["Allow", { Service: "cloudwatch.amazonaws.com" }, "sns:Publish", TOPIC],
      ["Deny", "*", "sns:Publish", TOPIC],
      ["Deny", "*", "sns:Publish", TOPIC],
    ],
  );
});
