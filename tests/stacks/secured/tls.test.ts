import test from "ava";
import { unwrap } from "../../components/support.ts";
import { userDataOf } from "../support.ts";
import { BALANCER, build, EDGE, PASSIVE } from "./support.ts";

const LISTENER = "aws:lb/listener:Listener";
const TARGETS = "aws:lb/targetGroup:TargetGroup";

const arn = (kind: string, name: string) => `arn:aws:elasticloadbalancing:eu-central-1:123456789012:${kind}/${name}`;

/** Listeners by their names, without what all of them have. */
const listeners = ({ all }: Awaited<ReturnType<typeof build>>) =>
  Object.fromEntries(
    all(LISTENER).map(({ name, inputs: { tags: _, loadBalancerArn: __, certificateArn: ___, ...inputs } }) => [
      name,
      inputs,
    ]),
  );

test("visitors are served on port 443 by TLS 1.2 and 1.3 and told to stay there, and port 80 sends them to it for good", async (t) => {
  t.deepEqual(listeners(await build()), {
    "public-http": {
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
      routingHttpResponseServerEnabled: false,
    },
    "public-https": {
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultActions: [{ type: "forward", targetGroupArn: arn("targetgroup", "public-targets/2") }],
      routingHttpResponseServerEnabled: false,
      routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
    },
    "inner-https": {
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultActions: [{ type: "forward", targetGroupArn: arn("targetgroup", "inner-targets/2") }],
      routingHttpResponseServerEnabled: false,
    },
  });
});

test("each listener belongs to the load balancer it is named for", async (t) => {
  const { all } = await build(PASSIVE);
  t.deepEqual(
    all(LISTENER)
      .map(({ name, inputs, parent }) => [name, inputs.loadBalancerArn, parent])
      .sort(),
    [
      ["inner-https", arn("loadbalancer/app", "inner-balancer/1"), "inner"],
      ["public-http", arn("loadbalancer/app", "public-balancer/1"), "public"],
      ["public-https", arn("loadbalancer/app", "public-balancer/1"), "public"],
      ["standby-inner-https", arn("loadbalancer/app", "standby-inner-balancer/1"), "standby-inner"],
      ["standby-public-http", arn("loadbalancer/app", "standby-public-balancer/1"), "standby-public"],
      ["standby-public-https", arn("loadbalancer/app", "standby-public-balancer/1"), "standby-public"],
    ],
  );
});

test("port 80 turns to the redirect only when the web servers are there that port 443 leads to", async (t) => {
  const { one } = await build(PASSIVE);
  t.true(one(LISTENER, "public-http").dependencies.includes("web-group"));
  t.true(one(LISTENER, "standby-public-http").dependencies.includes("standby-web-group"));
  t.false(one(LISTENER, "public-https").dependencies.includes("web-group"));
});

test("where TLS ends at the edge the inner load balancer speaks HTTP, and the public one as ever", async (t) => {
  const end = listeners(await build());
  const edge = listeners(await build(EDGE));
  t.deepEqual(edge, {
    "public-http": end["public-http"],
    "public-https": end["public-https"],
    "inner-http": {
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: arn("targetgroup", "inner-targets/2") }],
    },
  });
});

test("another policy is that of both load balancers, and with HSTS turned off browsers are told to forget it", async (t) => {
  const policy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
  const { "public-https": front, "inner-https": inner } = listeners(
    await build({ "tls.policy": policy, "tls.hstsSeconds": 0 }),
  );
  t.is(front?.sslPolicy, policy);
  t.is(inner?.sslPolicy, policy);
  t.is(front?.routingHttpResponseStrictTransportSecurityHeaderValue, "max-age=0");
  t.is(inner?.routingHttpResponseStrictTransportSecurityHeaderValue, undefined);
});

for (const [encryption, changes, web, app] of [
  ["end-to-end", {}, { port: 443, protocol: "HTTPS" }, { port: 8443, protocol: "HTTPS" }],
  ["edge", EDGE, { port: 80, protocol: "HTTP" }, { port: 8080, protocol: "HTTP" }],
] as const) {
  test(`with encryption ${encryption} servers are spoken to, and asked how they are, by ${web.protocol}`, async (t) => {
    const { all, one } = await build({ ...changes, ...PASSIVE });
    for (const [name, { port, protocol }] of [
      ["public-targets", web],
      ["inner-targets", app],
      ["standby-public-targets", web],
      ["standby-inner-targets", app],
    ] as const) {
      t.like(one(TARGETS, name).inputs, {
        port,
        protocol,
        healthCheck: { path: "/healthz", protocol, port: "traffic-port", matcher: "200" },
      });
    }
    t.is(all(TARGETS).length, 4);
  });
}

