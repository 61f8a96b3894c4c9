import test from "ava";
import { SECRET, UNKNOWN } from "../../../plan/values.ts";
import { aws, bill, fixedBill } from "./support.ts";

const BALANCER = "lb/loadBalancer:LoadBalancer";
const ALARM = "cloudwatch/metricAlarm:MetricAlarm";

test("a load balancer costs its hours, a public address in each zone, and its capacity units", async (t) => {
  t.deepEqual(await bill(aws(BALANCER, { subnets: ["a", "b"] })), [
    // 730 x 0.0225
    "application load balancer: 730 hour x 0.0225 = 16.425",
    "capacity units: not estimated, 0.008 per LCU-hour",
    // 2 x 730 x 0.005
    "public IPv4 address, in each zone: 1460 hour x 0.005 = 7.3",
    "data to the internet: not estimated, 0.09 per GB",
  ]);
});

test("capacity units are those of the dimension that needs most", async (t) => {
  const usage = {
    newConnectionsPerSecond: { low: 5, expected: 50, high: 100 },
    activeConnections: { low: 3000, expected: 3000, high: 9000 },
    processedGbPerHour: 0.5,
    ruleEvaluationsPerSecond: 1500,
  };
  // low: rules 1500 / 1000 = 1.5; expected: connections 50 / 25 = 2; high: connections 100 / 25 = 4; each x 730
  t.is(
    (await bill(aws(BALANCER, { subnets: ["a"] }), { usage }))[1],
    "capacity units: 1095/1460/2920 LCU-hour x 0.008 = 8.76/11.68/23.36",
  );
});

test("an internal load balancer has no public address, and neither has one without IPv4", async (t) => {
  const hours = ["application load balancer: 730 hour x 0.0225 = 16.425"];
  t.deepEqual(await fixedBill(aws(BALANCER, { subnets: ["a", "b"], internal: true })), hours);
  t.deepEqual(
    await fixedBill(aws(BALANCER, { subnets: ["a", "b"], ipAddressType: "dualstack-without-public-ipv4" })),
    hours,
  );
});

test("a load balancer in subnets that are not known has the number of them as a bound", async (t) => {
  const hidden = aws(BALANCER, { subnets: UNKNOWN }, { propertyDependencies: { subnets: ["a", "b", "c"] } });
  t.is(
    (await fixedBill(hidden))[1],
    "public IPv4 address, in each zone: ? subnets is not known before the update [0 .. 10.95]",
  );
  t.is(
    (await fixedBill(aws(BALANCER, { subnets: ["a"], internal: SECRET })))[1],
    "public IPv4 address, in each zone: ? internal is a secret [0 .. 3.65]",
  );
});

test("a network load balancer has units and a price of its own, and may bring its addresses", async (t) => {
  const balancer = aws(BALANCER, {
    loadBalancerType: "network",
    subnetMappings: [{ subnetId: "a", allocationId: "eipalloc-1" }, { subnetId: "b" }],
  });
  t.deepEqual(await bill(balancer, { usage: { newConnectionsPerSecond: 1600 } }), [
    "network load balancer: 730 hour x 0.0225 = 16.425",
    // 1600 / 800 x 730
    "capacity units: 1460 NLCU-hour x 0.006 = 8.76",
    "public IPv4 address, in each zone: 730 hour x 0.005 = 3.65",
    "data to the internet: not estimated, 0.09 per GB",
    "data between zones: not estimated, 0.01 per GB",
  ]);
});

test("a load balancer of another kind, or by its other name", async (t) => {
  t.deepEqual(await bill(aws(BALANCER, { loadBalancerType: "gateway" })), [
    "gateway load balancer: ? the price book has no prices for it",
  ]);
  t.is((await bill(aws("alb/loadBalancer:LoadBalancer", { subnets: ["a"] }))).length, 4);
});

