import test from "ava";
import { distributed } from "../../stacks/distributed.ts";
import { reviewOf } from "../../stacks/review/review.ts";
import type { DistributedSettings } from "../../stacks/settings/architectures.ts";
import { parseSettings } from "../../stacks/settings.ts";
import { unwrap } from "../components/support.ts";
import { awsFixtures } from "../fixtures.ts";
import { PLACE, type RecordOptions, record } from "../record.ts";
import { EGRESS, INGRESS, outline, RELEASE, rulesOf, standing, tagsByName, userDataOf, workplace } from "./support.ts";

const WORKPLACE = workplace();

type Changes = Readonly<Record<string, unknown>>;

function settings(changes: Changes = {}): DistributedSettings {
  const parsed = parseSettings({ domain: "example.com", architecture: "distributed", ...changes }, PLACE);
  if (parsed.architecture !== "distributed") throw new Error("not a distributed stack");
  return parsed;
}

const build = (changes?: Changes, options?: RecordOptions) =>
  record(() => distributed(settings(changes), WORKPLACE), options);

test("the architecture, resource by resource", async (t) => {
  t.snapshot(outline(await build()));
});

test("everything that can be turned on, resource by resource", async (t) => {
  const all = await build({
    network: {
      zones: 3,
      nat: "per-zone",
      ipv6: true,
      endpoints: ["s3", "ssm", "secretsmanager", "logs", "monitoring"],
    },
    loadBalancing: { mode: "active-passive" },
    dns: { healthChecks: true },
    database: { replicas: 2, replicaRegion: "eu-west-1" },
  });
  t.snapshot(outline(all));
});

test("the outputs say where the site is, what serves it, and who writes and reads", async (t) => {
  const { built } = await build();
  t.deepEqual(await unwrap(built), {
    architecture: "distributed",
    domain: "example.com",
    url: "http://example.com",
    nameServers: ["ns-3.example.net", "ns-4.example.net"],
    loadBalancers: { active: "public-balancer-1.eu-central-1.elb.amazonaws.com" },
    fleets: { active: { web: "web-group-1234567", app: "app-group-1234567" } },
    database: {
      writer: "writer.internal.example.com",
      reader: "reader.internal.example.com",
      instances: { primary: "webstack-dev-0a1b2c3d-primary", "replica-1": "webstack-dev-0a1b2c3d-replica-1" },
      roles: { writer: "primary", readers: ["replica-1"], fenced: [] },
      secret: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-credentials-secret-1234567-AbCdEf",
    },
    release: { name: RELEASE, bucket: "release-bucket-1234567", key: `releases/${RELEASE}.tar.gz` },
    review: reviewOf(settings()),
  });
});

test("a request goes from the world through both load balancers to the database, and there is no other way in", async (t) => {
  t.deepEqual(rulesOf(await build(), INGRESS), [
    "app 8080 inner",
    "database 3306 app",
    "inner 80 web",
    "public 80 0.0.0.0/0",
    "web 80 public",
  ]);
});

test("each tier reaches the next one, servers reach AWS and Debian, and the database reaches nobody", async (t) => {
  t.deepEqual(rulesOf(await build(), EGRESS), [
    "app 3306 database",
    "app 443 0.0.0.0/0",
    "app 80 0.0.0.0/0",
    "inner 8080 app",
    "public 80 web",
    "web 443 0.0.0.0/0",
    "web 80 0.0.0.0/0",
    "web 80 inner",
  ]);
});

test("IPv6 opens the same ways and no more", async (t) => {
  const recorded = await build({ network: { ipv6: true } });
  t.deepEqual(
    rulesOf(recorded, INGRESS).filter((rule) => rule.includes("::")),
    ["public 80 ::/0"],
  );
  t.deepEqual(
    rulesOf(recorded, EGRESS).filter((rule) => rule.includes("::")),
    ["app 443 ::/0", "app 80 ::/0", "web 443 ::/0", "web 80 ::/0"],
  );
  t.is(recorded.one("aws:lb/loadBalancer:LoadBalancer", "public-balancer").inputs.ipAddressType, "dualstack");
  t.is(recorded.one("aws:lb/loadBalancer:LoadBalancer", "inner-balancer").inputs.ipAddressType, "ipv4");
});

