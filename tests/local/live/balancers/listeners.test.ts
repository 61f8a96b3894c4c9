import type { ListenerRule } from "../../../../local/live/account/account.ts";
import { newAuthority } from "../../provider/aws/acm/authority.ts";
import { privileged } from "../privileged.ts";
import { forwardTo, group, listener, node, targets } from "./accounts.ts";
import { healthy, portOf, Street } from "./street.ts";

const QUICK = { intervalSeconds: 1, timeoutSeconds: 1 };

const toHttps: ListenerRule = {
  conditions: [],
  action: {
    kind: "redirect",
    protocol: "HTTPS",
    host: "#{host}",
    port: "443",
    path: "/#{path}",
    query: "#{query}",
    status: 301,
  },
};

const says = (body: string, conditions: ListenerRule["conditions"]): ListenerRule => ({
  conditions,
  action: { kind: "fixed-response", status: 200, contentType: "text/plain", body },
});

async function pem(authority: Awaited<ReturnType<typeof newAuthority>>, name: string): Promise<string> {
  const { certificateBody, certificateChain, privateKey } = await authority.issue(name);
  return [certificateBody, certificateChain, privateKey].map((part) => part.trim()).join("\n");
}

privileged("visitors of port 80 are sent to the same place by HTTPS, as AWS words it", async (t) => {
  const street = await Street.open(t);
  await street.balancer(node(group(), { listeners: [listener({ rules: [toHttps] })] }));
  const locationOf = async (path: string, host = "shop.example.com") => {
    const { status, headers } = await street.ask(`http://127.0.0.1${path}`, { headers: { Host: host } });
    return [status, headers.location];
  };
  t.deepEqual(await locationOf("/"), [301, "https://shop.example.com:443/"]);
  t.deepEqual(await locationOf("/a/b?c=d&e=100%25"), [301, "https://shop.example.com:443/a/b?c=d&e=100%25"]);
  t.deepEqual(await locationOf("/", "shop.example.com:8080"), [301, "https://shop.example.com:443/"]);
  const { body, headers } = await street.ask("http://127.0.0.1/");
  t.regex(body, /<center><h1>301 Moved Permanently<\/h1><\/center>/);
  t.is(headers.server, "awselb/2.0");
});

privileged("the first rule that fits decides, by host, path, header, method and source", async (t) => {
  const street = await Street.open(t);
  const rules = [
    says("host", [{ field: "host-header", values: ["*.Shop.example", "shop.exampl?"] }]),
    says("path and method", [
      { field: "path-pattern", values: ["/api/*", "/it's"] },
      { field: "http-request-method", values: ["POST", "PUT"] },
    ]),
    says("path", [{ field: "path-pattern", values: ["/api/*"] }]),
    says("header", [{ field: "http-header", name: "X-Kind", values: ["*blue?"] }]),
    says("elsewhere", [{ field: "source-ip", values: ["192.0.2.0/24"] }]),
    says('here "and" $HOME\nit\'s 100%', [{ field: "source-ip", values: ["127.0.0.0/8"] }]),
    says("nowhere", []),
  ];
  await street.balancer(node(group(), { listeners: [listener({ rules })] }));
  const said = async (path: string, asking = {}) => (await street.ask(`http://127.0.0.1${path}`, asking)).body;
  t.is(await said("/api/x", { headers: { Host: "WWW.shop.example:80" } }), "host");
  t.is(await said("/", { headers: { Host: "shop.example" } }), "host");
  t.is(await said("/", { headers: { Host: "shop.exampleX" } }), 'here "and" $HOME\nit\'s 100%');
  t.is(await said("/api/x?y", { method: "POST" }), "path and method");
  t.is(await said("/it's", { method: "PUT" }), "path and method");
  t.is(await said("/api/x"), "path");
  t.is(await said("/API/x", { headers: { "x-kind": "light BLUES" } }), "header");
  t.is(await said("/"), 'here "and" $HOME\nit\'s 100%');
});

privileged("targets are told who asks, and invalid headers are dropped on request", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001]);
  const attributes = { "routing.http.drop_invalid_header_fields.enabled": "true" };
  const one = node(group({ targets: targets(8001) }, QUICK));
  const balancer = await street.balancer({ ...one, balancer: { ...one.balancer, attributes } });
  await healthy(t, balancer, [8001]);
  const headersOf = async (headers = {}) =>
    JSON.parse((await street.ask("http://127.0.0.1/", { headers: { Host: "shop.example", ...headers } })).body).headers;
  const first = await headersOf({ under_score: "1" });
  t.regex(first["x-amzn-trace-id"], /^Root=1-[0-9A-F]{8}-[0-9a-f]{24}$/);
  const { "x-amzn-trace-id": _, connection: __, ...others } = first;
  t.deepEqual(others, {
    host: "shop.example",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-port": "80",
    "x-forwarded-proto": "http",
  });
  const second = await headersOf({
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Amzn-Trace-Id": "Root=1-2-3",
  });
  t.is(second["x-forwarded-for"], "203.0.113.7, 127.0.0.1");
  t.is(second["x-forwarded-proto"], "http");
  t.is(second["x-amzn-trace-id"], "Root=1-2-3");
});

