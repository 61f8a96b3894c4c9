import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { LoadBalancer, type LoadBalancerArgs } from "../../components/load-balancer.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: LoadBalancerArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupId: "sg-1",
  internal: false,
  targetPort: 8080,
  algorithm: "round-robin",
  stickinessSeconds: 3600,
  slowStartSeconds: 45,
  drainSeconds: 20,
  idleTimeoutSeconds: 90,
  healthCheck: { path: "/up", intervalSeconds: 15, timeoutSeconds: 4, healthyChecks: 3, unhealthyChecks: 4 },
  protect: false,
  tags: TAGS,
};

const balancer = (changes: Partial<LoadBalancerArgs> = {}) =>
  record(() => new LoadBalancer("lb", { ...ARGS, ...changes }));

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGETS = "aws:lb/targetGroup:TargetGroup";

test("the load balancer is an Application Load Balancer that drops broken headers", async (t) => {
  t.deepEqual((await balancer()).one(BALANCER).inputs, {
    loadBalancerType: "application",
    internal: false,
    ipAddressType: "ipv4",
    subnets: ["subnet-1", "subnet-2"],
    securityGroups: ["sg-1"],
    idleTimeout: 90,
    dropInvalidHeaderFields: true,
    enableDeletionProtection: false,
    tags: tagsOf("lb-balancer"),
  });
});

test("it can be internal, speak IPv6 and refuse to be deleted", async (t) => {
  t.like((await balancer({ internal: true, ipv6: true, protect: true })).one(BALANCER).inputs, {
    internal: true,
    ipAddressType: "dualstack",
    enableDeletionProtection: true,
  });
});

test("servers are taken and left out by their health, and may finish what they began", async (t) => {
  t.deepEqual((await balancer()).one(TARGETS).inputs, {
    vpcId: "vpc-1",
    targetType: "instance",
    port: 8080,
    protocol: "HTTP",
    loadBalancingAlgorithmType: "round_robin",
    stickiness: { type: "lb_cookie", enabled: false, cookieDuration: 3600 },
    slowStart: 45,
    deregistrationDelay: 20,
    healthCheck: {
      path: "/up",
      protocol: "HTTP",
      port: "traffic-port",
      matcher: "200",
      interval: 15,
      timeout: 4,
      healthyThreshold: 3,
      unhealthyThreshold: 4,
    },
    tags: tagsOf("lb-targets"),
  });
});

for (const [algorithm, word, sticky] of [
  ["round-robin", "round_robin", false],
  ["least-connections", "least_outstanding_requests", false],
  ["ip-hash", "round_robin", true],
] as const) {
  test(`${algorithm} is ${word} for AWS, ${sticky ? "with" : "without"} a cookie`, async (t) => {
    t.like((await balancer({ algorithm })).one(TARGETS).inputs, {
      loadBalancingAlgorithmType: word,
      stickiness: { type: "lb_cookie", enabled: sticky, cookieDuration: 3600 },
    });
  });
}

test("port 80 leads to the servers", async (t) => {
  t.deepEqual((await balancer()).one("aws:lb/listener:Listener").inputs, {
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/lb-balancer/1",
    port: 80,
    protocol: "HTTP",
    defaultActions: [
      {
        type: "forward",
        targetGroupArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/lb-targets/2",
      },
    ],
    tags: tagsOf("lb-http"),
  });
});

class Group extends pulumi.CustomResource {
  constructor(name: string, targets: pulumi.Input<string>) {
    super("test:index:Group", name, { targets });
  }
}

test("servers are sent to the group only when the group is sent requests", async (t) => {
  const { one, built } = await record(() => {
    const made = new LoadBalancer("lb", ARGS);
    new Group("group", made.targetGroupArn);
    return made;
  });
  t.deepEqual(one("test:index:Group").dependencies, ["lb-http", "lb-targets"]);
  t.is(await unwrap(built.resourceLabel), "app/lb-balancer/1/targetgroup/lb-targets/2");
  t.is(await unwrap(built.dnsName), "lb-balancer-1.eu-central-1.elb.amazonaws.com");
  t.is(await unwrap(built.zoneId), "Z215JYRZR1TBD5");
});

test("nothing has a fixed name, so that a replacement can stand beside what it replaces", async (t) => {
  const { seen } = await balancer();
  t.deepEqual(
    seen.filter(({ inputs }) => "name" in inputs || "namePrefix" in inputs),
    [],
  );
});
