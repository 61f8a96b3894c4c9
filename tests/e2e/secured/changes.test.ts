import test from "ava";
import { balancers } from "../readings/balancing.ts";
import { certificates } from "../readings/names.ts";
import { World } from "../world.ts";
import { checkAccount, DOMAIN, EMAILS, SETTINGS } from "./facts.ts";

/** What a change of settings does, as the preview must say it. */
interface Change {
  readonly title: string;
  readonly settings: Readonly<Record<string, object>>;
  readonly steps: readonly string[];
}

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const DATABASE = "aws:rds/instance:Instance";
const GROUP = "aws:autoscaling/group:Group";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const KEY = "aws:kms/key:Key";
const LISTENER = "aws:lb/listener:Listener";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const POLICY = "aws:autoscaling/policy:Policy";
const RECORD = "aws:route53/record:Record";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";

const each = (op: string, type: string, ...names: string[]) => names.map((name) => `${op} ${type} ${name}`);
const alarms = (op: string, part: string, ...names: string[]) =>
  each(op, ALARM, ...names.map((name) => `monitoring-${part}-${name}`));

const DASHBOARD = each("update", "aws:cloudwatch/dashboard:Dashboard", "monitoring-dashboard");

const OF_BALANCER = ["errors", "latency", "no-hosts", "rejected-connections", "too-few-hosts", "unhealthy-hosts"];
const OF_FLEET = ["at-maximum", "cpu", "disk", "memory"];

/** A fleet of servers that are other ones, and what looks at them. */
const otherServers = (fleet: string) => [
  ...each("replace", GROUP, `${fleet}-group`),
  ...each("replace", POLICY, `${fleet}-cpu`, `${fleet}-requests`),
  ...each("update", TEMPLATE, `${fleet}-template`),
  ...alarms("update", `fleet-${fleet}`, ...OF_FLEET),
];

/** The firewalls' paths between the tiers, by what they end in. */
const paths = (op: string, ending: string) =>
  [INGRESS, EGRESS].flatMap((type) =>
    each(op, type, ...["public-to-web", "web-to-inner", "inner-to-app"].map((path) => `firewalls-${path}${ending}`)),
  );

/** A certificate that ACM issues, with its proof. */
const issued = (op: string, part: string, name: string) => [
  ...each(op, "webstack:certificate:Certificate", part),
  ...each(op, CERTIFICATE, `${part}-certificate`),
  ...each(op, VALIDATION, `${part}-issued`),
  ...each(op, RECORD, `${part}-${name}`),
];

const INNER = `app.internal.${DOMAIN}`;
const STANDBY = ["standby-app", "standby-web"];

const monitoring = (more: object) => ({ monitoring: { emails: EMAILS, ...more } });