test("an alarm costs by the metrics that it looks at", async (t) => {
  t.deepEqual(await bill(aws(ALARM, { metricName: "CPUUtilization", period: 60 })), [
    "alarm: 1 metric-month x 0.1 = 0.1",
  ]);
  const metric = (id: string, period = 300) => ({
    id,
    metric: { metricName: id, namespace: "App", period, stat: "Sum" },
  });
  const metricQueries = [
    metric("errors"),
    metric("all"),
    { id: "share", expression: "errors / all", returnData: true },
  ];
  t.deepEqual(await bill(aws(ALARM, { metricQueries })), ["alarm: 2 metric-month x 0.1 = 0.2"]);
});

test("an alarm below a minute is one of high resolution", async (t) => {
  t.deepEqual(await bill(aws(ALARM, { metricName: "load", period: 10 })), [
    "alarm, high resolution: 1 metric-month x 0.3 = 0.3",
  ]);
  const metricQueries = [
    { id: "a", metric: { metricName: "a", period: 30 } },
    { id: "b", metric: { period: 60 } },
  ];
  t.deepEqual(await bill(aws(ALARM, { metricQueries })), ["alarm, high resolution: 2 metric-month x 0.3 = 0.6"]);
});

test("a band is three metrics, at either resolution", async (t) => {
  const band = (period: number) =>
    aws(ALARM, {
      comparisonOperator: "GreaterThanUpperThreshold",
      thresholdMetricId: "band",
      metricQueries: [
        { id: "load", metric: { metricName: "load", period } },
        { id: "band", expression: "ANOMALY_DETECTION_BAND(load)" },
      ],
    });
  t.deepEqual(await bill(band(60)), ["alarm, with a band: 3 metric-month x 0.1 = 0.3"]);
  // 3 x 0.30
  t.deepEqual(await bill(band(10)), ["alarm, high resolution, with a band: 3 metric-month x 0.3 = 0.9"]);
});

test("an alarm on a query costs by what the query looks at", async (t) => {
  const metricQueries = [
    { id: "q", expression: 'SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)', period: 60 },
  ];
  t.deepEqual(await bill(aws(ALARM, { metricQueries }), { usage: { analysedMetrics: 40 } }), [
    "alarm, by each metric that its query looks at: 40 metric-month x 0.1 = 4",
  ]);
});

test("an alarm of which the plan does not show the queries is unknown", async (t) => {
  t.deepEqual(await bill(aws(ALARM, { metricQueries: UNKNOWN })), [
    "alarm: ? metricQueries is not known before the update",
  ]);
});

test("composite alarms and dashboards have one price", async (t) => {
  t.deepEqual(await bill(aws("cloudwatch/compositeAlarm:CompositeAlarm")), ["composite alarm: 1 month x 0.5 = 0.5"]);
  t.deepEqual(await bill(aws("cloudwatch/dashboard:Dashboard")), ["dashboard: 1 month x 3 = 3"]);
});

test("logs cost when they come, while they are kept, and when they are searched", async (t) => {
  const GROUP = "cloudwatch/logGroup:LogGroup";
  t.deepEqual(await bill(aws(GROUP), { usage: { ingestedGb: 10, storedGb: 40 } }), [
    "logs received: 10 GB x 0.5 = 5",
    "logs kept: 40 GB-month x 0.03 = 1.2",
    "logs queried: not estimated, 0.005 per GB",
  ]);
  t.is(
    (await bill(aws(GROUP, { logGroupClass: "INFREQUENT_ACCESS" })))[0],
    "logs received: ? the price book has no prices for the class INFREQUENT_ACCESS",
  );
});

test("a key costs by the month, and more once it has been rotated", async (t) => {
  t.deepEqual(await bill(aws("kms/key:Key"), { usage: { requests: 50_000 } }), [
    "key: 1 month x 1 = 1",
    // 50,000 / 10,000
    "requests: 5 10,000 requests x 0.03 = 0.15",
  ]);
  t.is((await bill(aws("kms/key:Key", { enableKeyRotation: true })))[0], "key: 1 month x 1 = 1 [1 .. 3]");
  t.is((await bill(aws("kms/replicaKey:ReplicaKey")))[0], "key: 1 month x 1 = 1");
});

