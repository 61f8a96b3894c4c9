import test, { type ExecutionContext } from "ava";
import { World } from "../world.ts";
import { checkAccount, DOMAIN, SETTINGS } from "./facts.ts";

type Settings = Readonly<Record<string, unknown>>;

const SIMPLE = { domain: DOMAIN, architecture: "simple" };
const DISTRIBUTED = { domain: DOMAIN, architecture: "distributed" };

const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const RECORD = "aws:route53/record:Record";

const each = (op: string, type: string, ...names: string[]) => names.map((name) => `${op} ${type} ${name}`);

/** The server of the simple architecture goes, and what it alone needs. The name leads elsewhere. The rest is told its new architecture by a tag. */
const TO_DISTRIBUTED = [
  ...each("delete", "webstack:server:Server", "server"),
  ...each("delete", "aws:ec2/instance:Instance", "server-instance"),
  ...each("delete", "aws:ec2/networkInterface:NetworkInterface", "server-interface"),
  ...each("delete", "aws:ec2/eip:Eip", "server-address"),
  ...each("delete", "aws:ec2/eipAssociation:EipAssociation", "server-address"),
  ...each("delete", "aws:ebs/volume:Volume", "server-data"),
  ...each("delete", "aws:ec2/volumeAttachment:VolumeAttachment", "server-data"),
  ...each("delete", "webstack:machine-role:MachineRole", "machine"),
  ...each("delete", "aws:iam/instanceProfile:InstanceProfile", "machine-profile"),
  ...each("delete", "aws:iam/role:Role", "machine-role"),
  ...each("delete", "aws:iam/rolePolicy:RolePolicy", "machine-release"),
  ...each("delete", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "machine-sessions"),
  ...each("delete", "webstack:firewall:Firewall", "firewall"),
  ...each("delete", "aws:ec2/securityGroup:SecurityGroup", "firewall-group"),
  ...each("delete", EGRESS, "firewall-out-http", "firewall-out-https"),
  ...each("delete", INGRESS, "firewall-in-http", "firewall-in-https"),
  ...each("update", RECORD, "dns-apex"),
  ...each("update", "aws:route53/zone:Zone", "dns-zone"),
  ...each("update", "aws:ec2/vpc:Vpc", "network-vpc"),
  ...each("update", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "network-default"),
  ...each("update", "aws:ec2/internetGateway:InternetGateway", "network-internet"),
  ...each("update", "aws:ec2/routeTable:RouteTable", "network-public"),
  ...each("update", "aws:ec2/subnet:Subnet", "network-public-1"),
  ...each("update", "aws:s3/bucket:Bucket", "release-bucket"),
  ...each("update", "aws:s3/bucketObjectv2:BucketObjectv2", "release-artifact"),
];

const PLAIN_PATHS = ["firewalls-public-to-web", "firewalls-web-to-inner", "firewalls-inner-to-app"];

/** Servers and their groups are other ones, since they speak TLS now. All else stays, and most of it is told its new architecture by a tag. */
const TO_SECURED = [
  ...each("replace", "aws:autoscaling/group:Group", "app-group", "web-group"),
  ...each("replace", "aws:autoscaling/policy:Policy", "app-cpu", "app-requests", "web-cpu", "web-requests"),
  ...each("replace", "aws:lb/targetGroup:TargetGroup", "inner-targets", "public-targets"),
  ...each("update", "aws:ec2/launchTemplate:LaunchTemplate", "app-template", "web-template"),
  ...each("delete", "aws:lb/listener:Listener", "inner-http"),
  ...each("update", "aws:lb/listener:Listener", "public-http"),
  ...each("update", "aws:lb/loadBalancer:LoadBalancer", "inner-balancer", "public-balancer"),
  ...each("delete", EGRESS, ...PLAIN_PATHS),
  ...each("delete", INGRESS, ...PLAIN_PATHS),
  ...each("update", EGRESS, "firewalls-app-out-http", "firewalls-app-out-https", "firewalls-app-to-database"),
  ...each("update", EGRESS, "firewalls-web-out-http", "firewalls-web-out-https"),
  ...each("update", INGRESS, "firewalls-app-to-database", "firewalls-public-in-http"),
  ...each(
    "update",
    "aws:ec2/securityGroup:SecurityGroup",
    ...["app", "database", "inner", "public", "web"].map((tier) => `firewalls-${tier}`),
  ),
  ...each("update", "aws:rds/instance:Instance", "database-primary", "database-replica-1"),
  ...each("update", "aws:rds/parameterGroup:ParameterGroup", "database-parameters"),
  ...each("update", "aws:rds/subnetGroup:SubnetGroup", "database-subnets"),
  ...each("update", "aws:kms/key:Key", "database-credentials-key"),
  ...each("update", "aws:secretsmanager/secret:Secret", "database-credentials-secret"),
  ...each(
    "update",
    "aws:cloudwatch/logGroup:LogGroup",
    ...["database-primary-error", "database-primary-slowquery"],
    ...["database-replica-1-error", "database-replica-1-slowquery"],
  ),
  ...each(
    "update",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    ...["database-names-replica-1-lagging", "database-names-replica-1-stopped"],
  ),
  ...each(
    "update",
    "aws:route53/healthCheck:HealthCheck",
    ...["database-names-replica-1-health", "database-names-replica-1-lagging", "database-names-replica-1-stopped"],
  ),
  ...each("update", "aws:route53/zone:Zone", "database-names-zone", "dns-zone"),
  ...each("update", "aws:ec2/vpc:Vpc", "network-vpc"),
  ...each("update", "aws:ec2/vpcEndpoint:VpcEndpoint", "endpoints-s3"),
  ...each("update", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "network-default"),
  ...each("update", "aws:ec2/internetGateway:InternetGateway", "network-internet"),
  ...each("update", "aws:ec2/eip:Eip", "network-nat-1"),
  ...each("update", "aws:ec2/natGateway:NatGateway", "network-nat-1"),
  // The second zone has a NAT gateway of its own now.
  ...each("update", "aws:ec2/route:Route", "network-application-2-internet"),
  ...each(
    "update",
    "aws:ec2/routeTable:RouteTable",
    ...["network-application-1", "network-application-2", "network-data", "network-public"],
  ),
  ...each(
    "update",
    "aws:ec2/subnet:Subnet",
    ...["application", "data", "public"].flatMap((tier) => [`network-${tier}-1`, `network-${tier}-2`]),
  ),
  ...each("update", "aws:iam/instanceProfile:InstanceProfile", "app-profile", "web-profile"),
  ...each("update", "aws:iam/role:Role", "app-role", "web-role"),
  ...each("update", "aws:s3/bucket:Bucket", "release-bucket"),
  ...each("update", "aws:s3/bucketObjectv2:BucketObjectv2", "release-artifact"),
];

