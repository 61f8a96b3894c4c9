import test from "ava";
import { type WebServer, webServer } from "../../machines/web-server.ts";
import { checkUserData, danglingPaths, hasCloudInit } from "./support.ts";
import { readUserData } from "./user-data.ts";

const SERVER: WebServer = {
  region: "eu-central-1",
  application: "app.internal.example.com",
  idleTimeoutSeconds: 60,
};

const text = webServer(SERVER);
const { packages, files, commands, content, values } = readUserData(text);

test("a web server has nginx and what fetches the SSM agent, from Debian", (t) => {
  t.deepEqual(packages, ["ca-certificates", "curl", "nginx"]);
});

test("every file is where nginx and systemd look for it", (t) => {
  t.deepEqual(
    files.map(({ path, permissions }) => `${permissions} ${path}`),
    [
      "0644 /etc/webstack/machine.env",
      "0644 /etc/webstack/site.conf",
      "0644 /etc/systemd/timesyncd.conf.d/webstack.conf",
      "0644 /etc/chrony/sources.d/amazon.sources",
      "0644 /etc/systemd/system/webstack-ssm.service",
      "0755 /usr/local/lib/webstack/install-ssm-agent",
      "0644 /etc/nginx/sites-available/webstack",
      "0644 /etc/nginx/conf.d/webstack-connection.conf",
      "0644 /etc/nginx/snippets/webstack-proxy.conf",
      "0644 /etc/nginx/snippets/webstack-limits.conf",
    ],
  );
  t.deepEqual(danglingPaths(files, ["/usr/bin/amazon-ssm-agent"]), []);
});

test("nginx is started with the site, and no command waits", (t) => {
  t.deepEqual(commands, [
    ["ln", "-sf", "../sites-available/webstack", "/etc/nginx/sites-enabled/default"],
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "webstack-ssm"],
    ["systemctl", "try-restart", "systemd-timesyncd", "chrony"],
    ["systemctl", "restart", "nginx"],
    ["systemctl", "start", "--no-block", "webstack-ssm"],
  ]);
  t.deepEqual(values("webstack-ssm.service", "WantedBy"), ["multi-user.target"]);
});

test("silent connections stay open for longer than at the load balancer, which would lose a request otherwise", (t) => {
  const setting = (idleTimeoutSeconds: number) =>
    readUserData(webServer({ ...SERVER, idleTimeoutSeconds })).content("/etc/webstack/site.conf");
  t.is(setting(60), `set $application http://${SERVER.application};\nkeepalive_timeout 75s;\n`);
  t.is(setting(4000), `set $application http://${SERVER.application};\nkeepalive_timeout 4015s;\n`);
});

test("nginx follows the addresses of the load balancer, and hands on who the visitor is", (t) => {
  const lines = (content("/etc/nginx/sites-available/webstack") ?? "").split("\n").map((line) => line.trim());
  for (const line of [
    "listen 80 default_server;",
    "listen [::]:80 default_server;",
    "include snippets/webstack-limits.conf;",
    "include /etc/webstack/site.conf;",
    "resolver 169.254.169.253 valid=5s ipv6=off;",
    "include snippets/webstack-proxy.conf;",
    "proxy_set_header X-Forwarded-For   $http_x_forwarded_for;",
    "proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;",
    "proxy_next_upstream error timeout http_502 http_504;",
    "proxy_pass $application;",
  ]) {
    t.true(lines.includes(line), line);
  }
  t.regex(content("/etc/nginx/snippets/webstack-proxy.conf") ?? "", /^proxy_set_header X-Web-Host {3}\$hostname;$/m);
});

test("user data is the same for the same machine, another for another load balancer, and holds no secret", (t) => {
  t.is(webServer(SERVER), text);
  t.not(webServer({ ...SERVER, application: "other" }), text);
  t.notRegex(text, /password|secret|PRIVATE KEY/i);
});

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const TLS: WebServer = { ...SERVER, tls: { applicationName: "app.internal.example.com", authority: PEM } };
const encrypted = readUserData(webServer(TLS));

