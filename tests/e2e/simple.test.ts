import {
  CreateTagsCommand,
  DeleteVolumeCommand,
  DescribeAddressesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  DetachVolumeCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  GetInstanceProfileCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53";
import { GetBucketPolicyCommand, GetPublicAccessBlockCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import test, { type ExecutionContext } from "ava";
import { type Account, one } from "./account.ts";
import { World } from "./world.ts";

const DOMAIN = "dev.example.com";
const SETTINGS = { domain: DOMAIN, architecture: "simple", tags: { owner: "web-team" } };

const mine = [
  { Name: "tag:project", Values: ["webstack"] },
  { Name: "tag:environment", Values: ["dev"] },
];

const theInstance = async ({ ec2 }: Account) =>
  one(
    one(
      (
        await ec2.send(
          new DescribeInstancesCommand({ Filters: [...mine, { Name: "instance-state-name", Values: ["running"] }] }),
        )
      ).Reservations,
    ).Instances,
  );

const theGroup = async ({ ec2 }: Account) =>
  one(
    (
      await ec2.send(
        new DescribeSecurityGroupsCommand({ Filters: [...mine, { Name: "tag:Name", Values: ["*firewall*"] }] }),
      )
    ).SecurityGroups,
  );

/** Every rule of the account's one firewall, as `in tcp 80 0.0.0.0/0`. */
async function rules(account: Account): Promise<string[]> {
  const { GroupId = "" } = await theGroup(account);
  const { SecurityGroupRules = [] } = await account.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [GroupId] }] }),
  );
  return SecurityGroupRules.map(
    (rule) => `${rule.IsEgress ? "out" : "in"} ${rule.IpProtocol} ${rule.FromPort}-${rule.ToPort} ${rule.CidrIpv4}`,
  ).sort();
}

const RULES = [
  "in tcp 443-443 0.0.0.0/0",
  "in tcp 80-80 0.0.0.0/0",
  "out tcp 443-443 0.0.0.0/0",
  "out tcp 80-80 0.0.0.0/0",
];

async function records({ route53 }: Account, zoneId: string): Promise<string[]> {
  const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }));
  return ResourceRecordSets.filter(({ Type = "" }) => !["NS", "SOA"].includes(Type))
    .map(
      ({ Name, Type, TTL, ResourceRecords = [] }) =>
        `${Name} ${TTL} ${Type} ${ResourceRecords.map(({ Value }) => Value)
          .sort()
          .join(" | ")}`,
    )
    .sort();
}

