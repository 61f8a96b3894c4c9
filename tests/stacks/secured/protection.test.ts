import test from "ava";
import type { Changes } from "../review/support.ts";
import { BALANCER, build, INSTANCE, listed, PASSIVE, type Stack, statements } from "./support.ts";

test("load balancers write their access logs once the bucket lets them, each under its own name", async (t) => {
  const { all } = await build(PASSIVE);
  t.is(all(BALANCER).length, 4);
  for (const { name, inputs, dependencies } of all(BALANCER)) {
    const prefix = name.replace(/-balancer$/, "");
    t.deepEqual(inputs.accessLogs, { bucket: "access-logs-bucket-1234567", enabled: true, prefix });
    for (const lock of ["access-logs-policy", "access-logs-public-access", "access-logs-encryption"]) {
      t.true(dependencies.includes(lock), `${name} before ${lock}`);
    }
  }
});

/** Where load balancers may write. */
const delivered = ({ one }: Stack) =>
  statements(one("aws:s3/bucketPolicy:BucketPolicy", "access-logs-policy").inputs.policy)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Resource }) => listed(Resource));

test("the bucket lets in the logs of the load balancers that there are, and nobody else", async (t) => {
  const below = (name: string) => `arn:aws:s3:::access-logs-bucket-1234567/${name}/AWSLogs/123456789012/*`;
  t.deepEqual(delivered(await build()), ["public", "inner"].map(below));
  t.deepEqual(delivered(await build(PASSIVE)), ["public", "inner", "standby-public", "standby-inner"].map(below));
});

test("access logs are kept as long as other logs, and without them load balancers have no bucket", async (t) => {
  const { one } = await build({ "monitoring.logRetentionDays": 90 });
  t.like(one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "access-logs-lifecycle").inputs, {
    rules: [{ status: "Enabled", expiration: { days: 90 } }],
  });
  const { all } = await build({ "loadBalancing.accessLogs": false });
  t.deepEqual(
    all(BALANCER).map(({ inputs }) => inputs.accessLogs),
    [undefined, undefined],
  );
});

const UNPROTECTED: Changes = { "protection.deletion": false };

test("what holds data or names is protected when deletion is refused, and nothing else ever", async (t) => {
  const isProtected = async (changes: Changes) =>
    (await build({ "dns.dnssec": true, ...changes })).seen.filter(({ protect }) => protect).map(({ name }) => name);
  t.deepEqual((await isProtected({})).sort(), [
    "access-logs-bucket",
    "database-credentials-key",
    "database-primary",
    "dns-zone",
    "dnssec-signing",
    "logs-key-key",
    "release-bucket",
    "topic-key-key",
  ]);
  t.deepEqual(await isProtected(UNPROTECTED), []);
});