/** All that a stack consists of, by what it takes to make it at once, as `type name`. */
async function whole(settings: Settings): Promise<string[]> {
  world.configure("fresh", settings);
  const steps = await world.steps("fresh");
  return steps.map((step) => step.replace(/^create /, "")).filter((step) => !step.startsWith("pulumi:pulumi:Stack"));
}

/** What of the account must be the same things for ever, by their ids. */
const lasting = async () =>
  (await world.inventory()).filter((line) =>
    /^(bucket release-|certificate |database webstack-|hosted zone |load balancer |secret )/.test(line),
  );

/** The engine said these in this order. */
function inOrder(t: ExecutionContext, said: string, ...events: string[]): void {
  const places = events.map((event) => said.indexOf(event));
  t.false(places.includes(-1), `${events[places.indexOf(-1)]} is missing:\n${said}`);
  t.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    events.join(", then "),
  );
}

const endings: (() => unknown)[] = [];
const fail = (message: string): never => {
  throw new Error(message);
};
const world = World.with({ teardown: (end) => endings.unshift(end), fail }, { production: SIMPLE });

let standing: readonly string[] = [];

test.before("the simple stack is up", async () => {
  await world.succeed("up", "production");
  standing = await whole(SIMPLE);
});
test.after.always("and everything goes", async () => {
  for (const end of endings) await end();
});

/** Lets the stack grow, after a look at what that is going to do besides making what is new. Answers with what the engine said. */
async function grow(t: ExecutionContext, settings: Settings, others: readonly string[]): Promise<string> {
  const kept = await lasting();
  const made = await whole(settings);
  const created = made.filter((part) => !standing.includes(part)).map((part) => `create ${part}`);
  standing = made;
  world.configure("production", settings);
  t.deepEqual(await world.steps("production"), [...created, ...others].sort());
  const { code, said } = await world.run("up", "production");
  t.is(code, 0, said);
  const now = await lasting();
  t.deepEqual(
    kept.filter((line) => !now.includes(line)),
    [],
    "what holds names and data is the same as before",
  );
  return said;
}

test.serial("from simple to distributed the server serves until others do", async (t) => {
  t.is((await lasting()).length, 2, "a zone and the releases");
  inOrder(
    t,
    await grow(t, DISTRIBUTED, TO_DISTRIBUTED),
    "aws:autoscaling:Group web-group created",
    "aws:route53:Record dns-apex updating",
    "aws:route53:Record dns-apex updated",
    "aws:ec2:Instance server-instance deleting",
  );
  t.is((await lasting()).length, 8, "also the zone inside, a secret, two instances and two load balancers");
});

test.serial(
  "from distributed to secured port 80 leads to the old servers until it can lead to TLS and new ones",
  async (t) => {
    inOrder(
      t,
      await grow(t, SETTINGS, TO_SECURED),
      "aws:acm:CertificateValidation certificate-issued created",
      "aws:lb:Listener public-https created",
      "aws:autoscaling:Group web-group created replacement",
      "aws:lb:Listener public-http updating",
      "aws:lb:Listener public-http updated",
      "aws:autoscaling:Group web-group deleting original",
      "aws:lb:TargetGroup public-targets deleting original",
    );
    t.is((await lasting()).length, 10, "also two certificates");
  },
);

test.serial("a stack that has grown is what it were if it had been made at once, and holds still", async (t) => {
  await checkAccount(t, world);
  const { unchanged, ...others } = await world.succeed("refresh", "production");
  t.deepEqual(others, {});
  t.deepEqual(await world.succeed("up", "production"), { unchanged });
});

test.serial("a further change keeps certificates, too", async (t) => {
  const certified = await lasting();
  world.configure("production", {
    ...SETTINGS,
    tags: { owner: "web-team" },
    tls: { policy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
  });
  await world.succeed("up", "production");
  t.deepEqual(await lasting(), certified);
});