test("every rule and every group says why it is there", async (t) => {
  const { seen } = await build();
  const walls = seen.filter(({ type }) => /SecurityGroup(Ingress|Egress)Rule$|:SecurityGroup$/.test(type));
  t.is(walls.length, 18);
  for (const { name, inputs } of walls) t.true(String(inputs.description).length > 8, name);
});

test("servers stand in the application tier, and the load balancers on both sides of the web servers", async (t) => {
  const { one } = await build();
  const application = ["network-application-1-id", "network-application-2-id"];
  t.deepEqual(one("aws:autoscaling/group:Group", "web-group").inputs.vpcZoneIdentifiers, application);
  t.deepEqual(one("aws:autoscaling/group:Group", "app-group").inputs.vpcZoneIdentifiers, application);
  t.like(one("aws:lb/loadBalancer:LoadBalancer", "public-balancer").inputs, {
    internal: false,
    subnets: ["network-public-1-id", "network-public-2-id"],
    securityGroups: ["firewalls-public-id"],
  });
  t.like(one("aws:lb/loadBalancer:LoadBalancer", "inner-balancer").inputs, {
    internal: true,
    subnets: application,
    securityGroups: ["firewalls-inner-id"],
  });
  t.deepEqual(one("aws:rds/subnetGroup:SubnetGroup").inputs.subnetIds, ["network-data-1-id", "network-data-2-id"]);
});

test("without NAT the servers stand in the public tier, each with an address and behind the same firewall", async (t) => {
  const { one } = await build({ network: { nat: "none" } });
  t.deepEqual(one("aws:autoscaling/group:Group", "app-group").inputs.vpcZoneIdentifiers, [
    "network-public-1-id",
    "network-public-2-id",
  ]);
  t.deepEqual(one("aws:ec2/launchTemplate:LaunchTemplate", "app-template").inputs.networkInterfaces, [
    { associatePublicIpAddress: "true", securityGroups: ["firewalls-app-id"] },
  ]);
});

const GROUP = "aws:autoscaling/group:Group";

test("the application waits for the database, web servers for the application, and visitors for the web servers", async (t) => {
  const { one } = await build();
  const needs = (type: string, name: string) => one(type, name).dependencies;
  t.true(needs(GROUP, "app-group").includes("inner-http"));
  for (const name of ["database-primary", "database-password", "database-names-writer"]) {
    t.true(needs(GROUP, "app-group").includes(name), name);
  }
  t.true(needs(GROUP, "web-group").includes("app-group"));
  t.true(needs("aws:route53/record:Record", "dns-apex").includes("web-group"));
});

test("a web server passes requests to the load balancer of the application", async (t) => {
  const { content } = userDataOf(await build({ loadBalancing: { idleTimeoutSeconds: 120 } }), "web-template");
  t.is(
    content("/etc/webstack/site.conf"),
    "set $application http://app.internal.example.com;\nkeepalive_timeout 135s;\n",
  );
});

test("an application server knows its release, the names of the database and where the password is, but not the password", async (t) => {
  const recorded = await build({ database: { name: "shop", user: "clerk" } });
  const { content, text } = userDataOf(recorded, "app-template");
  const app = content("/etc/webstack/app.env")?.split("\n") ?? [];
  for (const line of [
    `APP_NAME=${RELEASE}`,
    "DATABASE_WRITER_HOST=writer.internal.example.com",
    "DATABASE_READER_HOST=reader.internal.example.com",
    "DATABASE_NAME=shop",
    "DATABASE_USER=clerk",
  ]) {
    t.true(app.includes(line), line);
  }
  t.regex(content("/etc/webstack/machine.env") ?? "", /^RELEASE_BUCKET=release-bucket-1234567$/m);
  t.regex(content("/etc/webstack/machine.env") ?? "", /^DATABASE_SECRET=database-credentials-secret-1234567$/m);
  t.false(text.includes("generated-password"));
});

