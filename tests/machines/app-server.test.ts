import test from "ava";
import { type AppServer, appServer } from "../../machines/app-server.ts";
import { databaseDomain, trustStoreUrl } from "../../machines/trust-store.ts";
import { checkUserData, danglingPaths, hasCloudInit } from "./support.ts";
import { readUserData } from "./user-data.ts";

const SERVER: AppServer = {
  region: "eu-central-1",
  release: {
    bucket: "releases-1",
    key: `releases/${"0".repeat(16)}.tar.gz`,
    name: "0".repeat(16),
    digest: "0".repeat(64),
  },
  port: 8080,
  database: {
    writer: "writer.internal.example.com",
    reader: "reader.internal.example.com",
    name: "shop",
    user: "clerk",
    secret: "credentials-1a2b3c4",
  },
};

const text = appServer(SERVER);
const { packages, files, commands, content, values } = readUserData(text);

test("an application server has Node and what fetches a release and a secret, from Debian, and no database", (t) => {
  t.deepEqual(packages, ["awscli", "ca-certificates", "curl", "nodejs", "openssl"]);
});

test("the machine knows its release, its secret, and where the authorities of its database are", (t) => {
  t.is(
    content("/etc/webstack/machine.env"),
    [
      "AWS_REGION=eu-central-1",
      "RELEASE_BUCKET=releases-1",
      `RELEASE_KEY=releases/${"0".repeat(16)}.tar.gz`,
      `RELEASE_NAME=${"0".repeat(16)}`,
      `RELEASE_DIGEST=${"0".repeat(64)}`,
      "DATABASE_SECRET=credentials-1a2b3c4",
      "DATABASE_CA_URL=https://truststore.pki.rds.amazonaws.com/eu-central-1/eu-central-1-bundle.pem",
      "",
    ].join("\n"),
  );
});

test("the application listens for the load balancer, and finds its database by name", (t) => {
  t.is(
    content("/etc/webstack/app.env"),
    [
      `APP_NAME=${"0".repeat(16)}`,
      "HOST=0.0.0.0",
      "PORT=8080",
      "DATABASE_WRITER_HOST=writer.internal.example.com",
      "DATABASE_READER_HOST=reader.internal.example.com",
      "DATABASE_PORT=3306",
      "DATABASE_NAME=shop",
      "DATABASE_USER=clerk",
      "DATABASE_PASSWORD_FILE=/run/webstack/database-password",
      "DATABASE_CA_FILE=/etc/webstack/tls/database-ca.pem",
      "DATABASE_CERTIFICATE_DOMAIN=eu-central-1.rds.amazonaws.com",
      "",
    ].join("\n"),
  );
});

test("every file is where systemd looks for it, and whatever a unit names is there or made", (t) => {
  t.deepEqual(
    files.map(({ path, permissions }) => `${permissions} ${path}`),
    [
      "0644 /etc/webstack/machine.env",
      "0644 /etc/webstack/app.env",
      "0644 /etc/systemd/timesyncd.conf.d/webstack.conf",
      "0644 /etc/chrony/sources.d/amazon.sources",
      "0644 /etc/systemd/system/webstack-ssm.service",
      "0755 /usr/local/lib/webstack/install-ssm-agent",
      "0644 /etc/systemd/system/webstack-release.service",
      "0644 /etc/systemd/system/webstack-app.service",
      "0755 /usr/local/lib/webstack/fetch-release",
      "0644 /etc/systemd/system/webstack-app.service.d/credentials.conf",
      "0644 /etc/systemd/system/webstack-credentials.service",
      "0644 /etc/systemd/system/webstack-credentials.timer",
      "0644 /etc/systemd/system/webstack-database-ca.service",
      "0755 /usr/local/lib/webstack/fetch-credentials",
      "0755 /usr/local/lib/webstack/fetch-database-ca",
    ],
  );
  const made = [
    "/usr/bin/node",
    "/usr/bin/amazon-ssm-agent",
    "/opt/webstack/current",
    "/var/lib/webstack/database-password",
    "/etc/webstack/tls/database-ca.pem",
  ];
  t.deepEqual(danglingPaths(files, made), []);
});

