import test from "ava";
import { parse } from "yaml";
import { reviewOf } from "../../stacks/review/review.ts";
import { parseSettings, type SimpleSettings } from "../../stacks/settings.ts";
import { simple } from "../../stacks/simple.ts";
import { unwrap } from "../components/support.ts";
import { awsFixtures } from "../fixtures.ts";
import { PLACE, type RecordOptions, record } from "../record.ts";
import { RELEASE, takesTags, workplace } from "./support.ts";

const WORKPLACE = workplace();

function settings(changes: Readonly<Record<string, unknown>> = {}): SimpleSettings {
  const parsed = parseSettings({ domain: "example.com", ...changes }, PLACE);
  if (parsed.architecture !== "simple") throw new Error("not a simple stack");
  return parsed;
}

const build = (changes?: Readonly<Record<string, unknown>>, options?: RecordOptions) =>
  record(() => simple(settings(changes), WORKPLACE), options);

test("the stack is one network, one firewall, one bucket, one role, one server and one zone", async (t) => {
  const { seen } = await build();
  const lines = seen.map(({ type, name, parent }) => `${parent === undefined ? "" : `${parent} > `}${name} (${type})`);
  t.deepEqual(lines.sort(), [
    "dns (webstack:dns-zone:DnsZone)",
    "dns > dns-apex (aws:route53/record:Record)",
    "dns > dns-caa (aws:route53/record:Record)",
    "dns > dns-www (aws:route53/record:Record)",
    "dns > dns-zone (aws:route53/zone:Zone)",
    "firewall (webstack:firewall:Firewall)",
    "firewall > firewall-group (aws:ec2/securityGroup:SecurityGroup)",
    "firewall > firewall-in-http (aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule)",
    "firewall > firewall-in-https (aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule)",
    "firewall > firewall-out-http (aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule)",
    "firewall > firewall-out-https (aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule)",
    "machine (webstack:machine-role:MachineRole)",
    "machine > machine-profile (aws:iam/instanceProfile:InstanceProfile)",
    "machine > machine-release (aws:iam/rolePolicy:RolePolicy)",
    "machine > machine-role (aws:iam/role:Role)",
    "machine > machine-sessions (aws:iam/rolePolicyAttachment:RolePolicyAttachment)",
    "network (webstack:network:Network)",
    "network > network-default (aws:ec2/defaultSecurityGroup:DefaultSecurityGroup)",
    "network > network-internet (aws:ec2/internetGateway:InternetGateway)",
    "network > network-public (aws:ec2/routeTable:RouteTable)",
    "network > network-public-1 (aws:ec2/routeTableAssociation:RouteTableAssociation)",
    "network > network-public-1 (aws:ec2/subnet:Subnet)",
    "network > network-public-internet (aws:ec2/route:Route)",
    "network > network-vpc (aws:ec2/vpc:Vpc)",
    "release (webstack:release:Release)",
    "release > release-artifact (aws:s3/bucketObjectv2:BucketObjectv2)",
    "release > release-bucket (aws:s3/bucket:Bucket)",
    "release > release-encryption (aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration)",
    "release > release-lifecycle (aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration)",
    "release > release-ownership (aws:s3/bucketOwnershipControls:BucketOwnershipControls)",
    "release > release-policy (aws:s3/bucketPolicy:BucketPolicy)",
    "release > release-public-access (aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock)",
    "release > release-versioning (aws:s3/bucketVersioning:BucketVersioning)",
    "server (webstack:server:Server)",
    "server > server-address (aws:ec2/eip:Eip)",
    "server > server-address (aws:ec2/eipAssociation:EipAssociation)",
    "server > server-data (aws:ebs/volume:Volume)",
    "server > server-data (aws:ec2/volumeAttachment:VolumeAttachment)",
    "server > server-instance (aws:ec2/instance:Instance)",
    "server > server-interface (aws:ec2/networkInterface:NetworkInterface)",
  ]);
});

test("the outputs say where the site is, what the registrar needs, and how to get onto the server", async (t) => {
  const { built } = await build();
  t.deepEqual(await unwrap(built), {
    architecture: "simple",
    domain: "example.com",
    url: "http://example.com",
    nameServers: ["ns-3.example.net", "ns-4.example.net"],
    publicIp: "203.0.113.10",
    serverId: "server-instance-id",
    session: "aws ssm start-session --region eu-central-1 --target server-instance-id",
    release: { name: RELEASE, bucket: "release-bucket-1234567", key: `releases/${RELEASE}.tar.gz` },
    review: reviewOf(settings()),
  });
});