test("an application server may read all releases, the secret and nothing else; a web server nothing", async (t) => {
  const { all } = await build();
  t.deepEqual(
    all("aws:iam/rolePolicy:RolePolicy").flatMap(({ name, inputs }) =>
      JSON.parse(String(inputs.policy)).Statement.map(
        ({ Action, Resource }: { Action: string; Resource: string }) => `${name}: ${Action} ${Resource}`,
      ),
    ),
    [
      "app-release: s3:GetObject arn:aws:s3:::release-bucket-1234567/releases/*",
      "app-database: secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-credentials-secret-1234567-??????",
    ],
  );
});

test("ip-hash is a cookie of the public load balancer only, since two of them would have the same name", async (t) => {
  const { one } = await build({ loadBalancing: { algorithm: "ip-hash", stickinessSeconds: 600 } });
  const targets = "aws:lb/targetGroup:TargetGroup";
  t.deepEqual(one(targets, "public-targets").inputs.stickiness, {
    type: "lb_cookie",
    enabled: true,
    cookieDuration: 600,
  });
  t.like(one(targets, "inner-targets").inputs, {
    loadBalancingAlgorithmType: "round_robin",
    stickiness: { enabled: false },
  });
});

test("balancing is as configured on both load balancers", async (t) => {
  const { all } = await build({ loadBalancing: { algorithm: "least-connections", drainSeconds: 77 } });
  for (const { name, inputs } of all("aws:lb/targetGroup:TargetGroup")) {
    t.like(inputs, { loadBalancingAlgorithmType: "least_outstanding_requests", deregistrationDelay: 77 }, name);
  }
  t.deepEqual(
    all("aws:autoscaling/group:Group").map(({ timeouts }) => timeouts),
    [{ delete: "12m" }, { delete: "12m" }],
  );
});

test("names of load balancers and their groups leave AWS the eight characters it needs, and do not start with internal-", async (t) => {
  const { seen } = await build({ loadBalancing: { mode: "active-passive" } });
  const named = seen.filter(({ type }) => /:(LoadBalancer|TargetGroup)$/.test(type) && type.startsWith("aws:"));
  t.is(named.length, 8);
  for (const { name } of named) {
    t.true(name.length <= 24, name);
    t.false(name.startsWith("internal-"), name);
  }
});

/** Answers as they are when groups of some sizes run, by the Name they are found by. */
function running(sizes: Readonly<Record<string, readonly number[]>>) {
  return awsFixtures({
    "aws:autoscaling/getAmiIds:getAmiIds": ({ filters }) => {
      const byName = (filters as { name: string; values: string[] }[]).find(({ name }) => name === "tag:Name");
      const name = byName?.values[0] ?? "";
      return { names: (sizes[name] ?? []).map((size) => `${name}:${size}`) };
    },
    "aws:autoscaling/getGroup:getGroup": ({ name }) => ({ desiredCapacity: Number(String(name).split(":")[1]) }),
  });
}

test("a deploy starts with as many servers as run, found by the tags of the stack", async (t) => {
  const fixtures = running({ "webstack-dev-web": [3], "webstack-dev-app": [2, 4] });
  const { one, lookups } = await build({}, { fixtures });
  t.like(one(GROUP, "web-group").inputs, { desiredCapacity: 3, minElbCapacity: 3, minSize: 2, maxSize: 4 });
  t.like(one(GROUP, "app-group").inputs, { desiredCapacity: 4, minElbCapacity: 4 });
  t.deepEqual(lookups.find(({ token }) => token === "aws:autoscaling/getAmiIds:getAmiIds")?.inputs, {
    filters: [
      { name: "tag:project", values: ["webstack"] },
      { name: "tag:environment", values: ["dev"] },
      { name: "tag:Name", values: ["webstack-dev-web"] },
    ],
  });
  t.like(
    Object.fromEntries(
      (one(GROUP, "web-group").inputs.tags as { key: string; value: string }[]).map(({ key, value }) => [key, value]),
    ),
    {
      project: "webstack",
      environment: "dev",
      Name: "webstack-dev-web",
    },
  );
});

