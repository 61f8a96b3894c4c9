import test from "ava";
import type { Listener, RuleCondition } from "../../../../local/live/account/account.ts";
import { condition } from "../../../../local/live/balancers/conditions.ts";
import { configurationOf } from "../../../../local/live/balancers/configuration.ts";
import { tlsParameters } from "../../../../local/live/balancers/tls-policies.ts";
import { balancer, forwardTo, GROUP, group, listener, node, targets } from "./accounts.ts";

const CERTIFICATES = ["one", "two"].map((name) => `arn:aws:acm:eu-west-1:123456789012:certificate/${name}`);

const toHttps = listener({
  rules: [
    {
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
    },
  ],
});

const https: Listener = listener({
  port: 443,
  protocol: "HTTPS",
  sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
  certificates: CERTIFICATES.map((arn) => ({ arn, type: "IMPORTED", names: [] })),
  attributes: {
    "routing.http.response.strict_transport_security.header_value": "max-age=63072000; includeSubDomains",
    "routing.http.response.server.enabled": "false",
  },
  rules: [forwardTo()],
});

/** A part of a configuration, by how it begins. */
const part = (configuration: string, head: string): string[] =>
  configuration
    .split("\n\n")
    .find((each) => each.startsWith(`${head}\n`))
    ?.trim()
    .split(/\n +/)
    .slice(1) ?? [];

test("a site with HTTPS to its targets is configured as this", (t) => {
  const secured = group(
    {
      protocol: "HTTPS",
      algorithm: "least_outstanding_requests",
      slowStartSeconds: 30,
      deregistrationDelaySeconds: 600,
      targets: [...targets(8443), { id: "i-unknown", port: 8443 }],
    },
    { protocol: "HTTPS" },
  );
  const one = node(secured, { address: "10.0.1.7", listeners: [toHttps, https] });
  const attributes = { "routing.http.drop_invalid_header_fields.enabled": "true" };
  const page = (phrase: string) =>
    String.raw`"<html>\r\n<head><title>${phrase}</title></head>\r\n<body>\r\n<center><h1>${phrase}</h1></center>\r\n</body>\r\n</html>\r\n"`;
  t.is(
    configurationOf({ ...one, balancer: { ...one.balancer, attributes, idleTimeoutSeconds: 75 } }),
    `global
  nbthread 1
  stats socket /live/stats.sock mode 600 level admin expose-fd listeners
  server-state-file /live/servers.state
  hard-stop-after 600s

defaults
  mode http
  load-server-state-from-file global
  option idle-close-on-response
  retries 0
  timeout connect 10s
  timeout client 75s
  timeout server 75s
  timeout http-keep-alive 75s
  timeout http-request 75s
  errorfile 400 /live/pages/400.http
  errorfile 502 /live/pages/502.http
  errorfile 503 /live/pages/503.http
  errorfile 504 /live/pages/504.http

frontend 80
  bind :80
  http-after-response set-status 504 reason 'Gateway Time-out' if { txn.sess_term_state -m str sC }
  http-request set-var(txn.rule) int(1) if !{ var(txn.rule) -m found }
  http-request set-var-fmt(txn.query) '?%[query]' if { query,length gt 0 }
  http-request return status 301 content-type text/html hdr Server awselb/2.0 hdr Location 'https://%[req.hdr(host),host_only]:443/%[path,bytes(1)]%[var(txn.query)]' string ${page("301 Moved Permanently")} if { var(txn.rule) -m int 1 }
  http-request del-header '[^-A-Za-z0-9]' -m reg
  http-request set-header X-Forwarded-For '%[req.fhdr(X-Forwarded-For)], %[src]' if { req.fhdr(X-Forwarded-For) -m found }
  http-request set-header X-Forwarded-For %[src] unless { req.fhdr(X-Forwarded-For) -m found }
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Port 80
  http-request set-header X-Amzn-Trace-Id 'Root=1-%{+X}Ts-%[uuid(),regsub(-,,g),bytes(0,24)]' unless { req.hdr(X-Amzn-Trace-Id) -m found }

frontend 443
  bind :443 ssl crt /live/certificates/one.pem crt /live/certificates/two.pem alpn h2,http/1.1 ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3
  http-after-response set-status 504 reason 'Gateway Time-out' if { txn.sess_term_state -m str sC }
  http-after-response set-header Strict-Transport-Security 'max-age=63072000; includeSubDomains'
  http-after-response del-header Server
  http-request set-var(txn.rule) int(1) if !{ var(txn.rule) -m found }
  http-request del-header '[^-A-Za-z0-9]' -m reg
  http-request set-header X-Forwarded-For '%[req.fhdr(X-Forwarded-For)], %[src]' if { req.fhdr(X-Forwarded-For) -m found }
  http-request set-header X-Forwarded-For %[src] unless { req.fhdr(X-Forwarded-For) -m found }
  http-request set-header X-Forwarded-Proto https
  http-request set-header X-Forwarded-Port 443
  http-request set-header X-Amzn-Trace-Id 'Root=1-%{+X}Ts-%[uuid(),regsub(-,,g),bytes(0,24)]' unless { req.hdr(X-Amzn-Trace-Id) -m found }
  use_backend web.0123456789abcdef if { var(txn.rule) -m int 1 } { nbsrv(web.0123456789abcdef) gt 0 }
  use_backend web.0123456789abcdef.open if { var(txn.rule) -m int 1 }

backend web.0123456789abcdef
  balance leastconn
  option httpchk
  http-check send meth GET uri /health ver HTTP/1.1 hdr Host 10.0.1.7 hdr User-Agent ELB-HealthChecker/2.0 hdr Connection close
  http-check expect status 200
  timeout check 2s
  default-server ssl verify none check check-ssl inter 5s rise 2 fall 2 slowstart 30s
  server i-1:8443 127.0.0.1:8443

backend web.0123456789abcdef.open
  balance leastconn
  http-request return status 503 content-type text/html hdr Server awselb/2.0 string ${page("503 Service Temporarily Unavailable")} if { nbsrv eq 0 }
  default-server ssl verify none
  server i-1:8443 127.0.0.1:8443
`,
  );
});