privileged(
  "each name gets its certificate, and answers their headers; targets speak TLS with any certificate",
  async (t) => {
    const authority = await newAuthority();
    const own = await authority.issue("target.internal");
    const street = await Street.open(t);
    await street.servers([8001], { cert: own.certificateBody, key: own.privateKey });
    const certificates = new Map([
      ["arn:aws:acm:eu-west-1:1:certificate/one", await pem(authority, "one.example")],
      ["arn:aws:acm:eu-west-1:1:certificate/two", await pem(authority, "two.example")],
    ]);
    const https = listener({
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificates: [...certificates.keys()].map((arn) => ({ arn, type: "IMPORTED", names: [] })),
      attributes: {
        "routing.http.response.strict_transport_security.header_value": "max-age=63072000",
        "routing.http.response.server.enabled": "false",
      },
      rules: [forwardTo()],
    });
    const secured = group({ protocol: "HTTPS", targets: targets(8001) }, { ...QUICK, protocol: "HTTPS" });
    const balancer = await street.balancer(node(secured, { listeners: [https], certificates }));
    await healthy(t, balancer, [8001]);
    const ask = (serverName: string) => street.ask("https://127.0.0.1/", { serverName });
    t.is((await ask("two.example")).commonName, "two.example");
    t.is((await ask("one.example")).commonName, "one.example");
    const answer = await ask("other.example");
    t.is(answer.commonName, "one.example");
    t.is(portOf(answer), 8001, `${answer.status} ${answer.body}`);
    t.is(answer.headers["strict-transport-security"], "max-age=63072000");
    t.false("server" in answer.headers);
    t.is(JSON.parse(answer.body).headers["x-forwarded-proto"], "https");

    const renewed = new Map([
      ...certificates,
      ["arn:aws:acm:eu-west-1:1:certificate/two", await pem(authority, "three.example")] as const,
    ]);
    await balancer.configure(node(secured, { listeners: [https], certificates: renewed }));
    t.is((await ask("three.example")).commonName, "three.example");
  },
);

privileged("a listener without its certificate does not listen until it has it", async (t) => {
  const street = await Street.open(t);
  const arn = "arn:aws:acm:eu-west-1:1:certificate/one";
  const certificate = { arn, type: "AMAZON_ISSUED", names: ["one.example"] } as const;
  const https = listener({ port: 443, protocol: "HTTPS", certificates: [certificate], rules: [says("here", [])] });
  const one = node(group(), { listeners: [https, listener({ rules: [toHttps] })] });
  const balancer = await street.balancer(one);
  await t.throwsAsync(street.ask("https://127.0.0.1/"), { message: /ECONNREFUSED/ });
  const certificates = new Map([[arn, await pem(await newAuthority(), "one.example")]]);
  await balancer.configure({ ...one, certificates });
  t.is((await street.ask("https://127.0.0.1/")).body, "here");
});

privileged("two groups with weights share requests by them", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 8002]);
  const other = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/other/0123456789abcdef";
  const one = group({ targets: targets(8001) }, QUICK);
  const two = group({ arn: other, targets: targets(8002) }, QUICK);
  const share = (first: number, second: number): ListenerRule => ({
    conditions: [],
    action: {
      kind: "forward",
      targetGroups: [
        { arn: one.arn, weight: first },
        { arn: other, weight: second },
      ],
    },
  });
  const shared = (first: number, second: number) => ({
    ...node(one, { listeners: [listener({ rules: [share(first, second)] })] }),
    targetGroups: [one, two],
  });
  const balancer = await street.balancer(shared(1, 3));
  await healthy(t, balancer, [8001, 8002]);
  const served = await street.served(200);
  const first = served.filter((port) => port === 8001).length;
  t.true(first > 20 && first < 80, `${first} of 200`);
  await balancer.configure(shared(0, 1));
  t.deepEqual(new Set(await street.served(20)), new Set([8002]));
});

privileged("a configuration that HAProxy refuses is an error with its words", async (t) => {
  const street = await Street.open(t);
  const arn = "arn:aws:acm:eu-west-1:1:certificate/one";
  const https = listener({ port: 443, protocol: "HTTPS", certificates: [{ arn, type: "IMPORTED", names: [] }] });
  const broken = node(group(), { listeners: [https], certificates: new Map([[arn, "nothing"]]) });
  await t.throwsAsync(street.balancer(broken), { message: /one\.pem/ });
});
