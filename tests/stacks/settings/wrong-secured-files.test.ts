import test from "ava";
import { many, type Problem, refusal, rm, set, stackFile, unusedBy, whole } from "./problems.ts";

const unused = unusedBy("secured");
const flag = (key: string, value: string): Problem => [key, `is ${value}. It must be true or false.`, set(key, "true")];

const DOMAIN =
  "It must be a domain name in lower case, such as example.com, without www. in front of it (that name is added).";
const PITFALLS =
  "It must be one of all-components-on-one-server, single-server, downtime-on-deploy, no-scaling, single-zone, single-nat, " +
  "single-load-balancer, single-database, single-writer, no-backups, deletable-data, plain-http, tls-ends-at-load-balancer, " +
  "no-firewall, no-monitoring, no-traffic-logs.";

const notPublic = (domain: string): Problem => [
  "tls.certificate",
  `is "acm", which signs for public names only, and "${domain}" is none.`,
  set("tls.certificate", "own-ca"),
];

const FILES: readonly (readonly [file: string, ...problems: Problem[]])[] = [
  // Certificates
  [
    "tls: { encryption: full }",
    ["tls.encryption", 'is "full". It must be edge or end-to-end.', set("tls.encryption", "end-to-end")],
  ],
  [
    "tls: { certificate: letsencrypt }",
    ["tls.certificate", 'is "letsencrypt". It must be acm or own-ca.', set("tls.certificate", "acm")],
  ],
  [
    "tls: { policy: ELBSecurityPolicy-2016-08 }",
    [
      "tls.policy",
      'is "ELBSecurityPolicy-2016-08". It must be ELBSecurityPolicy-TLS13-1-2-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-3-2021-06 or ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.',
      set("tls.policy", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
    ],
  ],
  ["tls: { hstsSeconds: 1 year }", whole("tls.hstsSeconds", '"1 year"', 0, 63_072_000, "31536000")],
  ["tls: { hstsSeconds: 63072001 }", whole("tls.hstsSeconds", "63072001", 0, 63_072_000, "31536000")],
  ["tls: { waitForValidation: never }", flag("tls.waitForValidation", '"never"')],
  [
    "tls: { certificate: own-ca, waitForValidation: false }",
    [
      "tls.waitForValidation",
      'is false, but there is nothing to wait for: tls.certificate is "own-ca".',
      rm("tls.waitForValidation"),
    ],
  ],
  ["tls: { redirect: true }", ["tls.redirect", "is unknown.", rm("tls.redirect")]],
  ["domain: shop.local", notPublic("shop.local")],
  ["domain: shop.corp.internal", notPublic("shop.corp.internal")],
  ["domain: shop.test", notPublic("shop.test")],
  ["domain: shop.home.arpa", notPublic("shop.home.arpa")],
  ["domain: intranet", ["domain", `is "intranet". ${DOMAIN}`, "pulumi config set webstack:domain example.com"]],
  [
    `domain: ${"a".repeat(48)}.com`,
    [
      "domain",
      "has 52 letters. It must have 51 at most: a certificate is for 64, and one is for app.internal. in front of the domain.",
      "pulumi config set webstack:domain example.com",
    ],
  ],
  [
    `domain: ${"a".repeat(61)}.com\ntls: { encryption: edge }`,
    [
      "domain",
      "has 65 letters. It must have 64 at most: a certificate is for 64.",
      "pulumi config set webstack:domain example.com",
    ],
  ],
  [
    `domain: ${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.com`,
    [
      "domain",
      "has 247 letters. It must have 51 at most: a certificate is for 64, and one is for app.internal. in front of the domain.",
      "pulumi config set webstack:domain example.com",
    ],
  ],
  [
    "dns: { certificateAuthorities: [letsencrypt.org] }",
    [
      "dns.certificateAuthorities",
      'is ["letsencrypt.org"], which forbids ACM to issue the certificate (tls.certificate is "acm").',
      set("dns.certificateAuthorities[1]", "amazon.com"),
    ],
  ],
  // Names
  [
    "dns: { dnssec: true, zone: existing }",
    ["dns.dnssec", "is true, but dns.zone is existing: whoever made the zone signs it.", set("dns.dnssec", "false")],
  ],
  [
    "domain: shop.lan\ntls: { certificate: own-ca }\ndns: { dnssec: true }",
    [
      "dns.dnssec",
      'is true, but "shop.lan" is not a public name, so no zone above vouches for the signatures.',
      set("dns.dnssec", "false"),
    ],
  ],
  [
    "domain: shop.lan\ntls: { certificate: own-ca }\ndns: { healthChecks: true }",
    [
      "dns.healthChecks",
      'is true, but "shop.lan" is not a public name, so Route 53 cannot find the site from outside.',
      set("dns.healthChecks", "false"),
    ],
  ],
  ["dns: { dnssec: signed }", flag("dns.dnssec", '"signed"')],
  // Monitoring
  [
    "monitoring: { emails: operations@example.com }",
    [
      "monitoring.emails",
      'is "operations@example.com". It must be a list of at most 50 different entries.',
      rm("monitoring.emails"),
    ],
  ],
  [
    "monitoring: { emails: [operations] }",
    [
      "monitoring.emails[0]",
      'is "operations". It must be an e-mail address.',
      set("monitoring.emails[0]", "operations@example.com"),
    ],
  ],
  [
    "monitoring: { emails: [a@example.com, a@example.com] }",
    [
      "monitoring.emails",
      'is ["a@example.com","a@example.com"]. It must be a list of at most 50 different entries.',
      rm("monitoring.emails"),
    ],
  ],
  [
    "budget: { monthlyUsd: 900 }",
    [
      "monitoring.emails",
      "is [], but budget.monthlyUsd is 900: a budget that tells nobody is none.",
      set("monitoring.emails[0]", "operations@example.com"),
    ],
  ],
  [
    `budget: { monthlyUsd: 900 }\nmonitoring: { emails: [${Array.from("abcdefghijk", (name) => `${name}@example.com`)}] }`,
    [
      "monitoring.emails",
      "has 11 addresses. With budget.monthlyUsd it must have 10 at most: AWS Budgets tells no more.",
      rm("budget.monthlyUsd"),
    ],
  ],
  ["budget: { emails: [a@example.com] }", unused("budget.emails", "simple and distributed")],
  ["monitoring: { dashboard: pretty }", flag("monitoring.dashboard", '"pretty"')],
  ["monitoring: { alarms: { errorPercent: 0 } }", whole("monitoring.alarms.errorPercent", "0", 1, 100, "1")],
  ["monitoring: { alarms: { diskPercent: full } }", whole("monitoring.alarms.diskPercent", '"full"', 1, 100, "80")],
  ["monitoring: { alarms: { certificateDays: 61 } }", whole("monitoring.alarms.certificateDays", "61", 1, 60, "30")],
  [
    "monitoring: { alarms: { latencyMilliseconds: 5 } }",
    whole("monitoring.alarms.latencyMilliseconds", "5", 10, 60_000, "1000"),
  ],
  [
    "monitoring: { alarms: { latencyMilliseconds: 30000 } }\nloadBalancing: { idleTimeoutSeconds: 20 }",
    [
      "monitoring.alarms.latencyMilliseconds",
      "is 30000, but no answer takes so long: loadBalancing.idleTimeoutSeconds is 20.",
      set("monitoring.alarms.latencyMilliseconds", "1000"),
    ],
  ],
  [
    "monitoring: { alarms: { cpuPercent: 50 } }\nweb: { targetCpuPercent: 40 }",
    [
      "monitoring.alarms.cpuPercent",
      "is 50. It must be more than app.targetCpuPercent, which is 50: the fleet grows only above that.",
      set("monitoring.alarms.cpuPercent", "60"),
    ],
  ],
  [
    "web: { targetCpuPercent: 90 }",
    [
      "monitoring.alarms.cpuPercent",
      "is 80. It must be more than web.targetCpuPercent, which is 90: the fleet grows only above that.",
      set("monitoring.alarms.cpuPercent", "100"),
    ],
  ],
  [
    "monitoring: { alarms: { memory: 90 } }",
    ["monitoring.alarms.memory", "is unknown.", rm("monitoring.alarms.memory")],
  ],
  [
    "monitoring: { alarms: { diskpercent: 90 } }",
    [
      "monitoring.alarms.diskpercent",
      "is unknown. Did you mean webstack:monitoring.alarms.diskPercent?",
      rm("monitoring.alarms.diskpercent"),
    ],
  ],
  [
    "monitoring: { alarms: [] }",
    [
      "monitoring.alarms",
      "is []. It must be a group of the settings errorPercent, minimumRequestsPerMinute, latencyMilliseconds, cpuPercent, memoryPercent, diskPercent, certificateDays.",
      rm("monitoring.alarms"),
    ],
  ],
  // Protection
  [
    "protection: { waivers: [single-writter] }",
    ["protection.waivers[0]", `is "single-writter". ${PITFALLS}`, set("protection.waivers[0]", "single-writer")],
  ],
  [
    "protection: { waivers: [no-firewall, everything, single-zones], require: false }",
    ["protection.waivers[1]", `is "everything". ${PITFALLS}`, rm("protection.waivers[1]")],
    ["protection.waivers[2]", `is "single-zones". ${PITFALLS}`, set("protection.waivers[2]", "single-zone")],
  ],
  [
    "protection: { waivers: [Single Writer] }",
    [
      "protection.waivers[0]",
      'is "Single Writer". It must be the name of a pitfall, as the output `review` shows it.',
      set("protection.waivers[0]", "single-writer"),
    ],
  ],
  [
    "protection: { waivers: [single-nat, single-nat] }",
    [
      "protection.waivers",
      'is ["single-nat","single-nat"]. It must be a list of at most 20 different entries.',
      rm("protection.waivers"),
    ],
  ],
  [
    "protection: { waivers: single-nat }",
    [
      "protection.waivers",
      'is "single-nat". It must be a list of at most 20 different entries.',
      rm("protection.waivers"),
    ],
  ],
  [
    "protection: { requestsPerFiveMinutes: 9 }",
    whole("protection.requestsPerFiveMinutes", "9", 10, 20_000_000, "2000"),
  ],
  ["protection: { waf: managed }", flag("protection.waf", '"managed"')],
  ["protection: { require: production }", flag("protection.require", '"production"')],
  [
    "protection: { waiver: [single-nat] }",
    ["protection.waiver", "is unknown. Did you mean webstack:protection.waivers?", rm("protection.waiver")],
  ],
  // Everything else that only this architecture takes, or assumes otherwise
  ["loadBalancing: { accessLogs: my-bucket }", flag("loadBalancing.accessLogs", '"my-bucket"')],
  ["network: { flowLogs: all }", flag("network.flowLogs", '"all"')],
  [
    "database: { instanceClass: db.t4g.small }",
    [
      "database.insights",
      "is true, but db.t4g.small has no Performance Insights.",
      set("database.instanceClass", "db.t4g.medium"),
    ],
  ],
  ["server: { volumeGiB: 20 }", unused("server", "simple")],
  // Several at once
  [
    "domain: shop.local\ntls: { hstsSeconds: -1, waitForValidation: false }\nweb: { targetCpuPercent: 85 }\nprotection: { waivers: [no-fire] }",
    whole("tls.hstsSeconds", "-1", 0, 63_072_000, "31536000"),
    notPublic("shop.local"),
    [
      "monitoring.alarms.cpuPercent",
      "is 80. It must be more than web.targetCpuPercent, which is 85: the fleet grows only above that.",
      set("monitoring.alarms.cpuPercent", "95"),
    ],
    ["protection.waivers[0]", `is "no-fire". ${PITFALLS}`, set("protection.waivers[0]", "no-firewall")],
  ],
];

for (const [file, ...problems] of FILES) {
  test(`refused: ${file.replaceAll("\n", " / ").slice(0, 100)}`, (t) => {
    t.is(refusal(stackFile("secured", file)), many(...problems));
  });
}

const ACCEPTED = [
  "domain: shop.local\ntls: { certificate: own-ca }",
  "domain: local.example.com",
  `domain: ${"a".repeat(47)}.com`,
  `domain: ${"a".repeat(60)}.com\ntls: { encryption: edge }`,
  "dns: { certificateAuthorities: [letsencrypt.org, amazontrust.com] }",
  "dns: { certificateAuthorities: [] }",
  "tls: { certificate: own-ca }\ndns: { certificateAuthorities: [letsencrypt.org] }",
  "tls: { waitForValidation: false }",
  "dns: { dnssec: true, zone: create }",
  "domain: shop.lan\ntls: { certificate: own-ca }\ndns: { healthChecks: true }\nloadBalancing: { mode: active-passive }",
  "monitoring: { alarms: { cpuPercent: 51 } }",
  "monitoring: { alarms: { latencyMilliseconds: 20000 } }\nloadBalancing: { idleTimeoutSeconds: 20 }",
  "protection: { waivers: [single-writer, deletable-data] }",
  `budget: { monthlyUsd: 900 }\nmonitoring: { emails: [${Array.from("abcdefghij", (name) => `${name}@example.com`)}] }`,
  "budget: { thresholdsPercent: [] }",
];

for (const file of ACCEPTED) {
  test(`accepted: ${file.replaceAll("\n", " / ").slice(0, 100)}`, (t) => {
    t.throws(() => refusal(stackFile("secured", file)), { message: /^nothing is wrong with / });
  });
}

test("a balanced site whose name is not public is not checked from outside", (t) => {
  t.is(
    refusal(stackFile("distributed", "domain: shop.internal\ndns: { healthChecks: true }")),
    many([
      "dns.healthChecks",
      'is true, but "shop.internal" is not a public name, so Route 53 cannot find the site from outside.',
      set("dns.healthChecks", "false"),
    ]),
  );
});
