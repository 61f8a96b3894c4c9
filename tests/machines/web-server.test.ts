import test from "ava";
import { type WebServer, webServer } from "../../machines/web-server.ts";
import { checkUserData, danglingPaths, hasCloudInit, readUserData } from "./support.ts";

const SERVER: WebServer = {
  region: "eu-central-1",
  application: "inner-balancer-1.eu-central-1.elb.amazonaws.com",
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

(hasCloudInit ? test : test.skip)("cloud-init takes the user data", (t) => {
  t.regex(checkUserData(t, text), /^Valid (cloud-config|schema)/);
});