test("the world reaches ports 80 and 443 and no other, and the server reaches the same two", async (t) => {
  const { all } = await build();
  const rules = (type: string) =>
    all(type).map(({ inputs: { cidrIpv4, ipProtocol, fromPort, toPort, description } }) => [
      cidrIpv4,
      ipProtocol,
      fromPort,
      toPort,
      description,
    ]);
  t.deepEqual(rules("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), [
    ["0.0.0.0/0", "tcp", 80, 80, "Visitors by HTTP"],
    ["0.0.0.0/0", "tcp", 443, 443, "Visitors by HTTPS"],
  ]);
  t.deepEqual(rules("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"), [
    ["0.0.0.0/0", "tcp", 443, 443, "The release in S3, SSM sessions, Debian packages"],
    ["0.0.0.0/0", "tcp", 80, 80, "Debian packages, which are signed"],
  ]);
});

test("the apex leads to the server's address", async (t) => {
  const { one } = await build();
  t.deepEqual(one("aws:route53/record:Record", "dns-apex").inputs, {
    zoneId: "Z0CREATED",
    name: "example.com",
    type: "A",
    ttl: 300,
    records: ["203.0.113.10"],
  });
});

test("the server boots with the release, the volume, the region and the names of this stack", async (t) => {
  const { one } = await build({ database: { name: "shop", user: "clerk" } });
  const { write_files } = parse(String(one("aws:ec2/instance:Instance").inputs.userData)) as {
    readonly write_files: readonly { readonly path: string; readonly content: string }[];
  };
  const environment = (name: string) => write_files.find(({ path }) => path === `/etc/webstack/${name}`)?.content;
  t.regex(environment("machine.env") ?? "", new RegExp(`^RELEASE_KEY=releases/${RELEASE}.tar.gz$`, "m"));
  t.regex(environment("machine.env") ?? "", /^RELEASE_BUCKET=release-bucket-1234567$/m);
  t.regex(environment("machine.env") ?? "", /^DATA_DEVICE=\/dev\/sdf$/m);
  t.regex(environment("machine.env") ?? "", /^AWS_REGION=eu-central-1$/m);
  t.regex(environment("app.env") ?? "", /^DATABASE_NAME=shop\nDATABASE_USER=clerk$/m);
});

test("the server may read the release of this stack only, and is made after both", async (t) => {
  const { one } = await build();
  const { policy } = one("aws:iam/rolePolicy:RolePolicy").inputs;
  t.is(
    JSON.parse(String(policy)).Statement[0].Resource,
    `arn:aws:s3:::release-bucket-1234567/releases/${RELEASE}.tar.gz`,
  );
  t.deepEqual(one("aws:ec2/instance:Instance").dependencies, [
    "machine-profile",
    "machine-release",
    "machine-sessions",
    "release-artifact",
    "release-bucket",
    "server-address",
    "server-data",
    "server-interface",
  ]);
});

test("sizes, addresses and lifetimes are those of the configuration", async (t) => {
  const { one } = await build({
    network: { cidr: "192.168.4.0/22" },
    server: { architecture: "x86_64", instanceType: "m7i.large", volumeGiB: 20, dataVolumeGiB: 200 },
    dns: { ttlSeconds: 60, certificateAuthorities: ["letsencrypt.org"] },
  });
  t.is(one("aws:ec2/vpc:Vpc").inputs.cidrBlock, "192.168.4.0/22");
  t.is(one("aws:ec2/subnet:Subnet").inputs.cidrBlock, "192.168.4.0/26");
  t.is(one("aws:ec2/subnet:Subnet").inputs.availabilityZone, "eu-central-1a");
  t.is(one("aws:ebs/volume:Volume").inputs.availabilityZone, "eu-central-1a");
  t.is(one("aws:ebs/volume:Volume").inputs.size, 200);
  t.like(one("aws:ec2/instance:Instance").inputs, { instanceType: "m7i.large", rootBlockDevice: { volumeSize: 20 } });
  t.like(one("aws:route53/record:Record", "dns-www").inputs, { ttl: 60 });
  t.like(one("aws:route53/record:Record", "dns-caa").inputs, { ttl: 60, records: ['0 issue "letsencrypt.org"'] });
});

for (const [architecture, debian] of [
  ["arm64", "arm64"],
  ["x86_64", "amd64"],
]) {
  test(`the image for ${architecture} is Debian's own, the newest for a new server unless a version is pinned`, async (t) => {
    const server = { architecture, instanceType: architecture === "arm64" ? "t4g.small" : "t3.small" };
    const newest = await build({ server });
    const image = ({ lookups }: typeof newest) =>
      lookups.find(({ token }) => token === "aws:ec2/getAmi:getAmi")?.inputs;
    t.deepEqual(image(newest), {
      owners: ["136693071363"],
      mostRecent: true,
      filters: [{ name: "name", values: [`debian-13-${debian}-*`] }],
    });
    t.like(newest.one("aws:ec2/instance:Instance"), { inputs: { ami: "ami-0newest" }, ignoreChanges: ["ami"] });

    const pinned = await build({ server, image: { version: "20250814-2204" } });
    t.like(image(pinned), { filters: [{ name: "name", values: [`debian-13-${debian}-20250814-2204`] }] });
    t.deepEqual(pinned.one("aws:ec2/instance:Instance").ignoreChanges, []);
  });
}

