import { EC2Client, RunInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import {
  DeregisterTargetsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { startAccount } from "../account.ts";
import { createNetwork } from "./network.ts";

const GROUP = "aws:lb/targetGroup:TargetGroup";
const ATTACHMENT = "aws:lb/targetGroupAttachment:TargetGroupAttachment";

const { operations, client, stop } = await startAccount();
const elb = new ElasticLoadBalancingV2Client(client);
const ec2 = new EC2Client(client);
const { vpcId, subnetIds } = await createNetwork(operations);
const image = await operations.invoke("aws:ec2/getAmi:getAmi", {
  owners: ["136693071363"],
  mostRecent: true,
  filters: [{ name: "name", values: ["debian-13-arm64-*"] }],
});
test.after.always(stop);

const describe = async (arn: string) => {
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({}));
  return TargetGroups.find(({ TargetGroupArn }) => TargetGroupArn === arn);
};
const attributesOf = async (arn: string) => {
  const { Attributes = [] } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }));
  return Object.fromEntries(Attributes.map(({ Key = "", Value }) => [Key, Value]));
};

const inputs = {
  vpcId,
  port: 80,
  protocol: "HTTP",
  healthCheck: { path: "/health", matcher: "200", interval: 10, timeout: 5, healthyThreshold: 2 },
};

test("a target group lives as AWS's own would", async (t) => {
  await liveThrough(t, operations, {
    type: GROUP,
    name: "web",
    inputs: { ...inputs, deregistrationDelay: 30, tags: { Name: "web" } },
    unknown: [
      "arn",
      "arnSuffix",
      "connectionTermination",
      "ipAddressType",
      "loadBalancerArns",
      "loadBalancingAlgorithmType",
      "loadBalancingAnomalyMitigation",
      "loadBalancingCrossZoneEnabled",
      "preserveClientIp",
      "protocolVersion",
      "stickiness",
      "targetFailovers",
      "targetGroupHealth",
      "targetHealthStates",
    ],
    empty: ["connectionTermination", "preserveClientIp", "targetFailovers", "targetHealthStates"],
    update: {
      inputs: {
        ...inputs,
        deregistrationDelay: 60,
        healthCheck: { ...inputs.healthCheck, path: "/ready" },
        loadBalancingAlgorithmType: "weighted_random",
        loadBalancingAnomalyMitigation: "on",
        stickiness: { type: "lb_cookie", cookieDuration: 3600 },
        tags: { Name: "other" },
      },
      paths: [
        "deregistrationDelay",
        "healthCheck.path",
        "loadBalancingAlgorithmType",
        "loadBalancingAnomalyMitigation",
        "stickiness.cookieDuration",
        "stickiness.enabled",
        "tags.Name",
      ],
    },
    replace: { inputs: { ...inputs, port: 8080, protocol: "HTTPS" }, properties: ["port", "protocol"] },
    importWithout: ["lambdaMultiValueHeadersEnabled", "proxyProtocolV2"],
    async account(arn, step) {
      const group = await describe(arn);
      if (step === "deleted") {
        t.is(group, undefined);
        return;
      }
      t.regex(String(group?.TargetGroupName), /^web-[0-9a-f]{7}$/);
      t.like(group, {
        Port: 80,
        Protocol: "HTTP",
        VpcId: vpcId,
        HealthCheckPath: step === "created" ? "/health" : "/ready",
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 3,
      });
      t.like(
        await attributesOf(arn),
        step === "created"
          ? { "deregistration_delay.timeout_seconds": "30", "stickiness.enabled": "false" }
          : {
              "deregistration_delay.timeout_seconds": "60",
              "load_balancing.algorithm.type": "weighted_random",
              "load_balancing.algorithm.anomaly_mitigation": "on",
              "stickiness.enabled": "true",
              "stickiness.lb_cookie.duration_seconds": "3600",
            },
      );
    },
  });
});

test("every property that AWS cannot change calls for another target group", async (t) => {
  const made = await operations.create(GROUP, "table", inputs);
  for (const [property, value] of Object.entries({
    port: 81,
    protocol: "HTTPS",
    protocolVersion: "HTTP2",
    vpcId: "vpc-2",
    targetType: "ip",
    ipAddressType: "ipv6",
    name: "other",
  }))
    t.deepEqual((await operations.diff(made, { ...inputs, [property]: value })).replaces, [property], property);
  for (const [property, value] of Object.entries({
    deregistrationDelay: 0,
    slowStart: 30,
    loadBalancingAlgorithmType: "least_outstanding_requests",
    healthCheck: { ...inputs.healthCheck, protocol: "HTTPS", interval: 60 },
    targetGroupHealth: { dnsFailover: { minimumHealthyTargetsCount: "2" } },
  })) {
    const plan = await operations.diff(made, { ...inputs, [property]: value });
    t.deepEqual([plan.changed, plan.replaces], [[property], []], property);
  }
  await operations.delete(made);
});