test("no command waits", (t) => {
  const services = ["webstack-credentials", "webstack-database-ca", "webstack-release", "webstack-app", "webstack-ssm"];
  t.deepEqual(commands, [
    ["groupadd", "--system", "--force", "webstack"],
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", ...services, "webstack-credentials.timer"],
    ["systemctl", "try-restart", "systemd-timesyncd", "chrony"],
    ["systemctl", "start", "--no-block", "webstack-app", "webstack-credentials.timer", "webstack-ssm"],
  ]);
});

test("the application starts only with its release, its password and its authorities, however long they take", (t) => {
  for (const name of ["release", "credentials", "database-ca"]) {
    t.deepEqual(values(`webstack-${name}.service`, "Before"), ["webstack-app.service"], name);
    t.deepEqual(values(`webstack-${name}.service`, "WantedBy"), ["webstack-app.service"], name);
    t.deepEqual(values(`webstack-${name}.service`, "TimeoutStartSec"), ["infinity"], name);
  }
});

test("the password is asked for again and again, and only root and the application can read it", (t) => {
  t.deepEqual(values("webstack-credentials.timer", "OnUnitInactiveSec"), ["30s"]);
  t.deepEqual(values("webstack-credentials.service", "RemainAfterExit"), []);
  t.deepEqual(values("webstack-credentials.service", "RuntimeDirectoryMode"), ["0750"]);
  t.deepEqual(values("webstack-credentials.service", "RuntimeDirectoryPreserve"), ["yes"]);
  t.deepEqual(values("webstack-credentials.service", "UMask"), ["0027"]);
  t.deepEqual(values("webstack-app.service.d/credentials.conf", "LoadCredential"), [""]);
  t.deepEqual(values("webstack-app.service.d/credentials.conf", "SupplementaryGroups"), ["webstack"]);
});

test("user data holds no secret, is the same for the same machine, and another for another release", (t) => {
  t.notRegex(text, /BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}/);
  t.is(appServer(SERVER), text);
  t.not(appServer({ ...SERVER, release: { ...SERVER.release, name: "1".repeat(16) } }), text);
});

const TLS: AppServer = { ...SERVER, port: 8443, tls: true };
const encrypted = readUserData(appServer(TLS));

test("with TLS the application gets a certificate, and a copy of its key that is made on the machine", (t) => {
  t.deepEqual(
    encrypted.files.slice(files.length).map(({ path, permissions }) => `${permissions} ${path}`),
    ["0755 /usr/local/lib/webstack/make-certificate", "0644 /etc/systemd/system/webstack-app.service.d/tls.conf"],
  );
  t.deepEqual(encrypted.values("webstack-app.service.d/tls.conf", "LoadCredential"), [
    "tls.key:/etc/webstack/tls/server.key",
  ]);
  t.deepEqual(encrypted.values("webstack-app.service.d/tls.conf", "Environment"), [
    "TLS_CERTIFICATE_FILE=/etc/webstack/tls/server.crt TLS_KEY_FILE=%d/tls.key",
  ]);
  t.deepEqual(encrypted.commands.slice(0, 3), [
    ["groupadd", "--system", "--force", "webstack"],
    ["/usr/local/lib/webstack/make-certificate", "server", "root", "DNS:localhost"],
    ["systemctl", "daemon-reload"],
  ]);
  t.regex(encrypted.content("/etc/webstack/app.env") ?? "", /^PORT=8443$/m);
  t.notRegex(appServer(TLS), /BEGIN [A-Z ]*PRIVATE KEY/);
});

test("the key is handed over after the password no longer is, since systemd reads these files by name", (t) => {
  const drops = encrypted.files
    .map(({ path }) => path)
    .filter((path) => path.startsWith("/etc/systemd/system/webstack-app.service.d/"));
  t.deepEqual(drops.toSorted(), [
    "/etc/systemd/system/webstack-app.service.d/credentials.conf",
    "/etc/systemd/system/webstack-app.service.d/tls.conf",
  ]);
});