test("groups that no listener forwards to are left out", (t) => {
  const other = group({ arn: `${GROUP}0` });
  const configuration = configurationOf({ ...node(group()), targetGroups: [group(), other] });
  t.deepEqual(configuration.match(/^backend .*/gm), [
    "backend web.0123456789abcdef",
    "backend web.0123456789abcdef.open",
  ]);
});

test("a target that is known by its address needs no instance, and a cookie names the same target in every zone", (t) => {
  const sticky = group({
    stickiness: { type: "lb_cookie", seconds: 3_600 },
    targets: [{ id: "10.0.1.9", port: 80 }],
  });
  const backend = (address: string) => part(configurationOf(node(sticky, { address })), "backend web.0123456789abcdef");
  const [balance, cookie] = backend("10.0.1.7");
  t.deepEqual([balance, cookie], ["balance roundrobin", "cookie AWSALB insert nocache maxidle 3600s"]);
  t.regex(backend("10.0.1.7").at(-1) ?? "", /^server 10\.0\.1\.9:80 10\.0\.1\.9:80 cookie [0-9a-f]{32}$/);
  t.is(backend("10.0.1.7").at(-1), backend("10.0.2.7").at(-1));
});

test("groups draw by weight, and one without a weight gets nothing", (t) => {
  const forward = (...weights: number[]) => ({
    conditions: [],
    action: {
      kind: "forward" as const,
      targetGroups: weights.map((weight, index) => ({ arn: `${GROUP}${index}`, weight })),
    },
  });
  const uses = (...weights: number[]) =>
    part(
      configurationOf(node(group(), { listeners: [listener({ rules: [forward(...weights)] })] })),
      "frontend 80",
    ).filter((line) => line.startsWith("use_backend") && !line.includes("nbsrv"));
  const chosen = "if { var(txn.rule) -m int 1 }";
  t.deepEqual(uses(1, 0, 3), [
    `use_backend web.0123456789abcdef0.open ${chosen} { var(txn.draw),mod(4) lt 1 }`,
    `use_backend web.0123456789abcdef2.open ${chosen} { var(txn.draw),mod(4) lt 4 }`,
  ]);
  t.deepEqual(uses(0, 5), [`use_backend web.0123456789abcdef1.open ${chosen}`]);
});