test("fleets are as configured, each by itself", async (t) => {
  const { one, lookups } = await build({
    image: { version: "20250814-2204" },
    web: { architecture: "x86_64", instanceType: "m7i.large", minimum: 3, maximum: 9, spotPercent: 50 },
    app: { volumeGiB: 20, targetCpuPercent: 70, replacementTimeoutMinutes: 20 },
  });
  t.like(one("aws:ec2/launchTemplate:LaunchTemplate", "web-template"), {
    inputs: { instanceType: "m7i.large" },
    ignoreChanges: [],
  });
  t.like(one(GROUP, "web-group").inputs, { minSize: 3, maxSize: 9, capacityRebalance: true });
  t.is(one(GROUP, "app-group").inputs.waitForCapacityTimeout, "20m");
  t.deepEqual(
    lookups.filter(({ token }) => token === "aws:ec2/getAmi:getAmi").map(({ inputs }) => inputs.filters),
    [
      [{ name: "name", values: ["debian-13-amd64-20250814-2204"] }],
      [{ name: "name", values: ["debian-13-arm64-20250814-2204"] }],
    ],
  );
});

test("a standby is all that serves, under its own names and with the same database", async (t) => {
  const recorded = await build({ loadBalancing: { mode: "active-passive" } });
  const { built, one } = recorded;
  t.like(await unwrap(built), {
    loadBalancers: {
      active: "public-balancer-1.eu-central-1.elb.amazonaws.com",
      standby: "standby-public-balancer-1.eu-central-1.elb.amazonaws.com",
    },
    fleets: { standby: { web: "standby-web-group-1234567", app: "standby-app-group-1234567" } },
  });
  const withoutTags = (name: string) => {
    const { tags: _, tagSpecifications: __, ...inputs } = one("aws:ec2/launchTemplate:LaunchTemplate", name).inputs;
    return inputs;
  };
  t.deepEqual(withoutTags("standby-app-template"), withoutTags("app-template"));
  t.regex(
    userDataOf(recorded, "standby-web-template").content("/etc/webstack/site.conf") ?? "",
    /^set \$application http:\/\/standby-app\.internal\.example\.com;/,
  );
  t.like(one("aws:route53/record:Record", "standby-inner-name").inputs, {
    zoneId: "Z0CREATED",
    name: "standby-app.internal.example.com",
    aliases: [{ name: "standby-inner-balancer-1.eu-central-1.elb.amazonaws.com" }],
  });
  t.like(one("aws:route53/record:Record", "dns-apex-standby").inputs, {
    failoverRoutingPolicies: [{ type: "SECONDARY" }],
    aliases: [{ name: "standby-public-balancer-1.eu-central-1.elb.amazonaws.com" }],
  });
});

test("the database is as configured, and newest where nothing is said", async (t) => {
  const primary = async (database: Changes) =>
    (await build({ database })).one("aws:rds/instance:Instance", "database-primary").inputs;
  t.like(await primary({}), { engine: "mysql", engineVersion: "8.4", username: "webstack", dbName: "webstack" });
  t.like(await primary({ engine: "mariadb" }), { engine: "mariadb", engineVersion: "11.8" });
  t.like(await primary({ version: "8.0.41", storageGiB: 40, instanceClass: "db.r7g.large", multiAz: true }), {
    engineVersion: "8.0.41",
    allocatedStorage: 40,
    instanceClass: "db.r7g.large",
    multiAz: true,
  });
});

