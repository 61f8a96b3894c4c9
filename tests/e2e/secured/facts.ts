/** What a secured stack with nothing but its domain and an address configured comes to, in the words of `readings/`. */
import type { ExecutionContext } from "ava";
import { balancers } from "../readings/balancing.ts";
import { databases, parameters } from "../readings/databases.ts";
import { keys } from "../readings/encryption.ts";
import { fleets, launched } from "../readings/fleets.ts";
import { bucket, logGroups } from "../readings/logs.ts";
import { alarms, compositeAlarms, dashboards, topic } from "../readings/monitoring.ts";
import { certificates, records } from "../readings/names.ts";
import { flowLogs, rules, subnets } from "../readings/network.ts";
import { grants } from "../readings/roles.ts";
import { webAcl } from "../readings/web-acl.ts";
import type { World } from "../world.ts";
import { ALARMS } from "./alarms.ts";

export const DOMAIN = "example.com";
export const EMAILS = ["operations@example.com"];
export const SETTINGS = { domain: DOMAIN, architecture: "secured", monitoring: { emails: EMAILS } };

const ACCOUNT = "123456789012";
const REGION = "eu-west-1";
const POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";
const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const when = (condition: object) => `if ${JSON.stringify(condition)}`;

/** Fact by fact, read from the account. */
export async function checkAccount(t: ExecutionContext, world: World): Promise<void> {
  await checkWay(t, world);
  await checkServers(t, world);
  await checkKeys(t, world);
  await checkLogs(t, world);
  await checkMonitoring(t, world);
}

const EVERY_BALANCER = {
  addresses: "ipv4",
  zones: 2,
  "deletion_protection.enabled": "true",
  "idle_timeout.timeout_seconds": "60",
  "routing.http.drop_invalid_header_fields.enabled": "true",
  check: "HTTPS /healthz 10s 200",
  "deregistration_delay.timeout_seconds": "30",
  "load_balancing.algorithm.type": "round_robin",
  "slow_start.duration_seconds": "0",
  "stickiness.enabled": "false",
  health: ["healthy", "healthy"],
};

/** From the name of the site to its servers. */
async function checkWay(t: ExecutionContext, world: World): Promise<void> {
  const account = world.account();
  t.deepEqual(await records(account, DOMAIN), [
    `_proof.app.internal.${DOMAIN}. CNAME 300 proof`,
    `_proof.${DOMAIN}. CNAME 300 proof`,
    `${DOMAIN}. A alias, by health PRIMARY`,
    `${DOMAIN}. CAA 300 0 issue "amazon.com"`,
    `www.${DOMAIN}. CNAME 300 ${DOMAIN}`,
  ]);
  t.deepEqual(await records(account, `internal.${DOMAIN}`), [
    `app.internal.${DOMAIN}. A alias, by health`,
    `reader.internal.${DOMAIN}. CNAME 5 primary weight 0`,
    `reader.internal.${DOMAIN}. CNAME 5 replica-1 weight 1, by health check`,
    `writer.internal.${DOMAIN}. CNAME 5 primary`,
  ]);
  t.deepEqual(await certificates(account), [
    `app.internal.${DOMAIN}: AMAZON_ISSUED by DNS, ISSUED, used by 1`,
    `${DOMAIN}, *.${DOMAIN}: AMAZON_ISSUED by DNS, ISSUED, used by 1`,
  ]);
  t.deepEqual(await balancers(account), [
    {
      ...EVERY_BALANCER,
      scheme: "internal",
      logs: "access-logs-bucket/inner",
      listeners: [`HTTPS 443: forward, ${POLICY}, certificate of app.internal.${DOMAIN}, nameless`],
      targets: "HTTPS 8443",
    },
    {
      ...EVERY_BALANCER,
      scheme: "internet-facing",
      logs: "access-logs-bucket/public",
      listeners: [
        "HTTP 80: redirect to HTTPS 443 by HTTP_301, nameless",
        `HTTPS 443: forward, ${POLICY}, certificate of ${DOMAIN}, max-age=31536000, nameless`,
      ],
      targets: "HTTPS 443",
    },
  ]);
  t.deepEqual(await webAcl(account), {
    otherwise: ["Allow"],
    rules: [
      "0 rate: 2000 in 300 s by IP, Block",
      "1 ip-reputation: AWS AWSManagedRulesAmazonIpReputationList, None",
      "2 known-bad-inputs: AWS AWSManagedRulesKnownBadInputsRuleSet, None",
      "3 common: AWS AWSManagedRulesCommonRuleSet, None",
      "4 sql: AWS AWSManagedRulesSQLiRuleSet, None",
    ],
    before: ["internet-facing"],
    logs: ["aws-waf-logs-webstack-production"],
    redacted: ["authorization", "cookie"],
  });
  t.deepEqual(await subnets(account, "production"), [
    "application-1 10.0.64.0/20 eu-west-1a: local nat-1",
    "application-2 10.0.80.0/20 eu-west-1b: local nat-2",
    "data-1 10.0.128.0/20 eu-west-1a: local",
    "data-2 10.0.144.0/20 eu-west-1b: local",
    "public-1 10.0.0.0/20 eu-west-1a: igw local",
    "public-2 10.0.16.0/20 eu-west-1b: igw local",
  ]);
  // The default group of the network has none.
  t.deepEqual(await rules(account, "production"), [
    "app in tcp 8443-8443 inner",
    "app out tcp 3306-3306 database",
    "app out tcp 443-443 0.0.0.0/0",
    "app out tcp 80-80 0.0.0.0/0",
    "database in tcp 3306-3306 app",
    "inner in tcp 443-443 web",
    "inner out tcp 8443-8443 app",
    "public in tcp 443-443 0.0.0.0/0",
    "public in tcp 80-80 0.0.0.0/0",
    "public out tcp 443-443 web",
    "web in tcp 443-443 public",
    "web out tcp 443-443 0.0.0.0/0",
    "web out tcp 443-443 inner",
    "web out tcp 80-80 0.0.0.0/0",
  ]);
}

