import test from "ava";
import { World } from "../world.ts";
import { SETTINGS } from "./facts.ts";

/** What a change of settings does, as the preview must say it. */
interface Change {
  readonly title: string;
  readonly settings: Readonly<Record<string, object | string>>;
  readonly steps: readonly string[];
}

const GROUP = "aws:autoscaling/group:Group";
const POLICY = "aws:autoscaling/policy:Policy";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const DATABASE = "aws:rds/instance:Instance";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const RECORD = "aws:route53/record:Record";
const ROUTE = "aws:ec2/route:Route";
const SUBNET = "aws:ec2/subnet:Subnet";

const each = (op: string, type: string, ...names: string[]) => names.map((name) => `${op} ${type} ${name}`);

/** A fleet of servers that are other ones: a new group beside the old one, and what belongs to it. */
const otherServers = (fleet: string) => [
  ...each("replace", GROUP, `${fleet}-group`),
  ...each("replace", POLICY, `${fleet}-cpu`, `${fleet}-requests`),
  ...each("update", TEMPLATE, `${fleet}-template`),
];

const bothTargets = each("update", TARGETS, "inner-targets", "public-targets");

/** All that a replica has, apart from the instance. */
const belongings = (op: string, slot: string) => [
  ...each(op, LOGS, `database-${slot}-error`, `database-${slot}-slowquery`),
  ...each(op, ALARM, `database-names-${slot}-lagging`, `database-names-${slot}-stopped`),
  ...each(
    op,
    CHECK,
    `database-names-${slot}-health`,
    `database-names-${slot}-lagging`,
    `database-names-${slot}-stopped`,
  ),
  ...each(op, RECORD, `database-names-reader-${slot}`),
];

/** Another database beside the old one, to which the names then lead. */
const OTHER_DATABASE = [
  ...each("replace", DATABASE, "database-primary", "database-replica-1"),
  ...each("replace", LOGS, "database-primary-error", "database-primary-slowquery"),
  ...each("replace", LOGS, "database-replica-1-error", "database-replica-1-slowquery"),
  ...each("replace", "random:index/randomId:RandomId", "database-id", "database-snapshot"),
  ...each("update", ALARM, "database-names-replica-1-lagging", "database-names-replica-1-stopped"),
  ...each("update", RECORD, "database-names-reader-replica-1", "database-names-reader-writer", "database-names-writer"),
];

