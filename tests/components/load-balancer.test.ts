import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import type { BalancerTls } from "../../components/listeners.ts";
import { LoadBalancer, type LoadBalancerArgs } from "../../components/load-balancer.ts";
import { record } from "../record.ts";
import { BALANCER_ARGS } from "./balancer-args.ts";
import { tagsOf, unwrap } from "./support.ts";

const balancer = (changes: Partial<LoadBalancerArgs> = {}) =>
  record(() => new LoadBalancer("lb", { ...BALANCER_ARGS, ...changes }));

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";

const BALANCER_ARN = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/lb-balancer/1";
const TARGETS_ARN = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/lb-targets/2";

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
  t.deepEqual((await balancer()).one(LISTENER).inputs, {
    loadBalancerArn: BALANCER_ARN,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: TARGETS_ARN }],
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
    const made = new LoadBalancer("lb", BALANCER_ARGS);
    new Group("group", made.targetGroupArn);
    return made;
  });
  t.deepEqual(one("test:index:Group").dependencies, ["lb-http", "lb-targets"]);
  t.is(await unwrap(built.resourceLabel), "app/lb-balancer/1/targetgroup/lb-targets/2");
  t.is(await unwrap(built.dnsName), "lb-balancer-1.eu-central-1.elb.amazonaws.com");
  t.is(await unwrap(built.zoneId), "Z215JYRZR1TBD5");
  t.is(await unwrap(built.arn), BALANCER_ARN);
  t.is(await unwrap(built.arnSuffix), "app/lb-balancer/1");
  t.is(await unwrap(built.targetGroupArnSuffix), "targetgroup/lb-targets/2");
});

test("nothing has a fixed name, so that a replacement can stand beside what it replaces", async (t) => {
  const { seen } = await balancer();
  t.deepEqual(
    seen.filter(({ inputs }) => "name" in inputs || "namePrefix" in inputs),
    [],
  );
});

const TLS: BalancerTls = {
  certificateArn: "arn:certificate",
  policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  hstsSeconds: 31_536_000,
  endToEnd: false,
};

test("with TLS port 443 leads to the servers, browsers are told to stay there, and port 80 is closed", async (t) => {
  const { name, parent, inputs } = (await balancer({ tls: TLS })).one(LISTENER);
  t.is(name, "lb-https");
  t.is(parent, "lb");
  t.deepEqual(inputs, {
    loadBalancerArn: BALANCER_ARN,
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    certificateArn: "arn:certificate",
    defaultActions: [{ type: "forward", targetGroupArn: TARGETS_ARN }],
    routingHttpResponseServerEnabled: false,
    routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
    tags: tagsOf("lb-https"),
  });
});

test("browsers are told to forget that they insist on HTTPS, and nothing where no browser comes", async (t) => {
  const header = "routingHttpResponseStrictTransportSecurityHeaderValue";
  const { inputs } = (await balancer({ tls: { ...TLS, hstsSeconds: 0 } })).one(LISTENER);
  t.is(inputs[header], "max-age=0");
  const { hstsSeconds: _, ...unseen } = TLS;
  t.false(header in (await balancer({ tls: unseen })).one(LISTENER).inputs);
});

for (const [endToEnd, protocol] of [
  [false, "HTTP"],
  [true, "HTTPS"],
] as const) {
  test(`TLS ${endToEnd ? "to the servers" : "that ends here"} speaks ${protocol} with them, in checks too`, async (t) => {
    const { inputs } = (await balancer({ tls: { ...TLS, endToEnd } })).one(TARGETS);
    t.is(inputs.protocol, protocol);
    t.like(inputs.healthCheck, { protocol });
  });
}

test("port 80 sends visitors to port 443, under the name of the listener that led to the servers, and not before its time", async (t) => {
  const { one } = await record(() => {
    const made = new LoadBalancer("lb", { ...BALANCER_ARGS, tls: TLS });
    made.redirect([new Group("group", made.targetGroupArn)]);
  });
  const { inputs, parent, dependencies } = one(LISTENER, "lb-http");
  t.deepEqual(inputs, {
    loadBalancerArn: BALANCER_ARN,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    routingHttpResponseServerEnabled: false,
    tags: tagsOf("lb-http"),
  });
  t.is(parent, "lb");
  t.deepEqual(dependencies, ["group", "lb-balancer"]);
});

test("with TLS servers are sent to the group when port 443 leads there", async (t) => {
  const { one } = await record(() => {
    new Group("group", new LoadBalancer("lb", { ...BALANCER_ARGS, tls: TLS }).targetGroupArn);
  });
  t.deepEqual(one("test:index:Group").dependencies, ["lb-https", "lb-targets"]);
});

test("without TLS there is nowhere to send visitors to", async (t) => {
  await t.throwsAsync(
    record(() => new LoadBalancer("lb", BALANCER_ARGS).redirect([])),
    { message: "tls is missing. Without it there is no port 443 to send visitors to." },
  );
});

test("requests are logged where it is told to", async (t) => {
  const accessLogs = { bucket: "logs", prefix: "public" };
  t.deepEqual((await balancer({ accessLogs })).one(BALANCER).inputs.accessLogs, { ...accessLogs, enabled: true });
  t.false("accessLogs" in (await balancer()).one(BALANCER).inputs);
});

test("a name in a zone leads to it, and is given out only when it does, but in a preview at once", async (t) => {
  const named = () => {
    const made = new LoadBalancer("lb", BALANCER_ARGS);
    const alias = made.alias("app.internal.example.com", "Z1");
    new Group("group", alias);
    return { alias };
  };
  const { one } = await record(named);
  const { inputs, parent } = one("aws:route53/record:Record");
  t.deepEqual(inputs, {
    zoneId: "Z1",
    name: "app.internal.example.com",
    type: "A",
    aliases: [
      { name: "lb-balancer-1.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5", evaluateTargetHealth: true },
    ],
  });
  t.is(parent, "lb");
  t.deepEqual(one("test:index:Group").dependencies, ["lb-name"]);
  const { built } = await record(named, { preview: true });
  t.is(await unwrap(built.alias), "app.internal.example.com");
});