test("the attributes of a load balancer decide what targets are told", (t) => {
  const requests = (attributes: Record<string, string>) =>
    part(configurationOf({ ...node(group()), balancer: { ...balancer(), attributes } }), "frontend 80").filter((line) =>
      /^http-request (set|del)-header X-Forwarded-For/.test(line),
    );
  t.deepEqual(requests({ "routing.http.xff_header_processing.mode": "preserve" }), []);
  t.deepEqual(requests({ "routing.http.xff_header_processing.mode": "remove" }), [
    "http-request del-header X-Forwarded-For",
  ]);
  t.is(
    requests({ "routing.http.xff_client_port.enabled": "true" })[1],
    "http-request set-header X-Forwarded-For %[src]:%[src_port] unless { req.fhdr(X-Forwarded-For) -m found }",
  );
  const secure = configurationOf({
    ...node(group(), { listeners: [https] }),
    balancer: {
      ...balancer({ listeners: [https] }),
      attributes: {
        "routing.http2.enabled": "false",
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "true",
      },
    },
  });
  t.regex(secure, / alpn http\/1\.1 /);
  t.regex(
    secure,
    /X-Amzn-Tls-Version %\[ssl_fc_protocol\]\n +http-request set-header X-Amzn-Tls-Cipher-Suite %\[ssl_fc_cipher\]/,
  );
});

const isCondition = (given: RuleCondition, expected: string) =>
  test(`a rule by ${given.field} is this: ${given.values.join(", ")}`, (t) => {
    t.is(condition(given), expected);
  });

isCondition(
  { field: "host-header", values: ["*.example.com", "a?.example.com"] },
  String.raw`{ req.hdr(host),host_only -m reg -i -- '^.*\.example\.com$' '^a.\.example\.com$' }`,
);
isCondition({ field: "path-pattern", values: ["/it's/$x"] }, String.raw`{ path -m reg -- '^/it\x27s/\$x$' }`);
isCondition({ field: "http-header", name: "X-A", values: ["b c"] }, "{ req.fhdr(X-A) -m reg -i -- '^b c$' }");
isCondition({ field: "http-request-method", values: ["GET", "HEAD"] }, "{ method -m str -- GET HEAD }");
isCondition({ field: "source-ip", values: ["10.0.0.0/8"] }, "{ src 10.0.0.0/8 }");

const GCM =
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

test("security policies are versions and ciphers", (t) => {
  const versions = (minimum: string, maximum: string) => `ssl-min-ver TLSv${minimum} ssl-max-ver TLSv${maximum}`;
  t.is(tlsParameters("ELBSecurityPolicy-TLS13-1-3-2021-06"), versions("1.3", "1.3"));
  t.is(tlsParameters("ELBSecurityPolicy-TLS13-1-2-Res-2021-06"), `${versions("1.2", "1.3")} ciphers ${GCM}`);
  t.is(tlsParameters("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"), `${versions("1.2", "1.3")} ciphers ${GCM}`);
  const standard = tlsParameters("ELBSecurityPolicy-TLS13-1-2-2021-06");
  t.true(standard.startsWith(`${versions("1.2", "1.3")} ciphers ${GCM}:ECDHE-ECDSA-AES128-SHA256:`));
  t.false(/AES\d+-SHA(:|$)|SECLEVEL/.test(standard));
  const old = tlsParameters("ELBSecurityPolicy-2016-08");
  t.true(old.startsWith(`${versions("1.0", "1.2")} ciphers ${GCM}`) && old.endsWith(":AES256-SHA:@SECLEVEL=0"));
  t.true(tlsParameters("ELBSecurityPolicy-FS-1-2-Res-2019-08").startsWith(versions("1.2", "1.2")));
});