test("the logs of the database are kept for as long as configured", async (t) => {
  const { all } = await build({ monitoring: { logRetentionDays: 90 } });
  t.deepEqual(
    all("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs.retentionInDays),
    [90, 90, 90, 90],
  );
});

const REPLICATED = standing({ primary: ["writer"], "replica-1": ["reader", "primary"] });
const PROMOTED = standing({ primary: ["fenced"], "replica-1": ["writer"] });

test("a promotion changes who the writer's name is, and takes the old writer out of reach", async (t) => {
  const { one, all, lookups } = await build({ database: { promote: "replica-1" } }, { fixtures: REPLICATED });
  t.deepEqual(lookups.find(({ token }) => token === "aws:rds/getInstances:getInstances")?.inputs, {
    tags: { project: "webstack", environment: "dev" },
  });
  t.deepEqual(one("aws:route53/record:Record", "database-names-writer").inputs.records, [
    "database-replica-1.c1.eu-central-1.rds.amazonaws.com",
  ]);
  t.deepEqual(one("aws:rds/instance:Instance", "database-primary").inputs.vpcSecurityGroupIds, ["network-default-id"]);
  t.is(one("aws:rds/instance:Instance", "database-replica-1").inputs.replicateSourceDb, undefined);
  t.deepEqual(
    all("aws:route53/record:Record")
      .map(({ name }) => name)
      .filter((name) => name.startsWith("database-names-reader")),
    ["database-names-reader-writer"],
  );
});

test("after a promotion nothing changes by itself, and the old writer comes back when it is told to", async (t) => {
  const replica = async (database: Changes) =>
    (await build({ database: { promote: "replica-1", ...database } }, { fixtures: PROMOTED })).one(
      "aws:rds/instance:Instance",
      "database-primary",
    ).inputs.replicateSourceDb;
  t.is(await replica({}), undefined);
  t.is(await replica({ rejoin: true }), "webstack-dev-0a1b2c3d-replica-1");
});

test("going back to a writer that missed writes is refused before anything is registered", async (t) => {
  await t.throwsAsync(build({}, { fixtures: PROMOTED }), {
    message:
      "The configuration of stack dev has 1 problem. Nothing was changed.\n\n" +
      '  webstack:database.promote is "primary", but replica-1 takes the writes, and primary does not have them.\n' +
      "    Fix: pulumi config set --path 'webstack:database.promote' replica-1",
  });
});

test("other addresses for the network are refused once it holds a database", async (t) => {
  await t.throwsAsync(build({ network: { cidr: "10.1.0.0/16" } }, { fixtures: REPLICATED }), {
    message: /^The configuration of stack dev has 1 problem[\s\S]*webstack:network\.cidr is "10\.1\.0\.0\/16", but/,
  });
  const { one, lookups } = await build({ network: { cidr: "10.1.0.0/16" } });
  t.is(one("aws:ec2/vpc:Vpc").inputs.cidrBlock, "10.1.0.0/16");
  t.false(lookups.some(({ token }) => token.startsWith("aws:ec2/getVpc")));
});

test("a replica in the region of the stack itself is refused before anything is registered", async (t) => {
  await t.throwsAsync(build({ database: { replicaRegion: "eu-central-1" } }), {
    message:
      "The configuration of stack dev has 1 problem. Nothing was changed.\n\n" +
      '  webstack:database.replicaRegion is "eu-central-1", the region of the stack itself. It must be another one.\n' +
      "    Fix: pulumi config rm --path 'webstack:database.replicaRegion'",
  });
});

test("a replica in another region is in two zones of that region", async (t) => {
  const { one, lookups } = await build({ database: { replicaRegion: "eu-west-1" } });
  t.deepEqual(
    lookups.filter(({ token }) => token.endsWith(":getAvailabilityZones")).map(({ inputs }) => inputs.region),
    [undefined, "eu-west-1"],
  );
  t.like(one("aws:rds/instance:Instance", "database-remote-instance").inputs, {
    region: "eu-west-1",
    replicateSourceDb: "arn:aws:rds:eu-central-1:123456789012:db:database-primary",
  });
});

test("what holds data or names is protected when deletion is refused, and nothing else ever", async (t) => {
  const isProtected = async (deletion: boolean) =>
    (await build({ protection: { deletion } })).seen.filter(({ protect }) => protect).map(({ name }) => name);
  t.deepEqual((await isProtected(true)).sort(), [
    "database-credentials-key",
    "database-primary",
    "dns-zone",
    "release-bucket",
  ]);
  t.deepEqual(await isProtected(false), []);
});

test("every resource that takes tags has ours and the user's own, by the provider's declarations", async (t) => {
  const ours = { team: "web", project: "webstack", environment: "dev", architecture: "distributed" };
  const tagged = tagsByName(await build({ tags: { team: "web" } }));
  t.true(tagged.length > 60);
  for (const [name, tags = {}] of tagged) t.like(tags, ours, name);
});

test("three zones need a region that has them", async (t) => {
  const fixtures = awsFixtures({ "aws:index/getAvailabilityZones:getAvailabilityZones": { names: ["a", "b"] } });
  await t.throwsAsync(build({ network: { zones: 3 } }, { fixtures }), {
    message: "The region has 2 availability zones, but 3 are needed. Choose another region.",
  });
});
