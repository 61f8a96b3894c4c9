import { readFileSync } from "node:fs";
import test from "ava";
import { type SimpleServer, simpleServer } from "../../machines/simple-server.ts";
import { checkUserData, danglingPaths, hasCloudInit } from "./support.ts";
import { readUserData } from "./user-data.ts";

/** The longest names there may be, for the size. */
const LONGEST: SimpleServer = {
  domain: `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(57)}.com`,
  region: "ap-southeast-99",
  release: {
    bucket: "b".repeat(63),
    key: `releases/${"0".repeat(16)}.tar.gz`,
    name: "0".repeat(16),
    digest: "0".repeat(64),
  },
  database: { name: "n".repeat(31), user: "u".repeat(31) },
  dataDevice: "/dev/sdf",
};

const SERVER: SimpleServer = {
  ...LONGEST,
  domain: "example.com",
  region: "eu-central-1",
  database: { name: "shop", user: "clerk" },
  release: { ...LONGEST.release, bucket: "releases-1" },
};

const text = simpleServer(SERVER);
const { packages, files, commands, content, values } = readUserData(text);

test("the server has nginx, Node, MariaDB, what fetches a release and what knows its disks, all from Debian", (t) => {
  t.deepEqual(packages, [
    "awscli",
    "ca-certificates",
    "curl",
    "mariadb-server",
    "nginx",
    "nodejs",
    "nvme-cli",
    "openssl",
  ]);
});

test("the machine knows its release and where its data volume is attached", (t) => {
  t.is(
    content("/etc/webstack/machine.env"),
    [
      "AWS_REGION=eu-central-1",
      "DATA_DEVICE=/dev/sdf",
      "RELEASE_BUCKET=releases-1",
      `RELEASE_KEY=releases/${"0".repeat(16)}.tar.gz`,
      `RELEASE_NAME=${"0".repeat(16)}`,
      `RELEASE_DIGEST=${"0".repeat(64)}`,
      "",
    ].join("\n"),
  );
});

test("the application listens on this machine only, and finds its database there", (t) => {
  t.is(
    content("/etc/webstack/app.env"),
    [
      `APP_NAME=${"0".repeat(16)}`,
      "HOST=127.0.0.1",
      "PORT=8080",
      "DATABASE_WRITER_HOST=127.0.0.1",
      "DATABASE_READER_HOST=127.0.0.1",
      "DATABASE_PORT=3306",
      "DATABASE_NAME=shop",
      "DATABASE_USER=clerk",
      "DATABASE_CA_FILE=/etc/webstack/tls/database.crt",
      "",
    ].join("\n"),
  );
});

test("every file is where the services look for it", (t) => {
  t.deepEqual(
    files.map(({ path, permissions }) => `${permissions} ${path}`),
    [
      "0644 /etc/webstack/machine.env",
      "0644 /etc/webstack/app.env",
      "0644 /etc/systemd/timesyncd.conf.d/webstack.conf",
      "0644 /etc/chrony/sources.d/amazon.sources",
      "0644 /etc/systemd/system/webstack-ssm.service",
      "0755 /usr/local/lib/webstack/install-ssm-agent",
      "0644 /etc/nginx/sites-available/webstack",
      "0644 /etc/nginx/conf.d/webstack-connection.conf",
      "0644 /etc/nginx/snippets/webstack-proxy.conf",
      "0644 /etc/nginx/snippets/webstack-limits.conf",
      "0644 /etc/systemd/system/webstack-release.service",
      "0644 /etc/systemd/system/webstack-app.service",
      "0755 /usr/local/lib/webstack/fetch-release",
      "0644 /etc/mysql/mariadb.conf.d/90-webstack.cnf",
      "0644 /etc/systemd/system/mariadb.service.d/webstack.conf",
      "0644 /etc/systemd/system/webstack-data.service",
      "0644 /etc/systemd/system/webstack-database.service",
      "0755 /usr/local/lib/webstack/make-certificate",
      "0755 /usr/local/lib/webstack/mount-data",
      "0755 /usr/local/lib/webstack/prepare-database",
    ],
  );
});

test("whatever a unit runs or reads is installed, made on the machine or Debian's", (t) => {
  const made = [
    "/var/lib/webstack/database-password",
    "/usr/bin/node",
    "/usr/bin/amazon-ssm-agent",
    "/opt/webstack/current",
  ];
  t.deepEqual(danglingPaths(files, made), []);
});

test("keys are made on the machine before what needs them starts, and no command waits", (t) => {
  t.deepEqual(commands, [
    ["/usr/local/lib/webstack/make-certificate", "server", "root", "DNS:example.com,DNS:www.example.com"],
    ["/usr/local/lib/webstack/make-certificate", "database", "mysql", "DNS:localhost,IP:127.0.0.1"],
    ["ln", "-sf", "../sites-available/webstack", "/etc/nginx/sites-enabled/default"],
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "webstack-data", "webstack-database", "webstack-release", "webstack-app", "webstack-ssm"],
    ["systemctl", "try-restart", "systemd-timesyncd", "chrony"],
    ["systemctl", "restart", "nginx"],
    ["systemctl", "restart", "--no-block", "mariadb"],
    ["systemctl", "start", "--no-block", "webstack-app", "webstack-ssm"],
  ]);
});