test("an existing zone is looked up by its name, and only then", async (t) => {
  const zones = ({ lookups }: Awaited<ReturnType<typeof build>>) =>
    lookups.filter(({ token }) => token === "aws:route53/getZone:getZone").map(({ inputs }) => inputs);
  t.deepEqual(zones(await build()), []);
  const existing = await build({
    domain: "shop.example.com",
    dns: { zone: "existing", zoneName: "example.com" },
  });
  t.deepEqual(zones(existing), [{ name: "example.com", privateZone: false }]);
  t.deepEqual(existing.all("aws:route53/zone:Zone"), []);
  t.like(existing.one("aws:route53/record:Record", "dns-apex").inputs, {
    zoneId: "Z0EXISTING",
    name: "shop.example.com",
  });
  t.deepEqual(zones(await build({ dns: { zone: "existing" } })), [{ name: "example.com", privateZone: false }]);
});

test("what holds data or names is protected when deletion is refused, and nothing else ever", async (t) => {
  const isProtected = async (deletion: boolean) =>
    (await build({ protection: { deletion } })).seen.filter(({ protect }) => protect).map(({ name }) => name);
  t.deepEqual((await isProtected(true)).sort(), ["dns-zone", "release-bucket", "server-data"]);
  t.deepEqual(await isProtected(false), []);
});

test("every resource that takes tags has ours and the user's own, by the provider's declarations", async (t) => {
  const { seen } = await build({ tags: { team: "web" } });
  const resources = seen.filter(({ custom }) => custom);
  const tagged = resources.filter(({ type }) => takesTags(type));
  t.deepEqual([...new Set(tagged.map(({ type }) => type.split(":").at(-1)))].sort(), [
    "Bucket",
    "BucketObjectv2",
    "DefaultSecurityGroup",
    "Eip",
    "Instance",
    "InstanceProfile",
    "InternetGateway",
    "NetworkInterface",
    "Role",
    "RouteTable",
    "SecurityGroup",
    "SecurityGroupEgressRule",
    "SecurityGroupIngressRule",
    "Subnet",
    "Volume",
    "Vpc",
    "Zone",
  ]);
  const ours = { team: "web", project: "webstack", environment: "dev", architecture: "simple" };
  for (const { name, inputs } of tagged) t.like(inputs.tags, ours, name);
  for (const { type, inputs } of resources.filter((resource) => !tagged.includes(resource))) {
    t.is(inputs.tags, undefined, type);
  }
});

test("the system volume is tagged in place, since tags for all volumes of a machine would claim the data volume too", async (t) => {
  const { inputs } = (await build({ tags: { team: "web" } })).one("aws:ec2/instance:Instance");
  t.is(inputs.volumeTags, undefined);
  t.like(inputs.rootBlockDevice, {
    tags: { team: "web", project: "webstack", tier: "server", Name: "webstack-dev-server-system" },
  });
});

test("each resource tells its tier", async (t) => {
  const { seen } = await build();
  const tiers = seen.flatMap(({ name, inputs: { tags } }) => {
    const { tier } = (tags ?? {}) as { readonly tier?: string };
    return tier === undefined ? [] : [`${tier}: ${name}`];
  });
  t.deepEqual(tiers.sort(), [
    "data: server-data",
    "dns: dns-zone",
    "network: firewall-group",
    "network: firewall-in-http",
    "network: firewall-in-https",
    "network: firewall-out-http",
    "network: firewall-out-https",
    "network: network-default",
    "network: network-internet",
    "network: network-public",
    "network: network-public-1",
    "network: network-vpc",
    "release: release-artifact",
    "release: release-bucket",
    "server: machine-profile",
    "server: machine-role",
    "server: server-address",
    "server: server-instance",
    "server: server-interface",
  ]);
});

test("a region without availability zones is an error that says so", async (t) => {
  const fixtures = awsFixtures({ "aws:index/getAvailabilityZones:getAvailabilityZones": { names: [] } });
  await t.throwsAsync(build({}, { fixtures }), {
    message: "The region has 0 availability zones, but 1 are needed. Choose another region.",
  });
});

test("a release that is not there is told before anything is registered", async (t) => {
  await t.throwsAsync(build({ release: { path: "site" } }), {
    message: /webstack:release\.path is "site", which cannot be/,
  });
});