const EVERY_DATABASE = "reached as database, logs error,slowquery";
const FLEET = "2-6: 2 in 2 zones, ELB, ALBRequestCountPerTarget 1000, ASGAverageCPUUtilization 50";

/** What serves: hosts, what they may do, and the database. */
async function checkServers(t: ExecutionContext, world: World): Promise<void> {
  const account = world.account();
  t.deepEqual(await fleets(account, "production"), [`app ${FLEET}`, `web ${FLEET}`]);
  t.deepEqual(await launched(account, "production"), [
    "app-template m7g.large, tokens required, gp3 encrypted",
    "web-template m7g.medium, tokens required, gp3 encrypted",
  ]);
  t.deepEqual(await grants(account), [
    ...hostGrants("app", [
      "app-role: Allow s3:GetObject on arn:aws:s3:::release-bucket/releases/*",
      `app-role: Allow secretsmanager:GetSecretValue on ${arn("secretsmanager", "secret:database-credentials-secret-??????")}`,
    ]),
    ...["CreateLogStream", "DescribeLogStreams", "PutLogEvents"].map(
      (action) =>
        `flow-logs-role: Allow logs:${action} on ${arn("logs", "log-group:/webstack-production/network/flows:*")}`,
    ),
    ...hostGrants("web", []),
  ]);
  t.deepEqual(await databases(account, "production"), [
    `primary writer mysql db.m7g.large gp3, follows nobody, in eu-west-1a, two zones, encrypted, private, protected, ${EVERY_DATABASE}`,
    `replica-1 reader mysql db.m7g.large gp3, follows primary, in eu-west-1b, one zone, encrypted, private, unprotected, ${EVERY_DATABASE}`,
  ]);
  t.deepEqual(await parameters(account), [
    "log_output FILE",
    "long_query_time 1",
    "require_secure_transport 1",
    "slow_query_log 1",
  ]);
}

/** What every host of a tier may do: tell of itself, and be reached by people. */
function hostGrants(tier: string, more: readonly string[]): string[] {
  const streams = ["CreateLogStream", "PutLogEvents"].flatMap((action) =>
    ["service", "system"].map(
      (log) => `logs:${action} on ${arn("logs", `log-group:/webstack-production/${tier}/${log}:*`)}`,
    ),
  );
  return [
    `${tier}-role: Allow cloudwatch:PutMetricData on * ${when({ StringEquals: { "cloudwatch:namespace": "Webstack/Hosts" } })}`,
    `${tier}-role: Allow ec2:DescribeTags on * ${when({ StringEquals: { "ec2:Region": REGION } })}`,
    ...streams.map((grant) => `${tier}-role: Allow ${grant}`),
    `${tier}-role: AmazonSSMManagedInstanceCore`,
    ...more,
  ].sort();
}

const ENCRYPT = "kms:Encrypt,kms:Decrypt,kms:ReEncrypt*,kms:GenerateDataKey*,kms:DescribeKey on *";
const OWNER = `Allow arn:aws:iam::${ACCOUNT}:root kms:* on *`;
const BY_ALARMS = {
  StringEquals: { "aws:SourceAccount": ACCOUNT },
  ArnLike: { "aws:SourceArn": arn("cloudwatch", "alarm:*") },
};