test("load balancers drop headers that are not valid", async (t) => {
  const { all } = await build(PASSIVE);
  t.deepEqual(
    all(BALANCER).map(({ inputs }) => inputs.dropInvalidHeaderFields),
    [true, true, true, true],
  );
});

test("servers make their keys themselves, and web servers listen on port 443 alone", async (t) => {
  const stack = await build();
  const make = ["/usr/local/lib/webstack/make-certificate", "server", "root", "DNS:localhost"];
  for (const template of ["web-template", "app-template"]) {
    const { commands, text } = userDataOf(stack, template);
    t.deepEqual(
      commands.filter(([command]) => command === make[0]),
      [make],
      template,
    );
    t.false(text.includes("PRIVATE KEY"), template);
  }
  const sites = userDataOf(stack, "web-template").files.filter(({ path }) => path.startsWith("/etc/nginx/"));
  const listening = sites.flatMap(({ content }) => content.match(/^\s*listen .*;$/gm) ?? []).map((line) => line.trim());
  t.deepEqual(listening, ["listen 443 ssl default_server;", "listen [::]:443 ssl default_server;"]);
});

test("the application serves HTTPS on its own port, and connects to no database that it cannot verify", async (t) => {
  const { content } = userDataOf(await build(), "app-template");
  const lines = content("/etc/webstack/app.env")?.split("\n") ?? [];
  for (const line of [
    "PORT=8443",
    "DATABASE_WRITER_HOST=writer.internal.example.com",
    "DATABASE_CA_FILE=/etc/webstack/tls/database-ca.pem",
    "DATABASE_CERTIFICATE_DOMAIN=eu-central-1.rds.amazonaws.com",
  ]) {
    t.true(lines.includes(line), line);
  }
  t.truthy(content("/etc/systemd/system/webstack-app.service.d/tls.conf"));
});

test("where TLS ends at the edge servers have no keys", async (t) => {
  const stack = await build(EDGE);
  for (const template of ["web-template", "app-template"]) {
    t.false(userDataOf(stack, template).text.includes("make-certificate"), template);
  }
  t.true(userDataOf(stack, "app-template").content("/etc/webstack/app.env")?.includes("\nPORT=8080\n"));
});

test("every instance of the database refuses connections without TLS", async (t) => {
  const { all } = await build({ "database.replicaRegion": "eu-west-1" });
  const groups = all("aws:rds/parameterGroup:ParameterGroup");
  t.is(groups.length, 2);
  for (const { name, inputs } of groups) {
    const { parameters } = inputs as { parameters: readonly { name: string; value: string }[] };
    t.deepEqual(
      parameters.filter((parameter) => parameter.name === "require_secure_transport"),
      [{ name: "require_secure_transport", value: "1" }],
      name,
    );
  }
});

test("the review says of every hop what encrypts it", async (t) => {
  const hops = async (changes?: Parameters<typeof build>[0]) =>
    (await unwrap((await build(changes)).built)).review.hops.map(
      ({ from, to, encrypted }) => `${from} -> ${to}: ${encrypted}`,
    );
  t.deepEqual(await hops(), [
    "client -> public load balancer: true",
    "public load balancer -> web server: true",
    "web server -> inner load balancer: true",
    "inner load balancer -> application: true",
    "application -> database: true",
  ]);
  t.deepEqual(await hops(EDGE), [
    "client -> public load balancer: true",
    "public load balancer -> web server: false",
    "web server -> inner load balancer: false",
    "inner load balancer -> application: false",
    "application -> database: true",
  ]);
});

test("health checks from outside ask by HTTPS what visitors ask", async (t) => {
  const health = "aws:route53/healthCheck:HealthCheck";
  const { one } = await build({ "dns.healthChecks": true });
  t.like(one(health, "dns-health").inputs, {
    type: "HTTPS",
    fqdn: "example.com",
    port: 443,
    resourcePath: "/healthz",
  });
});