test("services start in order, and also after a reboot", (t) => {
  t.deepEqual(values("mariadb.service.d/webstack.conf", "Requires"), ["webstack-data.service"]);
  t.deepEqual(values("mariadb.service.d/webstack.conf", "After"), ["webstack-data.service"]);
  t.deepEqual(values("webstack-database.service", "Wants"), ["mariadb.service"]);
  t.deepEqual(values("webstack-database.service", "After"), ["mariadb.service"]);
  for (const name of ["database", "release"]) {
    t.deepEqual(values(`webstack-${name}.service`, "Before"), ["webstack-app.service"], name);
    t.deepEqual(values(`webstack-${name}.service`, "WantedBy"), ["webstack-app.service"], name);
  }
  for (const name of ["data", "app", "ssm"]) {
    t.deepEqual(values(`webstack-${name}.service`, "WantedBy"), ["multi-user.target"], name);
  }
});

test("a MariaDB that is stopped for an upgrade does not take the application with it", (t) => {
  for (const name of ["database", "app"]) {
    t.deepEqual(
      ["Requires", "BindsTo", "RequiredBy"].flatMap((key) => values(`webstack-${name}.service`, key)),
      [],
    );
  }
});

test("what waits for something that is not there yet is never given up by systemd", (t) => {
  for (const name of ["data", "database", "release"]) {
    t.deepEqual(values(`webstack-${name}.service`, "TimeoutStartSec"), ["infinity"], name);
  }
  t.deepEqual(values("webstack-app.service", "Restart"), ["always"]);
  t.deepEqual(values("webstack-app.service", "StartLimitIntervalSec"), ["0"]);
});

test("the application runs as nobody in particular, and cannot reach the credentials of the machine", (t) => {
  t.deepEqual(values("webstack-app.service", "DynamicUser"), ["yes"]);
  t.deepEqual(values("webstack-app.service", "CapabilityBoundingSet"), [""]);
  t.deepEqual(values("webstack-app.service", "ProtectSystem"), ["strict"]);
  t.deepEqual(values("webstack-app.service", "IPAddressDeny"), ["169.254.169.254"]);
  t.deepEqual(values("webstack-app.service", "LoadCredential"), [
    "database-password:/var/lib/webstack/database-password",
  ]);
});

test("MariaDB is reached from this machine only, over TLS only, and keeps its data on the volume", (t) => {
  t.deepEqual(
    content("/etc/mysql/mariadb.conf.d/90-webstack.cnf")
      ?.split("\n")
      .filter((line) => /^[a-z]/.test(line)),
    [
      "datadir                  = /var/lib/webstack/data/mariadb",
      "bind-address             = 127.0.0.1",
      "skip-name-resolve",
      "require-secure-transport = ON",
      "ssl-cert                 = /etc/webstack/tls/database.crt",
      "ssl-key                  = /etc/webstack/tls/database.key",
    ],
  );
});

test("nginx passes everything to the application, with where it came from and which host passed it on", (t) => {
  const parts = ["sites-available/webstack", "snippets/webstack-proxy.conf", "snippets/webstack-limits.conf"];
  const site = parts.map((part) => content(`/etc/nginx/${part}`)).join("\n");
  for (const line of [
    "server 127.0.0.1:8080;",
    "listen 80 default_server;",
    "listen 443 ssl default_server;",
    "server_tokens         off;",
    "ssl_protocols       TLSv1.2 TLSv1.3;",
    "proxy_pass http://application;",
    "include snippets/webstack-proxy.conf;",
    "include snippets/webstack-limits.conf;",
    "proxy_set_header Host         $host;",
    "proxy_set_header X-Forwarded-For   $remote_addr;",
    "proxy_set_header X-Forwarded-Proto $scheme;",
    "proxy_set_header X-Web-Host   $hostname;",
  ]) {
    t.true(
      site.split("\n").some((other) => other.trim() === line),
      line,
    );
  }
});

test("user data holds no secret: no private key, and no password but the name of the file that the machine makes", (t) => {
  t.notRegex(text, /BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}/);
  const suspicious = text.split("\n").filter((line) => /password|secret/i.test(line));
  t.deepEqual(
    suspicious.filter(
      (line) => !/password_file|database-password|\$password|The password is made here|no process list/.test(line),
    ),
    [],
  );
});

test("user data is the same for the same machine, and fits EC2 with the longest names", (t) => {
  t.is(simpleServer(SERVER), text);
  t.true(Buffer.byteLength(simpleServer(LONGEST)) <= 16_384);
});

test("another release is other user data, which is what makes the server a new one", (t) => {
  t.not(simpleServer({ ...SERVER, release: { ...SERVER.release, name: "1".repeat(16) } }), text);
});

(hasCloudInit ? test : test.skip)("cloud-init takes the user data", (t) => {
  t.regex(checkUserData(t, text), /^Valid (cloud-config|schema)/);
  t.notRegex(checkUserData(t, text), /deprecat/i);
  // So that it is known that the check can fail.
  t.regex(checkUserData(t, text.replace("runcmd:", "runcmd: 5\nruncmds:")), /runcmd/);
});

test("nginx's configuration in the repository is what is installed", (t) => {
  t.is(content("/etc/nginx/sites-available/webstack"), readFileSync("machines/nginx/site.conf", "utf8"));
});