test("stickiness that is no longer asked for ends", async (t) => {
  const made = await operations.create(GROUP, "sticky", { ...inputs, stickiness: { type: "lb_cookie" } });
  t.is((await attributesOf(made.id))["stickiness.enabled"], "true");
  const plan = await operations.diff(made, inputs);
  t.deepEqual(plan.changed, [], "left out, it is AWS's business, as with the official provider");
  const off = await operations.update(made, { ...inputs, stickiness: { type: "lb_cookie", enabled: false } });
  t.is((await attributesOf(made.id))["stickiness.enabled"], "false");
  await operations.delete(off);
});

test("a refresh sees a health check that somebody else has changed", async (t) => {
  const made = await operations.create(GROUP, "drift", inputs);
  await elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: made.id, HealthCheckPath: "/else" }));
  const found = await operations.refresh(made);
  t.like(found?.state.healthCheck, { path: "/else" });
  t.deepEqual((await operations.diff(found as typeof made, inputs)).changed, ["healthCheck"]);
  await operations.delete(made);
});

test("a network target group has settings of its own", async (t) => {
  const net = { vpcId, port: 443, protocol: "TCP", connectionTermination: true, proxyProtocolV2: true };
  const made = await operations.create(GROUP, "net", { ...net, healthCheck: { protocol: "TCP" } });
  t.like(await attributesOf(made.id), {
    "deregistration_delay.connection_termination.enabled": "true",
    "proxy_protocol_v2.enabled": "true",
  });
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  await operations.delete(made);
});

test("a target is registered, seen to be gone, and deregistered", async (t) => {
  const group = await operations.create(GROUP, "targets", inputs);
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: image.id as string,
      InstanceType: "t4g.small",
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnetIds[0],
    }),
  );
  const targetId = Instances?.[0]?.InstanceId as string;
  const health = async () => {
    const { TargetHealthDescriptions } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group.id, Targets: [{ Id: targetId }] }),
    );
    return TargetHealthDescriptions?.[0]?.TargetHealth?.State;
  };
  const attachment = { targetGroupArn: group.id, targetId };
  await liveThrough(t, operations, {
    type: ATTACHMENT,
    name: "one",
    inputs: attachment,
    unknown: [],
    replace: { inputs: { ...attachment, port: 8080 }, properties: ["port"] },
    async account(id, step) {
      t.true(id.startsWith(`${group.id}-`));
      t.is(await health(), step === "deleted" ? "unused" : "healthy");
    },
  });
  const made = await operations.create(ATTACHMENT, "again", attachment);
  await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: group.id, Targets: [{ Id: targetId }] }));
  t.is(await operations.refresh(made), undefined);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [targetId] }));
});

refuses(
  operations,
  GROUP,
  {},
  "port is required and missing for targets of the type instance",
  "protocol is required and missing for targets of the type instance",
  "vpcId is required and missing for targets of the type instance",
);
refuses(
  operations,
  GROUP,
  { vpcId: "vpc-1", port: 80, protocol: "HTTP", loadBalancingAlgorithmType: "roundRobin" },
  'loadBalancingAlgorithmType must be one of round_robin, least_outstanding_requests, weighted_random, got "roundRobin"',
);
refuses(
  operations,
  GROUP,
  { vpcId: "vpc-1", port: 80, protocol: "HTTP", loadBalancingAlgorithmType: "weighted_random", slowStart: 60 },
  'slowStart works only with loadBalancingAlgorithmType "round_robin", got "weighted_random"; set slowStart to 0',
);
refuses(
  operations,
  GROUP,
  { vpcId: "vpc-1", port: 80, protocol: "HTTP", loadBalancingAnomalyMitigation: "on" },
  'loadBalancingAnomalyMitigation "on" needs loadBalancingAlgorithmType "weighted_random", got "round_robin"',
);
refuses(
  operations,
  GROUP,
  { vpcId: "vpc-1", port: 80, protocol: "HTTP", slowStart: 10, deregistrationDelay: 3601 },
  "slowStart must be 0 or from 30 to 900, got 10",
  "deregistrationDelay must be from 0 to 3600, got 3601",
);
refuses(
  operations,
  GROUP,
  { vpcId: "vpc-1", port: 80, protocol: "HTTP", healthCheck: { interval: 10, timeout: 10 } },
  "healthCheck.timeout must be shorter than healthCheck.interval (10), got 10",
);
refuses(
  operations,
  GROUP,
  {
    vpcId: "vpc-1",
    port: 80,
    protocol: "HTTP",
    healthCheck: { path: "health", matcher: "ok", port: "http", interval: 4 },
  },
  'healthCheck.path must be a path that starts with /, got "health"',
  'healthCheck.matcher must be status codes or ranges of them, such as 200,202 or 200-299, got "ok"',
  'healthCheck.port must be a port or traffic-port, got "http"',
  "healthCheck.interval must be from 5 to 300, got 4",
);
refuses(
  operations,
  GROUP,
  { vpcId: "vpc-1", port: 80, protocol: "HTTP", healthCheck: { protocol: "TCP", path: "/" } },
  'healthCheck.protocol must be HTTP or HTTPS for the protocol HTTP, got "TCP"',
  "healthCheck.path cannot be set for health checks over TCP; remove it",
);
refuses(
  operations,
  GROUP,
  { vpcId: "vpc-1", port: 80, protocol: "HTTP", stickiness: { type: "source_ip" } },
  'stickiness.type must be lb_cookie or app_cookie for the protocol HTTP, got "source_ip"',
);