test("a secret costs by the month, in every region that it is in", async (t) => {
  t.deepEqual(
    await bill(aws("secretsmanager/secret:Secret", { replicas: [{ region: "a" }, { region: "b" }] }), {
      usage: { requests: 20_000 },
    }),
    [
      "secret: 1 month x 0.4 = 0.4",
      "replicas of the secret: 2 month x 0.4 = 0.8",
      "API calls: 2 10,000 requests x 0.05 = 0.1",
    ],
  );
});

test("a web ACL costs itself, its rules, groups among them, and the requests", async (t) => {
  const managed = (name: string, vendorName = "AWS") => ({
    name,
    statement: { managedRuleGroupStatement: { name, vendorName } },
  });
  const rules = [
    managed("AWSManagedRulesCommonRuleSet"),
    { name: "rate", statement: { rateBasedStatement: { limit: 100 } } },
  ];
  t.deepEqual(await bill(aws("wafv2/webAcl:WebAcl", { rules }), { usage: { requests: 3_000_000 } }), [
    "web ACL: 1 month x 5 = 5",
    "rules and rule groups: 2 month x 1 = 2",
    "requests: 3 1,000,000 requests x 0.6 = 1.8",
  ]);
  const dear = [managed("AWSManagedRulesBotControlRuleSet"), managed("Anything", "A Vendor")];
  t.deepEqual((await fixedBill(aws("wafv2/webAcl:WebAcl", { rules: dear }))).slice(1), [
    "rules and rule groups: 2 month x 1 = 2",
    "managed group AWSManagedRulesBotControlRuleSet: ? the price book does not have the fee that its vendor takes",
    "managed group Anything: ? the price book does not have the fee that its vendor takes",
  ]);
  t.is(
    (await fixedBill(aws("wafv2/webAcl:WebAcl", { rules: UNKNOWN })))[1],
    "rules: ? rules is not known before the update",
  );
  t.deepEqual(await bill(aws("wafv2/ruleGroup:RuleGroup", { rules: [{}, {}, {}] })), ["rules: 3 month x 1 = 3"]);
});

test("logs of a web ACL are billed where they are delivered", async (t) => {
  const LOGGING = "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
  const known = aws(LOGGING, { logDestinationConfigs: ["arn:aws:logs:us-east-1:1:log-group:aws-waf-logs-x"] });
  t.deepEqual(await bill(known, { usage: { logsGb: 2 } }), ["logs delivered: 2 GB x 0.5 = 1"]);
  const group = aws("cloudwatch/logGroup:LogGroup", {}, { name: "logs" });
  const unknown = aws(
    LOGGING,
    { logDestinationConfigs: UNKNOWN },
    { propertyDependencies: { logDestinationConfigs: ["logs"] } },
  );
  t.deepEqual(await bill(unknown, { beside: [group] }), ["logs delivered: not estimated, 0.5 per GB"]);
  t.deepEqual(await bill(unknown), ["logs delivered: ? the plan does not show where they go"]);
});

test("a public zone costs itself and its queries, a private one only itself", async (t) => {
  t.deepEqual(await bill(aws("route53/zone:Zone"), { usage: { queries: 2_000_000, latencyQueries: 1_000_000 } }), [
    "hosted zone: 1 month x 0.5 = 0.5",
    "queries: 2 1,000,000 queries x 0.4 = 0.8",
    "queries by latency: 1 1,000,000 queries x 0.6 = 0.6",
  ]);
  t.deepEqual(await bill(aws("route53/zone:Zone", { vpcs: [{ vpcId: UNKNOWN }] })), [
    "hosted zone: 1 month x 0.5 = 0.5",
  ]);
});