const MONITORED: AppServer = { ...TLS, monitoring: { logGroups: { system: "/app/system", service: "/app/service" } } };
const monitored = readUserData(appServer(MONITORED));

test("with monitoring the agent is installed beside all else, and sends what the application says", (t) => {
  t.deepEqual(monitored.packages, ["awscli", "ca-certificates", "curl", "gpg", "nodejs", "openssl"]);
  t.deepEqual(
    monitored.commands.filter((command) => command.includes("webstack-monitoring")),
    [
      [
        ...["systemctl", "enable", "webstack-credentials", "webstack-database-ca", "webstack-release", "webstack-app"],
        ...["webstack-ssm", "webstack-monitoring", "webstack-credentials.timer"],
      ],
      [
        ...["systemctl", "start", "--no-block", "webstack-app", "webstack-credentials.timer"],
        ...["webstack-ssm", "webstack-monitoring"],
      ],
    ],
  );
  const agent = JSON.parse(monitored.content("/etc/webstack/monitoring.json") ?? "");
  t.deepEqual(
    agent.logs.logs_collected.files.collect_list.map((log: Record<string, string>) => Object.values(log)),
    [
      ["/var/log/webstack/journal.log", "/app/system", "{instance_id}"],
      ["/var/log/webstack/application.log", "/app/service", "{instance_id}/application"],
    ],
  );
});

test("the application's words are told from others by the name of what the service runs", (t) => {
  t.deepEqual(monitored.values("webstack-app.service", "ExecStart"), ["/usr/bin/node ."]);
  t.deepEqual(monitored.content("/usr/local/lib/webstack/copy-journal")?.match(/--(?:exclude-)?identifier=\w+/g), [
    "--identifier=node",
    "--exclude-identifier=node",
  ]);
});

test("whatever a unit names is there or made with TLS and monitoring, too", (t) => {
  const made = [
    "/usr/bin/node",
    "/usr/bin/amazon-ssm-agent",
    "/opt/webstack/current",
    "/var/lib/webstack/database-password",
    "/etc/webstack/tls/database-ca.pem",
    "/etc/webstack/tls/server.crt",
    "/etc/webstack/tls/server.key",
    "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.toml",
  ];
  t.deepEqual(danglingPaths(monitored.files, made), []);
});

test("user data fits EC2 with the longest names, TLS and monitoring", (t) => {
  const longest = appServer({
    ...SERVER,
    tls: true,
    monitoring: { logGroups: { system: "s".repeat(255), service: "t".repeat(255) } },
    region: "ap-southeast-99",
    release: { ...SERVER.release, bucket: "b".repeat(63) },
    database: {
      writer: "w".repeat(253),
      reader: "r".repeat(253),
      name: "n".repeat(31),
      user: "u".repeat(31),
      secret: "s".repeat(512),
    },
  });
  t.true(Buffer.byteLength(longest) <= 16_384);
});

for (const [region, url] of [
  ["eu-west-1", "https://truststore.pki.rds.amazonaws.com/eu-west-1/eu-west-1-bundle.pem"],
  ["us-gov-east-1", "https://truststore.pki.us-gov-west-1.rds.amazonaws.com/us-gov-east-1/us-gov-east-1-bundle.pem"],
  ["cn-northwest-1", "https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/cn-northwest-1/cn-northwest-1-bundle.pem"],
] as const) {
  test(`the authorities of databases in ${region} are where AWS publishes those of its partition`, (t) => {
    t.is(trustStoreUrl(region), url);
  });
}

test("databases have names in a domain of their region", (t) => {
  t.is(databaseDomain("eu-west-1"), "eu-west-1.rds.amazonaws.com");
  t.is(databaseDomain("cn-north-1"), "cn-north-1.rds.amazonaws.com.cn");
});

for (const [title, userData] of [
  ["plain", text],
  ["encrypted", appServer(TLS)],
  ["monitored", appServer(MONITORED)],
] as const) {
  (hasCloudInit ? test : test.skip)(`cloud-init takes the user data of an application server that is ${title}`, (t) => {
    t.regex(checkUserData(t, userData), /^Valid (cloud-config|schema)/);
  });
}
