import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import test from "ava";
import { liveThrough, type Made } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { startAccount } from "../account.ts";
import { createLogBucket } from "./logBucket.ts";
import { createNetwork } from "./network.ts";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

const { operations, client, stop } = await startAccount();
const elb = new ElasticLoadBalancingV2Client(client);
const { vpc, vpcId, subnetIds, thirdSubnetId, groupId } = await createNetwork(operations);
test.after.always(stop);

const describe = async (arn: string) => {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  return LoadBalancers.find(({ LoadBalancerArn }) => LoadBalancerArn === arn);
};
const attributesOf = async (arn: string) => {
  const { Attributes = [] } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
  return Object.fromEntries(Attributes.map(({ Key = "", Value }) => [Key, Value]));
};
const tagsOf = async (arn: string) => {
  const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return TagDescriptions?.[0]?.Tags;
};

test("a load balancer lives as AWS's own would", async (t) => {
  const inputs = { subnets: subnetIds, securityGroups: [groupId], dropInvalidHeaderFields: true };
  await liveThrough(t, operations, {
    type: BALANCER,
    name: "public",
    inputs: { ...inputs, tags: { Name: "public" } },
    unknown: [
      "arn",
      "arnSuffix",
      "dnsName",
      "enablePrefixForIpv6SourceNat",
      "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
      "internal",
      "ipAddressType",
      "secondaryIpsAutoAssignedPerSubnet",
      "subnetMappings",
      "vpcId",
      "zoneId",
    ],
    empty: [
      "enablePrefixForIpv6SourceNat",
      "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
      "secondaryIpsAutoAssignedPerSubnet",
    ],
    update: {
      inputs: {
        ...inputs,
        subnets: [...subnetIds, thirdSubnetId],
        securityGroups: [vpc.state.defaultSecurityGroupId],
        idleTimeout: 120,
        accessLogs: { bucket: await createLogBucket(operations, "life"), enabled: true },
        tags: { Name: "other" },
      },
      paths: ["accessLogs", "idleTimeout", "securityGroups[0]", "subnets[2]", "tags.Name"],
    },
    replace: { inputs: { ...inputs, internal: true }, properties: ["internal"] },
    importWithout: ["dnsRecordClientRoutingPolicy", "enableCrossZoneLoadBalancing"],
    async account(arn, step) {
      const balancer = await describe(arn);
      if (step === "deleted") {
        t.is(balancer, undefined);
        return;
      }
      t.is(balancer?.State?.Code, "active");
      t.is(balancer?.Scheme, "internet-facing");
      t.is(balancer?.VpcId, vpcId);
      t.regex(String(balancer?.LoadBalancerName), /^public-[0-9a-f]{7}$/);
      t.is(balancer?.AvailabilityZones?.length, step === "created" ? 2 : 3);
      t.deepEqual(balancer?.SecurityGroups, [step === "created" ? groupId : vpc.state.defaultSecurityGroupId]);
      t.deepEqual(await tagsOf(arn), [{ Key: "Name", Value: step === "created" ? "public" : "other" }]);
      t.like(await attributesOf(arn), {
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "routing.http.desync_mitigation_mode": "defensive",
        "idle_timeout.timeout_seconds": step === "created" ? "60" : "120",
        "access_logs.s3.enabled": String(step === "updated"),
        "deletion_protection.enabled": "false",
      });
    },
  });
});

test("names and suffixes are what alarms and DNS need", async (t) => {
  const made = await operations.create(BALANCER, "internal", { subnets: subnetIds, internal: true, name: "inside" });
  t.regex(String(made.state.arnSuffix), /^app\/inside\/[0-9a-f]{16}$/);
  t.is(made.state.dnsName, (await describe(made.id))?.DNSName as string);
  t.deepEqual(made.state.securityGroups, [vpc.state.defaultSecurityGroupId]);
  t.is((await describe(made.id))?.Scheme, "internal");
  await operations.delete(made);
});

test("a protected load balancer stays until its protection is off", async (t) => {
  const inputs = { subnets: subnetIds, securityGroups: [groupId] };
  const made = await operations.create(BALANCER, "kept", { ...inputs, enableDeletionProtection: true });
  await t.throwsAsync(operations.delete(made), {
    name: "OperationNotPermitted",
    message: `load balancer ${made.id} cannot be deleted because deletion protection is enabled`,
  });
  t.truthy(await describe(made.id));
  const open = await operations.update(made, inputs);
  await operations.delete(open);
  t.is(await describe(made.id), undefined);
});