test("with TLS nginx serves 443 alone, with a key made on the machine before it starts", (t) => {
  t.deepEqual(encrypted.packages, ["ca-certificates", "curl", "nginx", "openssl"]);
  const listens = encrypted.content("/etc/nginx/sites-available/webstack")?.match(/listen .*;/g);
  t.deepEqual(listens, ["listen 443 ssl default_server;", "listen [::]:443 ssl default_server;"]);
  t.deepEqual(encrypted.commands, [
    ["/usr/local/lib/webstack/make-certificate", "server", "root", "DNS:localhost"],
    ["ln", "-sf", "../sites-available/webstack", "/etc/nginx/sites-enabled/default"],
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "webstack-ssm"],
    ["systemctl", "try-restart", "systemd-timesyncd", "chrony"],
    ["systemctl", "restart", "nginx"],
    ["systemctl", "start", "--no-block", "webstack-ssm"],
  ]);
  t.deepEqual(
    encrypted.files.slice(files.length).map(({ path, permissions }) => `${permissions} ${path}`),
    ["0755 /usr/local/lib/webstack/make-certificate", "0644 /etc/webstack/tls/authority.pem"],
  );
  t.notRegex(webServer(TLS), /PRIVATE KEY/);
});

test("with TLS the load balancer of the application must have its name, signed by the authority that is given", (t) => {
  t.is(encrypted.content("/etc/webstack/tls/authority.pem"), PEM);
  t.is(
    encrypted.content("/etc/webstack/site.conf"),
    [
      `set $application https://${SERVER.application};`,
      "keepalive_timeout 75s;",
      "proxy_ssl_name app.internal.example.com;",
      "proxy_ssl_trusted_certificate /etc/webstack/tls/authority.pem;",
      "",
    ].join("\n"),
  );
});

test("where no authority is given those count that Debian trusts", (t) => {
  const tls = { applicationName: "app.internal.example.com" };
  const { content: read } = readUserData(webServer({ ...SERVER, tls }));
  t.regex(
    read("/etc/webstack/site.conf") ?? "",
    /^proxy_ssl_trusted_certificate \/etc\/ssl\/certs\/ca-certificates\.crt;$/m,
  );
  t.is(read("/etc/webstack/tls/authority.pem"), undefined);
});

test("all that is said of requests is the same with TLS and without", (t) => {
  const common = (site: string | undefined) =>
    (site ?? "").split("\n").filter((line) => !/^#|listen|ssl|^ *# |^$/.test(line));
  t.deepEqual(
    common(encrypted.content("/etc/nginx/sites-available/webstack")),
    common(content("/etc/nginx/sites-available/webstack")),
  );
});

const MONITORED: WebServer = { ...TLS, monitoring: { logGroups: { system: "/web/system", service: "/web/service" } } };
const monitored = readUserData(webServer(MONITORED));

test("with monitoring the agent is installed beside all else, and sends what nginx writes", (t) => {
  t.deepEqual(monitored.packages, ["ca-certificates", "curl", "gpg", "nginx", "openssl"]);
  t.deepEqual(
    monitored.commands.filter((command) => command.includes("webstack-monitoring")),
    [
      ["systemctl", "enable", "webstack-ssm", "webstack-monitoring"],
      ["systemctl", "start", "--no-block", "webstack-ssm", "webstack-monitoring"],
    ],
  );
  const agent = JSON.parse(monitored.content("/etc/webstack/monitoring.json") ?? "");
  t.deepEqual(
    agent.logs.logs_collected.files.collect_list.map((log: Record<string, string>) => Object.values(log)),
    [
      ["/var/log/webstack/journal.log", "/web/system", "{instance_id}"],
      ["/var/log/nginx/access.log", "/web/service", "{instance_id}/access"],
      ["/var/log/nginx/error.log", "/web/service", "{instance_id}/error"],
    ],
  );
});

test("whatever a unit names is there or made", (t) => {
  const agent = "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.toml";
  t.deepEqual(danglingPaths(monitored.files, ["/usr/bin/amazon-ssm-agent", agent]), []);
});

test("user data fits EC2 with everything, the longest names and a large authority", (t) => {
  const longest = webServer({
    ...SERVER,
    region: "ap-southeast-99",
    application: "a".repeat(253),
    tls: { applicationName: "n".repeat(253), authority: `${"x".repeat(64)}\n`.repeat(40) },
    monitoring: { logGroups: { system: "s".repeat(512), service: "t".repeat(512) } },
  });
  t.true(Buffer.byteLength(longest) <= 16_384);
});

for (const [title, userData] of [
  ["plain", text],
  ["encrypted", webServer(TLS)],
  ["monitored", webServer(MONITORED)],
] as const) {
  (hasCloudInit ? test : test.skip)(`cloud-init takes the user data of a web server that is ${title}`, (t) => {
    t.regex(checkUserData(t, userData), /^Valid (cloud-config|schema)/);
  });
}
