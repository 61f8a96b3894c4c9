import test from "ava";
import { many, type Problem, refusal, rm, set, stackFile, unusedBy, whole } from "./problems.ts";

const unused = unusedBy("distributed");

const FILES: readonly (readonly [file: string, ...problems: Problem[]])[] = [
  // Names
  [
    "domain: www.example.com",
    [
      "domain",
      'is "www.example.com". It must be a domain name in lower case, such as example.com, without www. in front of it (that name is added).',
      "pulumi config set webstack:domain example.com",
    ],
  ],
  [
    `domain: ${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.com`,
    [
      "domain",
      "has 247 letters. It must have 237 at most, since names inside the network are longer.",
      "pulumi config set webstack:domain example.com",
    ],
  ],
  [
    "dns: { zone: existing, zoneName: example.org }",
    [
      "dns.zoneName",
      'is "example.org", which does not hold the domain "example.com".',
      set("dns.zoneName", "example.com"),
    ],
  ],
  ["dns: { dnssec: true }", unused("dns.dnssec", "secured")],
  ["dns: { ttlSeconds: 5 }", whole("dns.ttlSeconds", "5", 30, 86_400, "300")],
  [
    "dns: { healthChecks: sometimes }",
    ["dns.healthChecks", 'is "sometimes". It must be true or false.', set("dns.healthChecks", "true")],
  ],
  ["dns: { zone: make }", ["dns.zone", 'is "make". It must be create or existing.', set("dns.zone", "create")]],
  // Network
  [
    "network: { cidr: 10.0.0.0/12 }",
    [
      "network.cidr",
      'is "10.0.0.0/12". It must be a private IPv4 network such as 10.0.0.0/16 that starts at its own address and is between /16 and /24 (a sixteenth of it is a subnet, and AWS takes none smaller than /28).',
      set("network.cidr", "10.0.0.0/16"),
    ],
  ],
  ["network: { zones: 1 }", whole("network.zones", "1", 2, 3, "2")],
  ["network: { zones: 4 }", whole("network.zones", "4", 2, 3, "2")],
  [
    "network: { nat: gateway }",
    ["network.nat", 'is "gateway". It must be none, single, per-zone or regional.', set("network.nat", "single")],
  ],
  [
    "network: { endpoints: [s3, dynamodb] }",
    [
      "network.endpoints[1]",
      'is "dynamodb". It must be s3, ssm, secretsmanager, logs or monitoring.',
      set("network.endpoints[1]", "s3"),
    ],
  ],
  [
    "network: { endpoints: [s3, s3] }",
    ["network.endpoints", 'is ["s3","s3"]. It must be a list of at most 5 different entries.', rm("network.endpoints")],
  ],
  ["network: { flowLogs: true }", unused("network.flowLogs", "secured")],
  ["network: { ipv6: 6 }", ["network.ipv6", "is 6. It must be true or false.", set("network.ipv6", "true")]],
  // Balancing
  [
    "loadBalancing: { algorithm: roundRobin }",
    [
      "loadBalancing.algorithm",
      'is "roundRobin". It must be round-robin, least-connections or ip-hash.',
      set("loadBalancing.algorithm", "round-robin"),
    ],
  ],
  [
    "loadBalancing: { mode: passive }",
    [
      "loadBalancing.mode",
      'is "passive". It must be active-active or active-passive.',
      set("loadBalancing.mode", "active-active"),
    ],
  ],
  [
    "loadBalancing: { slowStartSeconds: 60, algorithm: least-connections }",
    [
      "loadBalancing.slowStartSeconds",
      "is 60, but the algorithm least-connections has no slow start.",
      set("loadBalancing.slowStartSeconds", "0"),
    ],
  ],
  [
    "loadBalancing: { slowStartSeconds: 10 }",
    [
      "loadBalancing.slowStartSeconds",
      "is 10. It must be 0 or from 30 to 900.",
      set("loadBalancing.slowStartSeconds", "30"),
    ],
  ],
  ["loadBalancing: { drainSeconds: 4 }", whole("loadBalancing.drainSeconds", "4", 5, 3600, "30")],
  [
    "loadBalancing: { stickinessSeconds: 604801 }",
    whole("loadBalancing.stickinessSeconds", "604801", 1, 604_800, "86400"),
  ],
  ["loadBalancing: { accessLogs: true }", unused("loadBalancing.accessLogs", "secured")],
  [
    "loadBalancing: { healthCheck: { path: healthz } }",
    [
      "loadBalancing.healthCheck.path",
      'is "healthz". It must be a path that starts with / and holds neither spaces nor control characters.',
      set("loadBalancing.healthCheck.path", "/healthz"),
    ],
  ],
  [
    "loadBalancing: { healthCheck: { intervalSeconds: 5, timeoutSeconds: 5 } }",
    [
      "loadBalancing.healthCheck.timeoutSeconds",
      "is 5, not less than intervalSeconds, which is 5.",
      set("loadBalancing.healthCheck.timeoutSeconds", "4"),
    ],
  ],
  [
    "loadBalancing: { healthCheck: { unhealthyChecks: 1 } }",
    whole("loadBalancing.healthCheck.unhealthyChecks", "1", 2, 10, "2"),
  ],
  [
    "loadbalancing: { mode: active-passive }",
    ["loadbalancing", "is unknown. Did you mean webstack:loadBalancing?", rm("loadbalancing")],
  ],
  // Fleets
  [
    "web: { instanceType: t3.small }",
    [
      "web.instanceType",
      'is "t3.small", which is x86_64, but web.architecture is arm64.',
      set("web.architecture", "x86_64"),
    ],
  ],
  [
    "app: { minimum: 6, maximum: 5 }",
    ["app.maximum", "is 5, less than app.minimum, which is 6.", set("app.maximum", "6")],
  ],
  ["app: { minimum: 0 }", whole("app.minimum", "0", 1, 100, "2")],
  ["web: { spotPercent: 101 }", whole("web.spotPercent", "101", 0, 100, "0")],
  [
    "web: { spotPercent: 50, minimum: 3, maximum: 3 }",
    ["web.spotPercent", "is 50, but web.maximum is 3, so no server is above the minimum.", set("web.spotPercent", "0")],
  ],
  ["app: { targetCpuPercent: 95 }", whole("app.targetCpuPercent", "95", 10, 90, "50")],
  ["app: { replacementTimeoutMinutes: 0 }", whole("app.replacementTimeoutMinutes", "0", 1, 60, "15")],
  ["server: { instanceType: t4g.small }", unused("server", "simple")],
  // Database
  [
    "database: { engine: postgres }",
    ["database.engine", 'is "postgres". It must be mysql or mariadb.', set("database.engine", "mysql")],
  ],
  [
    "database: { version: 5.7 }",
    ["database.version", 'is "5.7". It must be a version of mysql: 8.0, 8.4.', set("database.version", "8.4")],
  ],
  [
    "database: { engine: mariadb, version: 8.4 }",
    [
      "database.version",
      'is "8.4". It must be a version of mariadb: 10.11, 11.4, 11.8.',
      set("database.version", "11.8"),
    ],
  ],
  [
    "database: { user: root }",
    [
      "database.user",
      'is "root". It must be a name of 1 to 31 lower-case letters, digits and underscores that starts with a letter and is not reserved.',
      set("database.user", "webstack"),
    ],
  ],
  [
    "database: { storageGiB: 100, maximumStorageGiB: 100 }",
    [
      "database.maximumStorageGiB",
      "is 100. It must be at least a tenth more than storageGiB, which is 100.",
      set("database.maximumStorageGiB", "110"),
    ],
  ],
  ["database: { replicas: 16 }", whole("database.replicas", "16", 0, 15, "1")],
  [
    "database: { replicas: 0, promote: replica-1 }",
    ["database.promote", 'is "replica-1", but replicas is 0.', set("database.promote", "primary")],
  ],
  [
    "database: { promote: secondary }",
    [
      "database.promote",
      'is "secondary". It must be primary or the name of a replica, replica-1 to replica-15.',
      set("database.promote", "primary"),
    ],
  ],
  ["database: { backupRetentionDays: 0 }", whole("database.backupRetentionDays", "0", 1, 35, "7")],
  [
    "database: { backupWindow: 03:30-04:30, maintenanceWindow: sun:04:00-sun:05:00 }",
    [
      "database.maintenanceWindow",
      'is "sun:04:00-sun:05:00", which falls into the backupWindow, "03:30-04:30".',
      "choose two windows that share no minute",
    ],
  ],
  [
    "database: { insights: true, instanceClass: db.t4g.micro }",
    [
      "database.insights",
      "is true, but db.t4g.micro has no Performance Insights.",
      set("database.instanceClass", "db.t4g.medium"),
    ],
  ],
  [
    "database: { replicaRegion: eu-west-1a }",
    [
      "database.replicaRegion",
      'is "eu-west-1a". It must be the name of an AWS region such as eu-west-1.',
      set("database.replicaRegion", "eu-west-1"),
    ],
  ],
  [
    "database: { password: hunter2 }",
    ["database.password", "is unknown. Did you mean webstack:database.passwordVersion?", rm("database.password")],
  ],
  [
    "database: { rejoin: primary }",
    ["database.rejoin", 'is "primary". It must be true or false.', set("database.rejoin", "true")],
  ],
  // Everything else
  [
    "monitoring: { logRetentionDays: 31 }",
    [
      "monitoring.logRetentionDays",
      "is 31. It must be one of the retention times of CloudWatch: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.",
      set("monitoring.logRetentionDays", "30"),
    ],
  ],
  ["monitoring: { emails: [a@example.com] }", unused("monitoring.emails", "secured")],
  [
    "budget: { monthlyUsd: lots, emails: [a@example.com] }",
    whole("budget.monthlyUsd", '"lots"', 1, 100_000_000, "900"),
  ],
  [
    "budget: { monthlyUsd: 900 }",
    [
      "budget.emails",
      "is [], but budget.monthlyUsd is 900: a budget that tells nobody is none.",
      set("budget.emails[0]", "operations@example.com"),
    ],
  ],
  [
    "budget: { monthlyUsd: 900, emails: [operations] }",
    [
      "budget.emails[0]",
      'is "operations". It must be an e-mail address.',
      set("budget.emails[0]", "operations@example.com"),
    ],
  ],
  [
    "budget: { emails: [a@example.com] }",
    [
      "budget.emails",
      'is ["a@example.com"], but there is no budget to tell of without budget.monthlyUsd.',
      rm("budget.emails"),
    ],
  ],
  ["budget: { thresholdsPercent: [50, 0] }", whole("budget.thresholdsPercent[1]", "0", 1, 1000, "80")],
  [
    "budget: { monthlyUSD: 900 }",
    ["budget.monthlyUSD", "is unknown. Did you mean webstack:budget.monthlyUsd?", rm("budget.monthlyUSD")],
  ],
  ["protection: { waf: true }", unused("protection.waf", "secured")],
  ["tls: { encryption: edge }", unused("tls", "secured")],
  [
    "tags: { role: mine }",
    [
      "tags.role",
      "has a key that is not allowed. It must be a key of 1 to 128 letters, digits, spaces or any of + - = . _ : / @, not starting with aws: and none of project, environment, architecture, tier, role, Name.",
      rm("tags.role"),
    ],
  ],
  [
    "image: { version: debian-13 }",
    [
      "image.version",
      'is "debian-13". It must be latest, or the version of an image such as 20250814-2204.',
      set("image.version", "latest"),
    ],
  ],
  // Several at once
  [
    "network: { zones: 9, nat: 2 }\nweb: { minimum: 9 }\ndatabase: { promote: replica-3 }",
    whole("network.zones", "9", 2, 3, "2"),
    ["network.nat", "is 2. It must be none, single, per-zone or regional.", set("network.nat", "single")],
    ["web.maximum", "is 4, less than web.minimum, which is 9.", set("web.maximum", "9")],
    ["database.promote", 'is "replica-3", but replicas is 1.', set("database.promote", "primary")],
  ],
];

for (const [file, ...problems] of FILES) {
  test(`refused: ${file.replaceAll("\n", " / ").slice(0, 100)}`, (t) => {
    t.is(refusal(stackFile("distributed", file)), many(...problems));
  });
}