const CHANGES: readonly Change[] = [
  {
    title: "names are kept for another time, and any authority may issue certificates",
    settings: { dns: { ttlSeconds: 60, certificateAuthorities: [] } },
    steps: [...each("update", RECORD, "dns-www"), ...each("delete", RECORD, "dns-caa")],
  },
  {
    title: "Route 53 checks the site",
    settings: { dns: { healthChecks: true } },
    steps: each("create", CHECK, "dns-health"),
  },
  {
    title: "a third zone",
    settings: { network: { zones: 3 } },
    steps: [
      ...each("create", ROUTE, "network-application-3-internet"),
      ...each("create", "aws:ec2/routeTable:RouteTable", "network-application-3"),
      ...each(
        "create",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        ...["network-application-3", "network-data-3", "network-public-3"],
      ),
      ...each("create", SUBNET, "network-application-3", "network-data-3", "network-public-3"),
      ...each("update", GROUP, "app-group", "web-group"),
      ...each("update", "aws:ec2/vpcEndpoint:VpcEndpoint", "endpoints-s3"),
      ...each("update", BALANCER, "inner-balancer", "public-balancer"),
      ...each("update", "aws:rds/subnetGroup:SubnetGroup", "database-subnets"),
    ],
  },
  {
    title: "a NAT gateway in each zone",
    settings: { network: { nat: "per-zone" } },
    steps: [
      ...each("create", "aws:ec2/eip:Eip", "network-nat-2"),
      ...each("create", "aws:ec2/natGateway:NatGateway", "network-nat-2"),
      ...each("update", ROUTE, "network-application-2-internet"),
    ],
  },
  {
    title: "a NAT gateway that AWS spreads over the zones",
    settings: { network: { nat: "regional" } },
    steps: [
      ...each("create", "aws:ec2/natGateway:NatGateway", "network-nat-regional"),
      ...each("delete", "aws:ec2/eip:Eip", "network-nat-1"),
      ...each("delete", "aws:ec2/natGateway:NatGateway", "network-nat-1"),
      ...each("update", ROUTE, "network-application-1-internet", "network-application-2-internet"),
    ],
  },
  {
    title: "no NAT gateway",
    settings: { network: { nat: "none" } },
    steps: [
      ...each("delete", "aws:ec2/eip:Eip", "network-nat-1"),
      ...each("delete", "aws:ec2/natGateway:NatGateway", "network-nat-1"),
      ...each("delete", ROUTE, "network-application-1-internet", "network-application-2-internet"),
      ...otherServers("app"),
      ...otherServers("web"),
    ],
  },
  {
    title: "an interface endpoint",
    settings: { network: { endpoints: ["s3", "ssm"] } },
    steps: [
      ...each("create", "aws:ec2/securityGroup:SecurityGroup", "endpoints-firewall-group"),
      ...each("create", "aws:ec2/vpcEndpoint:VpcEndpoint", "endpoints-ssm", "endpoints-ssmmessages"),
      ...each(
        "create",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        ...["endpoints-firewall-in-app", "endpoints-firewall-in-web"],
      ),
      ...each("create", "webstack:firewall:Firewall", "endpoints-firewall"),
    ],
  },
  {
    title: "IPv6",
    settings: { network: { ipv6: true } },
    steps: [
      ...each("create", "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "network-internet-ipv6"),
      ...each(
        "create",
        ROUTE,
        ...["network-application-1-internet-ipv6", "network-application-2-internet-ipv6"],
        "network-public-internet-ipv6",
      ),
      ...each("create", RECORD, "dns-apex-ipv6"),
      ...each(
        "create",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        ...["firewalls-app-out-http-ipv6", "firewalls-app-out-https-ipv6"],
        ...["firewalls-web-out-http-ipv6", "firewalls-web-out-https-ipv6"],
      ),
      ...each("create", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "firewalls-public-in-http-ipv6"),
      ...each(
        "update",
        SUBNET,
        "network-application-1",
        "network-application-2",
        "network-public-1",
        "network-public-2",
      ),
      ...each("update", "aws:ec2/vpc:Vpc", "network-vpc"),
      ...each("update", BALANCER, "public-balancer"),
    ],
  },
  {
    title: "the server with the fewest requests is next",
    settings: { loadBalancing: { algorithm: "least-connections" } },
    steps: bothTargets,
  },
  {
    title: "clients stay on their server",
    settings: { loadBalancing: { algorithm: "ip-hash" } },
    steps: each("update", TARGETS, "public-targets"),
  },
  {
    title: "a standby",
    settings: { loadBalancing: { mode: "active-passive" } },
    steps: [
      ...each("create", GROUP, "standby-app-group", "standby-web-group"),
      ...each("create", POLICY, "standby-app-cpu", "standby-app-requests", "standby-web-cpu", "standby-web-requests"),
      ...each("create", TEMPLATE, "standby-app-template", "standby-web-template"),
      ...each("create", "aws:lb/listener:Listener", "standby-inner-http", "standby-public-http"),
      ...each("create", BALANCER, "standby-inner-balancer", "standby-public-balancer"),
      ...each("create", TARGETS, "standby-inner-targets", "standby-public-targets"),
      ...each("create", RECORD, "dns-apex-standby", "standby-inner-name"),
      ...each("create", "webstack:fleet:Fleet", "standby-app", "standby-web"),
      ...each("create", "webstack:load-balancer:LoadBalancer", "standby-inner", "standby-public"),
    ],
  },
  {
    title: "servers drain longer, start slowly and are asked something else",
    settings: { loadBalancing: { drainSeconds: 60, slowStartSeconds: 30, healthCheck: { path: "/ready" } } },
    steps: bothTargets,
  },
  {
    title: "connections stay open for longer, which the web servers must know",
    settings: { loadBalancing: { idleTimeoutSeconds: 120 } },
    steps: [...otherServers("web"), ...each("update", BALANCER, "public-balancer")],
  },
  {
    title: "other web servers",
    settings: { web: { instanceType: "t4g.medium" } },
    steps: otherServers("web"),
  },
  {
    title: "application servers of another architecture",
    settings: { app: { architecture: "x86_64", instanceType: "t3.small" } },
    steps: otherServers("app"),
  },
  {
    title: "more servers at least and at most",
    settings: { web: { minimum: 3, maximum: 6 } },
    steps: each("update", GROUP, "web-group"),
  },
  {
    title: "spot instances",
    settings: { web: { spotPercent: 50 } },
    steps: [...each("replace", GROUP, "web-group"), ...each("replace", POLICY, "web-cpu", "web-requests")],
  },
  {
    title: "a fleet sized for another load",
    settings: { app: { targetCpuPercent: 60 } },
    steps: each("update", POLICY, "app-cpu"),
  },
  {
    title: "larger database instances",
    settings: { database: { instanceClass: "db.m7g.large" } },
    steps: each("update", DATABASE, "database-primary", "database-replica-1"),
  },
  {
    title: "more storage, a standby of the primary, and backups that are kept longer",
    settings: { database: { storageGiB: 50, multiAz: true, backupRetentionDays: 14 } },
    steps: each("update", DATABASE, "database-primary"),
  },
  {
    title: "no replica",
    settings: { database: { replicas: 0 } },
    steps: [...belongings("delete", "replica-1"), ...each("delete", DATABASE, "database-replica-1")],
  },
  {
    title: "another replica",
    settings: { database: { replicas: 2 } },
    steps: [...belongings("create", "replica-2"), ...each("create", DATABASE, "database-replica-2")],
  },
  {
    title: "replicas may lag further",
    settings: { database: { maximumReplicaLagSeconds: 60 } },
    steps: [
      ...each("update", ALARM, "database-names-replica-1-lagging"),
      ...each("update", CHECK, "database-names-replica-1-lagging"),
    ],
  },
  {
    title: "another password",
    settings: { database: { passwordVersion: 2 } },
    steps: [
      ...each("replace", "aws:secretsmanager/secretVersion:SecretVersion", "database-password"),
      ...each("replace", "random:index/randomPassword:RandomPassword", "database-credentials-password"),
      ...each("update", DATABASE, "database-primary"),
    ],
  },
  {
    title: "another engine",
    settings: { database: { engine: "mariadb" } },
    steps: [...OTHER_DATABASE, ...each("replace", "aws:rds/parameterGroup:ParameterGroup", "database-parameters")],
  },
  {
    title: "another database name",
    settings: { database: { name: "shop" } },
    steps: [...OTHER_DATABASE, ...otherServers("app")],
  },
  {
    title: "logs are kept longer",
    settings: { monitoring: { logRetentionDays: 90 } },
    steps: each(
      "update",
      LOGS,
      ...["database-primary-error", "database-primary-slowquery"],
      ...["database-replica-1-error", "database-replica-1-slowquery"],
    ),
  },
  {
    title: "protection against deletion",
    settings: { protection: { deletion: true } },
    steps: [
      ...each("update", "aws:kms/key:Key", "database-credentials-key"),
      ...each("update", BALANCER, "inner-balancer", "public-balancer"),
      ...each("update", DATABASE, "database-primary"),
      ...each("update", "aws:s3/bucket:Bucket", "release-bucket"),
      ...each("update", "aws:secretsmanager/secret:Secret", "database-credentials-secret"),
    ],
  },
];

/** Changes that get on with each other, made at once and taken back at once. */
const TOGETHER = {
  ...SETTINGS,
  network: { zones: 3, nat: "per-zone", ipv6: true, endpoints: ["s3", "ssm"] },
  loadBalancing: { algorithm: "least-connections", mode: "active-passive", drainSeconds: 60 },
  web: { instanceType: "t4g.medium", minimum: 3 },
  app: { spotPercent: 50, targetCpuPercent: 60 },
  database: { instanceClass: "db.m7g.large", storageGiB: 50, replicas: 2, passwordVersion: 2, insights: true },
  monitoring: { logRetentionDays: 90 },
};

const endings: (() => unknown)[] = [];
const fail = (message: string): never => {
  throw new Error(message);
};
const world = World.with({ teardown: (end) => endings.unshift(end), fail }, { staging: SETTINGS });

test.before("the stack is up", () => world.succeed("up", "staging"));
test.after.always("and everything goes", async () => {
  for (const end of endings) await end();
});

for (const { title, settings, steps } of CHANGES) {
  test.serial(`a preview says what changes: ${title}`, async (t) => {
    world.configure("staging", { ...SETTINGS, ...settings });
    t.deepEqual(await world.steps("staging"), [...steps].sort());
  });
}

test.serial("a preview says what changes: tags, in place, except that servers are other ones", async (t) => {
  world.configure("staging", { ...SETTINGS, tags: { owner: "web-team" } });
  const steps = await world.steps("staging");
  t.deepEqual(
    steps.filter((step) => !step.startsWith("update ")),
    [
      ...each("replace", GROUP, "app-group", "web-group"),
      ...each("replace", POLICY, "app-cpu", "app-requests", "web-cpu", "web-requests"),
    ],
  );
  t.is(steps.length, 71);
});

test.serial("the network does not move from under a database", async (t) => {
  const before = await world.inventory();
  world.configure("staging", { ...SETTINGS, network: { cidr: "10.1.0.0/16" } });
  const { code, said } = await world.run("up", "staging");
  t.not(code, 0);
  const complaint =
    'webstack:network.cidr is "10.1.0.0/16", but the database and the load balancers stand in 10.0.0.0/16, and cannot move to another network.';
  t.true(said.includes(complaint), said);
  t.deepEqual(await world.inventory(), before);
});

test.serial("many changes at once are carried out as they were said, and taken back", async (t) => {
  world.configure("staging", TOGETHER);
  await world.succeed("up", "staging");
  const { unchanged, ...others } = await world.succeed("refresh", "staging");
  t.deepEqual(others, {});
  t.deepEqual(await world.succeed("up", "staging"), { unchanged });
  // Storage of a database never shrinks.
  world.configure("staging", { ...SETTINGS, database: { storageGiB: 50 } });
  await world.succeed("up", "staging");
  t.deepEqual(await world.steps("staging"), []);
});