const CHANGES: readonly Change[] = [
  {
    title: "TLS ends at the public load balancer",
    settings: { tls: { encryption: "edge" }, protection: { waivers: ["tls-ends-at-load-balancer"] } },
    steps: [
      ...paths("create", ""),
      ...paths("delete", "-tls"),
      ...each("create", LISTENER, "inner-http"),
      ...each("delete", LISTENER, "inner-https"),
      ...each("update", LISTENER, "public-https"),
      ...each("replace", TARGETS, "inner-targets", "public-targets"),
      ...["inner", "public"].flatMap((name) =>
        alarms("update", `balancer-${name}`, "no-hosts", "too-few-hosts", "unhealthy-hosts"),
      ),
      ...issued("delete", "inner-certificate", INNER),
      ...alarms("delete", "certificate-inner", "expiry"),
      ...otherServers("app"),
      ...otherServers("web"),
      ...DASHBOARD,
    ],
  },
  {
    title: "an authority of the stack's own",
    settings: { tls: { certificate: "own-ca" } },
    steps: [
      ...issued("delete", "certificate", DOMAIN),
      ...issued("delete", "inner-certificate", INNER),
      ...each("create", "webstack:own-authority:OwnAuthority", "authority"),
      ...each("create", "tls:index/privateKey:PrivateKey", "authority-key"),
      ...each("create", "tls:index/selfSignedCert:SelfSignedCert", "authority-certificate"),
      ...["authority-certificate", "authority-inner-certificate"].flatMap((part) => [
        ...each("create", "tls:index/privateKey:PrivateKey", `${part}-key`),
        ...each("create", "tls:index/certRequest:CertRequest", `${part}-request`),
        ...each("create", "tls:index/locallySignedCert:LocallySignedCert", `${part}-signed`),
        ...each("create", CERTIFICATE, `${part}-certificate`),
      ]),
      ...each("update", LISTENER, "inner-https", "public-https"),
      ...alarms("update", "certificate-inner", "expiry"),
      ...alarms("update", "certificate-site", "expiry"),
      // Web servers trust the authority.
      ...otherServers("web"),
      ...DASHBOARD,
    ],
  },
  {
    title: "other protocols and ciphers",
    settings: { tls: { policy: "ELBSecurityPolicy-TLS13-1-3-2021-06" } },
    steps: each("update", LISTENER, "inner-https", "public-https"),
  },
  {
    title: "browsers forget that they insist on HTTPS",
    settings: { tls: { hstsSeconds: 0 } },
    steps: each("update", LISTENER, "public-https"),
  },
  {
    title: "nobody waits for the certificates",
    settings: { tls: { waitForValidation: false } },
    steps: each("delete", VALIDATION, "certificate-issued", "inner-certificate-issued"),
  },
  {
    title: "a signed zone",
    settings: { dns: { dnssec: true } },
    steps: [
      ...each("create", "webstack:dnssec:Dnssec", "dnssec"),
      ...each("create", KEY, "dnssec-key"),
      ...each("create", "aws:route53/keySigningKey:KeySigningKey", "dnssec-signing-key"),
      ...each("create", "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "dnssec-signing"),
    ],
  },
  {
    title: "another authority may issue certificates, too",
    settings: { dns: { certificateAuthorities: ["amazon.com", "letsencrypt.org"] } },
    steps: each("update", RECORD, "dns-caa"),
  },
  {
    title: "no web application firewall",
    settings: { protection: { waf: false, waivers: ["no-firewall"] } },
    steps: [
      ...each("delete", "webstack:web-acl:WebAcl", "web-acl"),
      ...each("delete", "aws:wafv2/webAcl:WebAcl", "web-acl-acl"),
      ...each("delete", "aws:wafv2/webAclAssociation:WebAclAssociation", "web-acl-public"),
      ...each("delete", "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "web-acl-logging"),
      ...each("delete", LOGS, "web-acl-logs"),
      ...DASHBOARD,
    ],
  },
  {
    title: "fewer requests of one address, and somebody else is told as well",
    settings: {
      protection: { requestsPerFiveMinutes: 500 },
      monitoring: { emails: [...EMAILS, "night@example.com"] },
    },
    steps: [
      ...each("update", "aws:wafv2/webAcl:WebAcl", "web-acl-acl"),
      ...each("create", "aws:sns/topicSubscription:TopicSubscription", "monitoring-topic-night@example.com"),
    ],
  },
  {
    title: "no flow logs",
    settings: { network: { flowLogs: false }, protection: { waivers: ["no-traffic-logs"] } },
    steps: [
      ...each("delete", "webstack:flow-logs:FlowLogs", "flow-logs"),
      ...each("delete", "aws:ec2/flowLog:FlowLog", "flow-logs-log"),
      ...each("delete", "aws:iam/role:Role", "flow-logs-role"),
      ...each("delete", "aws:iam/rolePolicy:RolePolicy", "flow-logs-write"),
      ...each("delete", LOGS, "flow-logs-logs"),
    ],
  },
  {
    title: "more errors are normal with more traffic, and slow answers are not",
    settings: monitoring({ alarms: { errorPercent: 5, latencyMilliseconds: 500, minimumRequestsPerMinute: 100 } }),
    steps: [
      ...alarms("update", "balancer-inner", "errors", "latency"),
      ...alarms("update", "balancer-public", "errors", "latency"),
    ],
  },
  {
    title: "hosts may be busier and fuller, databases busier, and certificates renewed later",
    settings: monitoring({ alarms: { cpuPercent: 90, memoryPercent: 90, diskPercent: 90, certificateDays: 14 } }),
    steps: [
      ...alarms("update", "fleet-app", "cpu", "disk", "memory"),
      ...alarms("update", "fleet-web", "cpu", "disk", "memory"),
      ...alarms("update", "database-primary", "cpu"),
      ...alarms("update", "database-replica-1", "cpu"),
      ...alarms("update", "certificate-inner", "expiry"),
      ...alarms("update", "certificate-site", "expiry"),
    ],
  },
  {
    title: "no dashboard",
    settings: monitoring({ dashboard: false }),
    steps: each("delete", "aws:cloudwatch/dashboard:Dashboard", "monitoring-dashboard"),
  },
  {
    title: "all logs are forgotten sooner",
    settings: monitoring({ logRetentionDays: 90 }),
    steps: [
      ...each(
        "update",
        LOGS,
        ...["database-primary-error", "database-primary-slowquery"],
        ...["database-replica-1-error", "database-replica-1-slowquery"],
        ...["host-logs-app-service", "host-logs-app-system", "host-logs-web-service", "host-logs-web-system"],
        ...["flow-logs-logs", "web-acl-logs"],
      ),
      ...each("update", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "access-logs-lifecycle"),
    ],
  },
  {
    title: "a standby, as guarded and watched as what it stands by",
    settings: { loadBalancing: { mode: "active-passive" } },
    steps: [
      ...each("create", "webstack:fleet:Fleet", ...STANDBY),
      ...each("create", GROUP, ...STANDBY.map((fleet) => `${fleet}-group`)),
      ...each("create", POLICY, ...STANDBY.flatMap((fleet) => [`${fleet}-cpu`, `${fleet}-requests`])),
      ...each("create", TEMPLATE, ...STANDBY.map((fleet) => `${fleet}-template`)),
      ...STANDBY.flatMap((fleet) => alarms("create", `fleet-${fleet}`, ...OF_FLEET)),
      ...each("create", "webstack:load-balancer:LoadBalancer", "standby-inner", "standby-public"),
      ...each("create", "aws:lb/loadBalancer:LoadBalancer", "standby-inner-balancer", "standby-public-balancer"),
      ...each("create", TARGETS, "standby-inner-targets", "standby-public-targets"),
      ...each("create", LISTENER, "standby-inner-https", "standby-public-http", "standby-public-https"),
      ...alarms("create", "balancer-standby-inner", ...OF_BALANCER),
      ...alarms("create", "balancer-standby-public", ...OF_BALANCER),
      ...each("create", RECORD, "dns-apex-standby", "standby-inner-name"),
      ...each("create", "aws:wafv2/webAclAssociation:WebAclAssociation", "web-acl-standby-public"),
      ...each("update", "aws:s3/bucketPolicy:BucketPolicy", "access-logs-policy"),
      ...each("update", "aws:cloudwatch/compositeAlarm:CompositeAlarm", "monitoring-site-is-down"),
      ...DASHBOARD,
    ],
  },
  {
    title: "another replica, watched",
    settings: { database: { replicas: 2 } },
    steps: [
      ...each("create", DATABASE, "database-replica-2"),
      ...each("create", LOGS, "database-replica-2-error", "database-replica-2-slowquery"),
      ...each("create", ALARM, "database-names-replica-2-lagging", "database-names-replica-2-stopped"),
      ...each(
        "create",
        CHECK,
        ...["database-names-replica-2-health", "database-names-replica-2-lagging", "database-names-replica-2-stopped"],
      ),
      ...each("create", RECORD, "database-names-reader-replica-2"),
      ...alarms(
        "create",
        "database-replica-2",
        ...["connections", "cpu", "disk-burst", "memory", "replica-lag", "storage"],
      ),
      ...DASHBOARD,
    ],
  },
  {
    title: "a larger class, whose alarms fit it",
    settings: { database: { instanceClass: "db.r7g.large" } },
    steps: [
      ...each("update", DATABASE, "database-primary", "database-replica-1"),
      ...alarms("update", "database-primary", "connections", "memory"),
      ...alarms("update", "database-replica-1", "connections", "memory"),
    ],
  },
  {
    title: "a larger fleet, whose alarm fits it",
    settings: { web: { minimum: 3 } },
    steps: [...each("update", GROUP, "web-group"), ...alarms("update", "balancer-public", "too-few-hosts")],
  },
  {
    title: "servers that save up credits",
    settings: { web: { instanceType: "t4g.small" } },
    steps: [...otherServers("web"), ...alarms("create", "fleet-web", "credits"), ...DASHBOARD],
  },
  {
    title: "one NAT gateway, which is accepted",
    settings: { network: { nat: "single" }, protection: { waivers: ["single-nat"] } },
    steps: [
      ...each("delete", "aws:ec2/eip:Eip", "network-nat-2"),
      ...each("delete", "aws:ec2/natGateway:NatGateway", "network-nat-2"),
      ...each("update", "aws:ec2/route:Route", "network-application-2-internet"),
    ],
  },
  {
    title: "what could be accepted, of which nothing is there",
    settings: { protection: { require: false, waivers: ["no-firewall", "single-nat"] } },
    steps: [],
  },
  {
    title: "no protection against deletion",
    settings: { protection: { deletion: false } },
    steps: [
      ...each("update", KEY, "database-credentials-key", "logs-key-key", "topic-key-key"),
      ...each("update", "aws:lb/loadBalancer:LoadBalancer", "inner-balancer", "public-balancer"),
      ...each("update", DATABASE, "database-primary"),
      ...each("update", "aws:s3/bucket:Bucket", "access-logs-bucket", "release-bucket"),
      ...each("update", "aws:secretsmanager/secret:Secret", "database-credentials-secret"),
    ],
  },
];

/** Changes that get on with each other, made at once and taken back at once. */
const TOGETHER = {
  ...SETTINGS,
  dns: { dnssec: true, healthChecks: true },
  network: { nat: "single", flowLogs: false },
  tls: { encryption: "edge", certificate: "own-ca", policy: "ELBSecurityPolicy-TLS13-1-3-2021-06", hstsSeconds: 0 },
  loadBalancing: { mode: "active-passive", accessLogs: false },
  database: { replicas: 2, instanceClass: "db.r7g.large" },
  monitoring: {
    emails: EMAILS,
    dashboard: false,
    logRetentionDays: 90,
    alarms: { errorPercent: 5, cpuPercent: 90, certificateDays: 14 },
  },
  protection: { deletion: false, waf: false, require: false },
};

const endings: (() => unknown)[] = [];
const fail = (message: string): never => {
  throw new Error(message);
};
const world = World.with({ teardown: (end) => endings.unshift(end), fail }, { production: SETTINGS });

test.before("the stack is up", () => world.succeed("up", "production"));
test.after.always("and everything goes", async () => {
  for (const end of endings) await end();
});

for (const { title, settings, steps } of CHANGES) {
  test.serial(`a preview says what changes: ${title}`, async (t) => {
    world.configure("production", { ...SETTINGS, ...settings });
    t.deepEqual(await world.steps("production"), [...steps].sort());
  });
}

test.serial(
  "a pitfall that comes back is refused with the setting that brings it, and nothing is changed",
  async (t) => {
    const before = await world.inventory();
    world.configure("production", {
      ...SETTINGS,
      network: { nat: "single" },
      protection: { waf: false, waivers: ["single-nat"] },
    });
    const { code, said } = await world.run("up", "production");
    t.not(code, 0);
    t.true(said.includes("The configuration of stack production has 1 problem. Nothing was changed."), said);
    const complaint = "webstack:protection.waf is false. It must be true, or else there is the pitfall no-firewall.";
    t.true(said.includes(complaint), said);
    t.true(said.includes("Or accept it: pulumi config set --path 'webstack:protection.waivers[1]' no-firewall"), said);
    t.deepEqual(await world.inventory(), before);
  },
);

test.serial("logs that are protected do not go in the update that lifts their protection", async (t) => {
  const before = await world.inventory();
  world.configure("production", {
    ...SETTINGS,
    loadBalancing: { accessLogs: false },
    protection: { deletion: false, require: false },
  });
  const { code, said } = await world.run("up", "production");
  t.not(code, 0);
  t.regex(said, /access-logs-bucket" cannot be deleted\s+because it is protected/);
  t.deepEqual(await world.inventory(), before);
});

test.serial("many changes at once are carried out as they were said, and taken back", async (t) => {
  world.configure("production", { ...SETTINGS, protection: { deletion: false } });
  await world.succeed("up", "production");
  const kept = (await world.inventory()).filter(isSame);

  world.configure("production", TOGETHER);
  await world.succeed("up", "production");
  const { unchanged, ...others } = await world.succeed("refresh", "production");
  t.deepEqual(others, {});
  t.deepEqual(await world.succeed("up", "production"), { unchanged });
  t.deepEqual((await world.inventory()).filter(isWritten), [], "nothing is written down that need not be");
  t.deepEqual(await certificates(world.account()), [`${DOMAIN}, *.${DOMAIN}: IMPORTED, ISSUED, used by 2`]);
  const policy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
  t.deepEqual(
    (await balancers(world.account())).map(({ logs, listeners, targets }) => [targets, logs, ...listeners]),
    [
      ["HTTP 8080", "none", "HTTP 80: forward"],
      ["HTTP 8080", "none", "HTTP 80: forward"],
      ...[1, 2].map(() => [
        "HTTP 80",
        "none",
        "HTTP 80: redirect to HTTPS 443 by HTTP_301, nameless",
        `HTTPS 443: forward, ${policy}, certificate of ${DOMAIN}, max-age=0, nameless`,
      ]),
    ],
  );

  world.configure("production", SETTINGS);
  await world.succeed("up", "production");
  t.deepEqual(await world.steps("production"), []);
  await checkAccount(t, world);
  const back = await world.inventory();
  for (const line of kept) t.true(back.includes(line), `${line} is kept`);
});

/** What must outlive any of these changes. */
const isSame = (line: string) =>
  /^(bucket release-|database webstack-|hosted zone |load balancer |secret |vpc )/.test(line);
const isWritten = (line: string) => /^(bucket access-logs|flow log|dashboard|web ACL)/.test(line);