test("a refresh sees attributes that somebody else has changed", async (t) => {
  const made = await operations.create(BALANCER, "drift", { subnets: subnetIds, idleTimeout: 90 });
  await elb.send(
    new ModifyLoadBalancerAttributesCommand({
      LoadBalancerArn: made.id,
      Attributes: [{ Key: "idle_timeout.timeout_seconds", Value: "10" }],
    }),
  );
  t.is((await operations.refresh(made))?.state.idleTimeout, 10);
  await operations.delete(made);
});

test("an application load balancer needs two zones and a way to the internet", async (t) => {
  await t.throwsAsync(operations.create(BALANCER, "one-zone", { subnets: subnetIds.slice(0, 1) }), {
    message: "subnets lie in eu-west-1a only; an application load balancer needs two subnets in two zones",
  });
  const closed = await operations.create("aws:ec2/vpc:Vpc", "closed", { cidrBlock: "10.7.0.0/16" });
  const places = await Promise.all(
    ["a", "b"].map((zone, index) =>
      operations.create("aws:ec2/subnet:Subnet", `closed-${zone}`, {
        vpcId: closed.id,
        cidrBlock: `10.7.${index}.0/24`,
        availabilityZone: `eu-west-1${zone}`,
      }),
    ),
  );
  await t.throwsAsync(operations.create(BALANCER, "closed", { subnets: places.map(({ id }) => id) }), {
    message: `VPC ${closed.id} has no internet gateway, which a load balancer that faces the internet needs; attach one first, or set internal`,
  });
  const twin = await operations.create("aws:ec2/subnet:Subnet", "twin", {
    vpcId,
    cidrBlock: "10.0.9.0/24",
    availabilityZone: "eu-west-1a",
  });
  await t.throwsAsync(operations.create(BALANCER, "twin", { subnets: [...subnetIds, twin.id] }), {
    message: "subnets has more than one subnet in eu-west-1a; choose one subnet in each zone",
  });
});

test("a network load balancer cannot leave a zone in place", async (t) => {
  const inputs = { loadBalancerType: "network", internal: true };
  const made = await operations.create(BALANCER, "net", { ...inputs, subnets: subnetIds });
  t.deepEqual((await operations.diff(made, { ...inputs, subnets: [...subnetIds, thirdSubnetId] })).replaces, []);
  t.deepEqual((await operations.diff(made, { ...inputs, subnets: [subnetIds[0], thirdSubnetId] })).replaces, [
    "subnets",
  ]);
  t.deepEqual((await operations.diff(made, { ...inputs, subnets: subnetIds, securityGroups: [groupId] })).replaces, [
    "securityGroups",
  ]);
  await operations.delete(made);
});

test("subnets, security groups and the way out stay as long as a load balancer needs them", async (t) => {
  const own = await createNetwork(operations, 5);
  const made = await operations.create(BALANCER, "user", { subnets: own.subnetIds, securityGroups: [own.groupId] });
  for (const used of [own.group, own.subnets[0], own.gateway] as Made[])
    await t.throwsAsync(operations.delete({ ...used, request: { ...used.request, timeout: 0.1 } }), {
      message: new RegExp(`DependencyViolation: .* is used by ${made.state.name}\\)$`),
    });
  await operations.delete(made);
  for (const one of [own.group, ...own.subnets, own.gateway]) await t.notThrowsAsync(operations.delete(one));
});

refuses(
  operations,
  BALANCER,
  { name: "internal-web", subnets: ["subnet-1"] },
  'name must not start with internal-, got "internal-web"',
);
refuses(
  operations,
  BALANCER,
  { name: "web_1", subnets: ["subnet-1"], idleTimeout: 4001, desyncMitigationMode: "strict" },
  'name must be letters, digits and hyphens, without a hyphen at either end, got "web_1"',
  "idleTimeout must be from 1 to 4000, got 4001",
  'desyncMitigationMode must be one of monitor, defensive, strictest, got "strict"',
);
refuses(operations, BALANCER, {}, "subnetMappings is missing: one of subnetMappings, subnets is required");

test("a logical name that leaves no room for the suffix is refused before anything is made", async (t) => {
  const request = operations.request(BALANCER, "a-load-balancer-with-a-long-name");
  await t.throwsAsync(operations.inputs(request, { subnets: subnetIds }), {
    message:
      /^name would be "a-load-balancer-with-a-long-name-[0-9a-f]{7}" \(40 characters, at most 32 are allowed\); give the resource a logical name of at most 24 characters, or set name$/,
  });
});