/** The account holds what the simple design promises, fact by fact. */
async function checkAccount(t: ExecutionContext, world: World, cidr = "10.0.0.0/16"): Promise<void> {
  const account = world.account();
  const outputs = world.outputs("dev") as {
    serverId: string;
    publicIp: string;
    release: { bucket: string; key: string };
  };

  const { Vpcs } = await account.ec2.send(new DescribeVpcsCommand({ Filters: mine }));
  t.is(one(Vpcs).CidrBlock, cidr);
  t.deepEqual(await rules(account), RULES);

  const instance = await theInstance(account);
  t.is(instance.InstanceId, outputs.serverId);
  t.is(instance.Architecture, "arm64");
  t.is(instance.MetadataOptions?.HttpTokens, "required");
  t.is(instance.KeyName, undefined);
  const tags = Object.fromEntries((instance.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  t.like(tags, { project: "webstack", environment: "dev", architecture: "simple", tier: "server", owner: "web-team" });
  t.false(
    Object.keys(tags).some((key) => key.startsWith("webstack:")),
    "no mark of a creation is left",
  );

  const { Addresses } = await account.ec2.send(new DescribeAddressesCommand({ Filters: mine }));
  const address = one(Addresses);
  t.is(address.PublicIp, outputs.publicIp);
  const { NetworkInterfaces } = await account.ec2.send(new DescribeNetworkInterfacesCommand({ Filters: mine }));
  const networkInterface = one(NetworkInterfaces);
  t.is(address.NetworkInterfaceId, networkInterface.NetworkInterfaceId);
  t.is(networkInterface.Attachment?.InstanceId, outputs.serverId);
  t.deepEqual(
    networkInterface.Groups?.map(({ GroupId }) => GroupId),
    [(await theGroup(account)).GroupId],
  );

  const { Volumes = [] } = await account.ec2.send(new DescribeVolumesCommand({ Filters: mine }));
  t.deepEqual(
    Volumes.map(({ VolumeType, Encrypted, State }) => [VolumeType, Encrypted, State]),
    [
      ["gp3", true, "in-use"],
      ["gp3", true, "in-use"],
    ],
  );

  const { UserData } = await account.ec2.send(
    new DescribeInstanceAttributeCommand({ InstanceId: outputs.serverId, Attribute: "userData" }),
  );
  const userData = Buffer.from(UserData?.Value ?? "", "base64").toString();
  t.true(userData.startsWith("#cloud-config\n"));
  t.true(Buffer.byteLength(userData) <= 16_384);
  t.true(userData.includes(outputs.release.bucket) && userData.includes(outputs.release.key));

  const { Contents } = await account.s3.send(new ListObjectsV2Command({ Bucket: outputs.release.bucket }));
  t.deepEqual(
    Contents?.map(({ Key }) => Key),
    [outputs.release.key],
  );
  t.regex(outputs.release.key, /^releases\/[0-9a-f]{16}\.tar\.gz$/);
  const { PublicAccessBlockConfiguration } = await account.s3.send(
    new GetPublicAccessBlockCommand({ Bucket: outputs.release.bucket }),
  );
  t.deepEqual(PublicAccessBlockConfiguration, {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  const { Policy = "" } = await account.s3.send(new GetBucketPolicyCommand({ Bucket: outputs.release.bucket }));
  t.like(JSON.parse(Policy).Statement[0], { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });

  const profile = instance.IamInstanceProfile?.Arn?.split("/").at(-1) ?? "";
  await checkRole(t, account, profile, outputs.release);

  const zones = (await world.inventory()).filter((line) => line.startsWith("hosted zone "));
  t.deepEqual(await records(account, one(zones).split("/").at(-1) ?? ""), [
    `${DOMAIN}. 300 A ${outputs.publicIp}`,
    `${DOMAIN}. 300 CAA 0 issue "amazon.com"`,
    `www.${DOMAIN}. 300 CNAME ${DOMAIN}`,
  ]);
}

/** A machine may read its one release and take part in SSM sessions, and nothing else. */
async function checkRole(
  t: ExecutionContext,
  { iam }: Account,
  profile: string,
  release: { bucket: string; key: string },
): Promise<void> {
  const RoleName =
    one((await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: profile }))).InstanceProfile?.Roles)
      .RoleName ?? "";
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  t.deepEqual(
    AttachedPolicies?.map(({ PolicyName }) => PolicyName),
    ["AmazonSSMManagedInstanceCore"],
  );
  const PolicyName = one((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames);
  const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  t.deepEqual(JSON.parse(decodeURIComponent(PolicyDocument)).Statement, [
    { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${release.bucket}/${release.key}` },
  ]);
}

test("the simple stack comes up, holds still, changes as previewed, heals and goes", async (t) => {
  const world = World.with(t, { dev: SETTINGS });

  const planned = await world.steps("dev");
  const empty = await world.inventory();
  const { created = 0 } = await world.succeed("up", "dev");
  t.is(created, planned.length, "a preview of an empty account foresees every resource");
  await checkAccount(t, world);
  t.deepEqual(await world.succeed("up", "dev"), { unchanged: created });
  t.deepEqual(await world.succeed("refresh", "dev"), { unchanged: created });

  await changes(t, world, created);
  await drift(t, world, created);
  await loss(t, world, created);

  const { deleted } = await world.succeed("destroy", "dev");
  t.is(deleted, created);
  t.deepEqual(await world.inventory(), empty, "the account is as it was");
});

/** Changed settings do what their preview says. */
async function changes(t: ExecutionContext, world: World, all: number): Promise<void> {
  world.configure("dev", { ...SETTINGS, server: { instanceType: "t4g.large" } });
  t.deepEqual(await world.steps("dev"), ["update aws:ec2/instance:Instance server-instance"]);

  world.configure("dev", { ...SETTINGS, tags: { owner: "another-team" } });
  const retagged = await world.steps("dev");
  t.true(retagged.length > 0 && retagged.every((step) => step.startsWith("update ")), retagged.join("\n"));

  world.configure("dev", { ...SETTINGS, dns: { ttlSeconds: 60 } });
  t.deepEqual(await world.steps("dev"), [
    "update aws:route53/record:Record dns-apex",
    "update aws:route53/record:Record dns-caa",
    "update aws:route53/record:Record dns-www",
  ]);

  world.configure("dev", { ...SETTINGS, network: { cidr: "10.1.0.0/16" } });
  t.deepEqual(await world.steps("dev"), MOVED);
  const { publicIp } = world.outputs("dev");
  t.deepEqual(await world.succeed("up", "dev"), { replaced: 16, unchanged: all - 16 });
  await checkAccount(t, world, "10.1.0.0/16");
  t.is(world.outputs("dev").publicIp, publicIp, "the address outlives its network");
  t.deepEqual(await world.succeed("refresh", "dev"), { unchanged: all });

  world.configure("dev", SETTINGS);
  await world.succeed("up", "dev");
}

/** What lives in the network moves with it; what does not, stays: zone, release, role, address, data. */
const MOVED = [
  "replace aws:ec2/defaultSecurityGroup:DefaultSecurityGroup network-default",
  "replace aws:ec2/eipAssociation:EipAssociation server-address",
  "replace aws:ec2/instance:Instance server-instance",
  "replace aws:ec2/internetGateway:InternetGateway network-internet",
  "replace aws:ec2/networkInterface:NetworkInterface server-interface",
  "replace aws:ec2/route:Route network-public-internet",
  "replace aws:ec2/routeTable:RouteTable network-public",
  "replace aws:ec2/routeTableAssociation:RouteTableAssociation network-public-1",
  "replace aws:ec2/securityGroup:SecurityGroup firewall-group",
  "replace aws:ec2/subnet:Subnet network-public-1",
  "replace aws:ec2/volumeAttachment:VolumeAttachment server-data",
  "replace aws:ec2/vpc:Vpc network-vpc",
  "replace aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule firewall-out-http",
  "replace aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule firewall-out-https",
  "replace aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule firewall-in-http",
  "replace aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule firewall-in-https",
];

/** What was changed by hand is found by a refresh and put right by the next up. */
async function drift(t: ExecutionContext, world: World, all: number): Promise<void> {
  const account = world.account();
  const { GroupId } = await theGroup(account);
  await account.ec2.send(
    new RevokeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    }),
  );
  const { InstanceId = "" } = await theInstance(account);
  await account.ec2.send(
    new CreateTagsCommand({ Resources: [InstanceId], Tags: [{ Key: "owner", Value: "somebody" }] }),
  );
  const zone = one((await world.inventory()).filter((line) => line.startsWith("hosted zone ")))
    .split("/")
    .at(-1);
  const record = {
    Name: `www.${DOMAIN}`,
    Type: "CNAME" as const,
    TTL: 300,
    ResourceRecords: [{ Value: "elsewhere.example.net" }],
  };
  await account.route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: { Changes: [{ Action: "UPSERT", ResourceRecordSet: record }] },
    }),
  );

  t.deepEqual(await world.succeed("refresh", "dev"), { updated: 2, deleted: 1, unchanged: all - 3 });
  t.deepEqual(await world.steps("dev"), [
    "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule firewall-in-http",
    "update aws:ec2/instance:Instance server-instance",
    "update aws:route53/record:Record dns-www",
  ]);
  t.deepEqual(await world.succeed("up", "dev"), { created: 1, updated: 2, unchanged: all - 3 });
  await checkAccount(t, world);
}

/** A data volume that is lost is made anew, and a machine with it, since a machine looks for its volume when it boots. */
async function loss(t: ExecutionContext, world: World, all: number): Promise<void> {
  const { ec2 } = world.account();
  const { Volumes } = await ec2.send(
    new DescribeVolumesCommand({ Filters: [...mine, { Name: "tag:Name", Values: ["webstack-dev-server-data"] }] }),
  );
  const { VolumeId, Attachments } = one(Volumes);
  const { InstanceId, Device } = one(Attachments);
  t.is(Device, "/dev/sdf");
  await ec2.send(new DetachVolumeCommand({ VolumeId, InstanceId, Device }));
  await ec2.send(new DeleteVolumeCommand({ VolumeId }));

  t.deepEqual(await world.succeed("refresh", "dev"), { deleted: 2, unchanged: all - 2 });
  t.deepEqual(await world.steps("dev"), [
    "create aws:ebs/volume:Volume server-data",
    "create aws:ec2/volumeAttachment:VolumeAttachment server-data",
    "replace aws:ec2/instance:Instance server-instance",
  ]);
  t.deepEqual(await world.succeed("up", "dev"), { created: 2, replaced: 1, unchanged: all - 3 });
  await checkAccount(t, world);
}

test("two environments stand side by side in one account", async (t) => {
  const world = World.with(t, {
    dev: SETTINGS,
    demo: { domain: "demo.example.com", architecture: "simple", network: { cidr: "10.9.0.0/16" } },
  });
  await world.steps("dev");
  const empty = await world.inventory();
  const { created } = await world.succeed("up", "dev");
  const dev = await world.inventory();
  t.deepEqual(await world.succeed("up", "demo"), { created });
  t.deepEqual(await world.succeed("up", "dev"), { unchanged: created }, "one environment does not disturb the other");
  await world.succeed("destroy", "demo");
  t.deepEqual(await world.inventory(), dev, "destroying one leaves the other");
  await checkAccount(t, world);
  await world.succeed("destroy", "dev");
  t.deepEqual(await world.inventory(), empty);
});

test("what is protected is lifted from its protection, then destroyed, and both is said", async (t) => {
  const world = World.with(t, { dev: { ...SETTINGS, protection: { deletion: true } } });
  await world.steps("dev");
  const empty = await world.inventory();
  await world.succeed("up", "dev");
  const { code, said } = await world.run("destroy", "dev");
  t.is(code, 0, said);
  t.true(said.includes("dev is protected against deletion: an update lifts that first."), said);
  t.true(
    said.includes(
      "On AWS these are two deliberate steps: an update with webstack:protection.deletion false, then `pulumi destroy`.",
    ),
    said,
  );
  t.deepEqual(await world.inventory(), empty);
});

test("wrong settings stop an up before anything is created, and every problem is said", async (t) => {
  const wrong = { network: { cidr: "10.0.0.0/30" }, serer: { volumeGiB: 20 } };
  const world = World.with(t, { dev: SETTINGS });
  await world.steps("dev");
  const empty = await world.inventory();
  world.configure("dev", { ...SETTINGS, ...wrong });
  const { code, said } = await world.run("up", "dev");
  t.not(code, 0);
  t.true(said.includes("The configuration of stack dev has 2 problems. Nothing was changed."), said);
  t.regex(said, /webstack:network\.cidr is "10\.0\.0\.0\/30"\. It must be/);
  t.regex(said, /webstack:serer .*server/);
  t.deepEqual(await world.inventory(), empty);
});