for (const [wanted, changes] of [
  [true, {}],
  [false, UNPROTECTED],
] as const) {
  test(`AWS ${wanted ? "refuses to delete" : "deletes"} load balancers, the database and what is in buckets`, async (t) => {
    const { all, one } = await build({ ...PASSIVE, ...changes });
    t.deepEqual(
      all(BALANCER).map(({ inputs }) => inputs.enableDeletionProtection),
      [wanted, wanted, wanted, wanted],
    );
    t.like(one(INSTANCE, "database-primary").inputs, {
      deletionProtection: wanted,
      deleteAutomatedBackups: !wanted,
      skipFinalSnapshot: false,
    });
    t.deepEqual(
      all("aws:s3/bucket:Bucket").map(({ inputs }) => inputs.forceDestroy),
      [!wanted, !wanted],
    );
  });
}

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const balancerArn = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/${name}-balancer/1`;
const WEB_ACL = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/web-acl-acl/1";

for (const [mode, names] of [
  ["active-active", ["public"]],
  ["active-passive", ["public", "standby-public"]],
] as const) {
  test(`the web ACL stands before every load balancer that visitors reach, and no other: ${mode}`, async (t) => {
    const { all } = await build({ "loadBalancing.mode": mode });
    t.deepEqual(
      all(ASSOCIATION)
        .map(({ name, inputs }) => [name, inputs])
        .sort(),
      names.map((name) => [`web-acl-${name}`, { resourceArn: balancerArn(name), webAclArn: WEB_ACL }]),
    );
  });
}

interface Rule {
  readonly name: string;
  readonly statement: { readonly managedRuleGroupStatement?: { readonly name: string } };
}

test("the web ACL has AWS's rules and one against too many requests, and logs without the secrets of visitors", async (t) => {
  const { one } = await build({ "protection.requestsPerFiveMinutes": 500 });
  const { rules } = one("aws:wafv2/webAcl:WebAcl").inputs as { rules: readonly Rule[] };
  t.like(rules[0], {
    name: "rate",
    action: { block: {} },
    statement: { rateBasedStatement: { limit: 500, evaluationWindowSec: 300, aggregateKeyType: "IP" } },
  });
  t.deepEqual(
    rules.slice(1).map(({ statement }) => statement.managedRuleGroupStatement?.name),
    [
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesSQLiRuleSet",
    ],
  );
  t.deepEqual(one("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs, {
    resourceArn: WEB_ACL,
    logDestinationConfigs: ["arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-webstack-dev"],
    redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
  });
});

test("all connections of the network are recorded", async (t) => {
  const { tags: _, ...inputs } = (await build()).one("aws:ec2/flowLog:FlowLog").inputs;
  t.deepEqual(inputs, {
    vpcId: "network-vpc-id",
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: "arn:aws:logs:eu-central-1:123456789012:log-group:/webstack-dev/network/flows",
    iamRoleArn: "arn:aws:iam::123456789012:role/flow-logs-role-1234567",
  });
});

test("the default security group lets nothing in or out, here and in the other region", async (t) => {
  const { all } = await build({ "database.replicaRegion": "eu-west-1" });
  t.deepEqual(
    all("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").map(({ name, inputs: { ingress, egress } }) => ({
      name,
      ingress,
      egress,
    })),
    [
      { name: "network-default", ingress: [], egress: [] },
      { name: "database-remote-network-default", ingress: [], egress: [] },
    ],
  );
});

test("the database has a standby in another zone and replicas in the others", async (t) => {
  const { one } = await build({ "network.zones": 3, "database.replicas": 2 });
  const place = (slot: string) => {
    const { multiAz, availabilityZone } = one(INSTANCE, `database-${slot}`).inputs;
    return { multiAz, availabilityZone };
  };
  t.deepEqual(place("primary"), { multiAz: true, availabilityZone: undefined });
  t.deepEqual(place("replica-1"), { multiAz: false, availabilityZone: "eu-central-1b" });
  t.deepEqual(place("replica-2"), { multiAz: false, availabilityZone: "eu-central-1c" });
});

test("the zones have their own ways out, so that none depends on another", async (t) => {
  const { all } = await build({ "network.zones": 3 });
  t.deepEqual(
    all("aws:ec2/natGateway:NatGateway")
      .map(({ inputs: { subnetId, connectivityType } }) => [subnetId, connectivityType])
      .sort(),
    [1, 2, 3].map((zone) => [`network-public-${zone}-id`, undefined]),
  );
  t.deepEqual(
    all("aws:ec2/route:Route")
      .filter(({ inputs }) => inputs.natGatewayId !== undefined)
      .map(({ inputs: { routeTableId, natGatewayId } }) => [routeTableId, natGatewayId])
      .sort(),
    [1, 2, 3].map((zone) => [`network-application-${zone}-id`, `network-nat-${zone}-id`]),
  );
});

test("DNSSEC signs the zone with a key that it may use, and gives the registrar's part once it does", async (t) => {
  const { all, one } = await build({ "dns.dnssec": true });
  t.deepEqual(one("aws:route53/keySigningKey:KeySigningKey").inputs, {
    hostedZoneId: "Z0CREATED",
    keyManagementServiceArn: "arn:aws:kms:eu-central-1:123456789012:key/dnssec-key",
    name: "webstack",
    status: "ACTIVE",
  });
  t.deepEqual(one("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec").inputs, {
    hostedZoneId: "Z0CREATED",
    signingStatus: "SIGNING",
  });
  t.is(all("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec").length, 1);
});

test("a zone is not signed unless that is wanted: the registrar has a part in it", async (t) => {
  const { seen } = await build();
  t.deepEqual(
    seen.filter(({ type }) => /DnsSec|KeySigningKey/.test(type)),
    [],
  );
});