const BY_SECRETS = { StringEquals: { "kms:ViaService": `secretsmanager.${REGION}.amazonaws.com` } };

/** Keys of the stack's own, and who may use them. */
async function checkKeys(t: ExecutionContext, world: World): Promise<void> {
  const groups = [
    "/webstack-production/*/*",
    "/webstack-production/network/flows",
    "aws-waf-logs-webstack-production",
    "/aws/rds/instance/webstack-production-*",
  ].map((name) => arn("logs", `log-group:${name}`));
  t.deepEqual(await keys(world.account()), [
    "database-credentials-key is rotated",
    `database-credentials-key: Allow arn:aws:iam::${ACCOUNT}:role/app-role kms:Decrypt on * ${when(BY_SECRETS)}`,
    `database-credentials-key: ${OWNER}`,
    "logs-key-key is rotated",
    `logs-key-key: ${OWNER}`,
    `logs-key-key: Allow logs.${REGION}.amazonaws.com ${ENCRYPT} ${when({ ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups } })}`,
    "topic-key-key is rotated",
    `topic-key-key: ${OWNER}`,
    `topic-key-key: Allow cloudwatch.amazonaws.com ${ENCRYPT} ${when(BY_ALARMS)}`,
  ]);
}

/** What is written down, for how long, and who may write it. */
async function checkLogs(t: ExecutionContext, world: World): Promise<void> {
  const account = world.account();
  t.deepEqual(
    await logGroups(account),
    [
      "/aws/rds/instance/webstack-production-primary/error",
      "/aws/rds/instance/webstack-production-primary/slowquery",
      "/aws/rds/instance/webstack-production-replica-1/error",
      "/aws/rds/instance/webstack-production-replica-1/slowquery",
      "/webstack-production/app/service",
      "/webstack-production/app/system",
      "/webstack-production/network/flows",
      "/webstack-production/web/service",
      "/webstack-production/web/system",
      "aws-waf-logs-webstack-production",
    ].map((name) => `${name}: 365, logs-key-key`),
  );
  t.deepEqual(await flowLogs(account, "production"), [
    "ALL of network to cloud-watch-logs /webstack-production/network/flows as flow-logs-role, ACTIVE",
  ]);
  const written = ["public", "inner"].map((name) => `arn:aws:s3:::access-logs-bucket/${name}/AWSLogs/${ACCOUNT}/*`);
  t.deepEqual(await bucket(account, "access-logs-bucket"), {
    public: [true, true, true, true],
    encryption: ["AES256"],
    ownership: ["BucketOwnerEnforced"],
    policy: [
      `Deny * s3:* on arn:aws:s3:::access-logs-bucket,arn:aws:s3:::access-logs-bucket/* ${when({ Bool: { "aws:SecureTransport": "false" } })}`,
      `Allow logdelivery.elasticloadbalancing.amazonaws.com s3:PutObject on ${written} ${when({ ArnLike: { "aws:SourceArn": arn("elasticloadbalancing", "loadbalancer/*") } })}`,
    ],
    lifecycle: ["Enabled: 365 days"],
  });
}

/** Who is told of what. */
async function checkMonitoring(t: ExecutionContext, world: World): Promise<void> {
  const account = world.account();
  t.deepEqual(await alarms(account), ALARMS);
  const down = [
    'ALARM("monitoring-balancer-public-no-hosts") OR ALARM("monitoring-balancer-inner-no-hosts")',
    'ALARM("monitoring-database-primary-silent")',
  ];
  t.deepEqual(await compositeAlarms(account), [
    `webstack-production-site-is-down: ((${down[0]}) OR ${down[1]}), tells monitoring-topic-topic`,
  ]);
  const topicArn = arn("sns", "monitoring-topic-topic");
  t.deepEqual(await topic(account), {
    key: "topic-key-key",
    policy: [
      `Allow cloudwatch.amazonaws.com sns:Publish on ${topicArn} ${when(BY_ALARMS)}`,
      `Deny * sns:Publish on ${topicArn} ${when({ Bool: { "aws:PrincipalIsAWSService": "false" } })}`,
      `Deny * sns:Publish on ${topicArn} ${when({ Bool: { "aws:SecureTransport": "false" } })}`,
    ],
    subscriptions: EMAILS.map((address) => `email ${address} PendingConfirmation`),
  });
  t.deepEqual(await dashboards(account), {
    "webstack-production": [
      "Is the site down?",
      "## DNS and WAF",
      "## Public load balancer",
      "## Web servers",
      "## Inner load balancer",
      "## Application servers",
      "## Database",
    ],
  });
}