test("a zone has the same price everywhere, also where the plan does not tell the region", async (t) => {
  t.is((await bill(aws("route53/zone:Zone", {}, { region: undefined })))[0], "hosted zone: 1 month x 0.5 = 0.5");
});

test("a health check costs by where its endpoint is and what it asks beyond the basics", async (t) => {
  const CHECK = "route53/healthCheck:HealthCheck";
  const alias = aws("route53/record:Record", { name: "example.com", aliases: [{ name: UNKNOWN }] }, { name: "record" });
  const inputs = { type: "HTTPS_STR_MATCH", fqdn: "example.com", requestInterval: 10, measureLatency: true };
  t.deepEqual(await bill(aws(CHECK, inputs), { beside: [alias] }), [
    "health check: 1 month x 0.5 = 0.5",
    "health check, HTTPS: 1 month x 1 = 1",
    "health check, string matching: 1 month x 1 = 1",
    "health check, fast interval: 1 month x 1 = 1",
    "health check, latency: 1 month x 1 = 1",
  ]);
  t.deepEqual(await bill(aws(CHECK, inputs)), [
    // 0.50 + 4 x 1 .. 0.75 + 4 x 2
    "health check: ? the plan does not show whether its endpoint is at AWS [4.5 .. 8.75]",
  ]);
  t.deepEqual(await bill(aws(CHECK, { type: "CALCULATED" })), ["health check, calculated: 1 month x 0.5 = 0.5"]);
});

test("a bucket costs what is in it and what is asked of it", async (t) => {
  const usage = {
    standardGb: { low: 10, expected: 100, high: 1000 },
    infrequentGb: 8,
    putRequests: 2000,
    getRequests: 50_000,
  };
  t.deepEqual(await bill(aws("s3/bucket:Bucket"), { usage }), [
    "storage: 10/100/1000 GB-month x 0.023 = 0.23/2.3/23",
    "storage, infrequent access: 8 GB-month x 0.0125 = 0.1",
    "writes: 2 1,000 requests x 0.005 = 0.01",
    "reads: 50 1,000 requests x 0.0004 = 0.02",
    "data to the internet: not estimated, 0.09 per GB",
  ]);
  t.is((await bill(aws("s3/bucketV2:BucketV2")))[0], "storage: not estimated, 0.023 per GB-month");
});

test("a topic costs by its messages", async (t) => {
  t.deepEqual(await bill(aws("sns/topic:Topic"), { usage: { requests: 500_000, emailMessages: 1000 } }), [
    "requests: 0.5 1,000,000 requests x 0.5 = 0.25",
    "messages by HTTP: not estimated, 0.06 per 100,000 messages",
    "messages by mail: 0.01 100,000 messages x 2 = 0.02",
  ]);
});

test("certificates cost nothing unless they are private or leave AWS", async (t) => {
  const CERTIFICATE = "acm/certificate:Certificate";
  t.deepEqual(await bill(aws(CERTIFICATE, { domainName: "example.com" })), ["free: certificate"]);
  t.deepEqual(
    await bill(aws(CERTIFICATE, { certificateAuthorityArn: "arn:aws:acm-pca:us-east-1:1:certificate-authority/1" })),
    ["private certificate: ? the price book has no prices for a private authority"],
  );
  t.deepEqual(await bill(aws(CERTIFICATE, { options: { export: "ENABLED" } })), [
    "certificate for export: ? the price book has no price for certificates that may leave AWS",
  ]);
});

test("types that nobody has looked up are unknown, components are nothing", async (t) => {
  t.deepEqual(await bill(aws("sagemaker/endpoint:Endpoint")), [
    "aws:sagemaker/endpoint:Endpoint: ? nobody has looked up what a aws:sagemaker/endpoint:Endpoint costs",
  ]);
  t.deepEqual(await bill({ ...aws("x"), type: "webstack:network:Network", custom: false }), []);
  t.deepEqual(await bill({ ...aws("x"), type: "random:index/randomId:RandomId" }), [
    "free: random:index/randomId:RandomId",
  ]);
});
