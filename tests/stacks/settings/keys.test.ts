import test from "ava";
import { ARCHITECTURE_NAMES, type ArchitectureName, architectures } from "../../../stacks/settings/architectures.ts";
import { factsAt, keysAt, type Path } from "../../../stacks/settings/shape.ts";
import { parseSettings } from "../../../stacks/settings.ts";
import { PLACE } from "../../record.ts";
import { one, put, type Raw, RIGHT, refusal } from "./problems.ts";

interface Key {
  readonly architecture?: ArchitectureName;
  /** What is taken as it is. */
  readonly good: readonly unknown[];
  /** What is taken as something else. */
  readonly converted?: readonly (readonly [given: unknown, taken: unknown])[];
  /** Of the wrong type, out of range, and everything else that the rule is about. */
  readonly bad: readonly unknown[];
  readonly rule: string;
  /** What has to be said too, by path. */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** The value in the command that repairs it, as it is typed; without one the command removes the key. */
  readonly fix?: string;
}

const whole = (min: number, max: number, fix: string, architecture: ArchitectureName = "secured"): Key => ({
  architecture,
  good: [min, max],
  converted: [[String(max), max]],
  bad: [min - 1, max + 1, min + 0.5, `${min} of them`, true, null, [min]],
  rule: `a whole number from ${min} to ${max}`,
  fix,
});

const truth = (architecture: ArchitectureName = "secured"): Key => ({
  architecture,
  good: [true, false],
  converted: [
    ["true", true],
    ["false", false],
  ],
  bad: ["yes", "TRUE", 1, null],
  rule: "true or false",
  fix: "true",
});

const words = (good: readonly string[], rule: string, fix: string): Key => ({
  architecture: "secured",
  good,
  bad: ["other", good[0]?.toUpperCase(), 1, null],
  rule,
  fix,
});

const machine = (architecture: ArchitectureName, fallback: string) => ({
  architecture: { ...words(["arm64"], "arm64 or x86_64", "arm64"), architecture },
  instanceType: {
    architecture,
    good: ["t4g.nano", "c8gn.metal-24xl", "a1.large"],
    bad: ["t4g", "T4G.small", "t4g.small ", 4, null],
    rule: `an EC2 instance type such as ${fallback}`,
    fix: fallback,
  },
  volumeGiB: whole(8, 16_384, "10", architecture),
});

const fleet = (group: "web" | "app", fallback: string): Record<string, Key> => ({
  ...prefixed(group, machine("secured", fallback)),
  [`${group}.minimum`]: { ...whole(1, 100, "2"), good: [1, 6], converted: [["2", 2]] },
  [`${group}.maximum`]: { ...whole(1, 100, "4"), good: [2, 100], converted: [["2", 2]] },
  [`${group}.spotPercent`]: whole(0, 100, "0"),
  [`${group}.targetCpuPercent`]: whole(10, 90, "50", "distributed"),
  [`${group}.targetRequestsPerMinute`]: whole(1, 1_000_000, "1000"),
  [`${group}.replacementTimeoutMinutes`]: whole(1, 60, "15"),
});

function prefixed(group: string, keys: Record<string, Key>): Record<string, Key> {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${group}.${key}`, value]));
}

const DOMAIN = "a domain name in lower case, such as example.com";
const IDENTIFIER: Key = {
  good: ["app", "a", "a_1", `a${"b".repeat(30)}`],
  bad: ["", "App", "1a", "a-b", "mysql", "root", `a${"b".repeat(31)}`, 5, null],
  rule: "a name of 1 to 31 lower-case letters, digits and underscores that starts with a letter and is not reserved",
  fix: "webstack",
};

const KEYS: Readonly<Record<string, Key>> = {
  domain: {
    good: ["example.com", "a.b-c.example.co.uk", "xn--bcher-kva.example"],
    bad: [
      "",
      "localhost",
      "Example.com",
      "example.com.",
      "-a.com",
      "a..com",
      "www.example.com",
      "exa mple.com",
      5,
      null,
      `${"a".repeat(64)}.com`,
    ],
    rule: `${DOMAIN}, without www. in front of it (that name is added)`,
    fix: "example.com",
  },
  "image.version": {
    good: ["latest", "20250814-2204"],
    bad: ["newest", "2025-08-14", "", 20250814, null],
    rule: "latest, or the version of an image such as 20250814-2204",
    fix: "latest",
  },
  "dns.zone": { ...words(["create", "existing"], "create or existing", "create"), architecture: "simple" },
  "dns.zoneName": {
    good: ["example.com"],
    bad: ["Example.com", "com.", 5, null],
    rule: DOMAIN,
    fix: "example.com",
  },
  "dns.ttlSeconds": whole(30, 86_400, "300", "simple"),
  "dns.certificateAuthorities": {
    good: [[], ["letsencrypt.org", "amazon.com"]],
    bad: ["amazon.com", ["amazon.com", "amazon.com"], {}, null],
    rule: "a list of at most 10 different entries",
  },
  "dns.healthChecks": truth(),
  "dns.dnssec": truth(),
  "network.cidr": {
    good: ["10.0.0.0/16", "172.31.4.0/24", "192.168.0.0/20"],
    bad: [
      "10.0.0.0",
      "10.0.0.0/15",
      "10.0.0.0/25",
      "10.0.1.0/16",
      "11.0.0.0/16",
      "10.00.0.0/16",
      "10.0.0.256/24",
      10,
      null,
    ],
    rule:
      "a private IPv4 network such as 10.0.0.0/16 that starts at its own address and is between /16 and /24 " +
      "(a sixteenth of it is a subnet, and AWS takes none smaller than /28)",
    fix: "10.0.0.0/16",
  },
  "network.zones": whole(2, 3, "2"),
  "network.nat": words(["none", "single", "per-zone", "regional"], "none, single, per-zone or regional", "single"),
  "network.endpoints": {
    architecture: "secured",
    good: [[], ["s3", "logs"]],
    bad: ["s3", ["s3", "s3"], null],
    rule: "a list of at most 5 different entries",
  },
  "network.ipv6": truth(),
  "network.flowLogs": truth(),
  "loadBalancing.algorithm": words(
    ["round-robin", "least-connections", "ip-hash"],
    "round-robin, least-connections or ip-hash",
    "round-robin",
  ),
  "loadBalancing.mode": words(["active-active", "active-passive"], "active-active or active-passive", "active-active"),
  "loadBalancing.stickinessSeconds": whole(1, 604_800, "86400"),
  "loadBalancing.slowStartSeconds": whole(0, 900, "30"),
  "loadBalancing.drainSeconds": whole(5, 3600, "30"),
  "loadBalancing.idleTimeoutSeconds": whole(1, 4000, "60"),
  "loadBalancing.accessLogs": truth(),
  "loadBalancing.healthCheck.path": {
    architecture: "secured",
    good: ["/", "/healthz?deep=1"],
    bad: ["healthz", "", "/a b", "/ä", 5, null],
    rule: "a path that starts with / and holds neither spaces nor control characters",
    fix: "/healthz",
  },
  "loadBalancing.healthCheck.intervalSeconds": { ...whole(5, 300, "10"), good: [6, 300], converted: [["30", 30]] },
  "loadBalancing.healthCheck.timeoutSeconds": { ...whole(2, 120, "5"), good: [2, 9], converted: [["3", 3]] },
  "loadBalancing.healthCheck.healthyChecks": whole(2, 10, "2"),
  "loadBalancing.healthCheck.unhealthyChecks": whole(2, 10, "2"),
  ...prefixed("server", { ...machine("simple", "t4g.small"), dataVolumeGiB: whole(1, 16_384, "10", "simple") }),
  ...fleet("web", "m7g.medium"),
  ...fleet("app", "m7g.large"),
  "database.name": IDENTIFIER,
  "database.user": IDENTIFIER,
  "database.engine": words(["mysql", "mariadb"], "mysql or mariadb", "mysql"),
  "database.version": {
    architecture: "secured",
    good: ["8.4", "8.4.6"],
    converted: [[8.4, "8.4"]],
    bad: ["8", "8.4-rc", "", null],
    rule: 'an engine version such as "8.4"',
    fix: "8.4",
  },
  "database.instanceClass": {
    architecture: "secured",
    good: ["db.t4g.medium", "db.m7g.2xlarge"],
    bad: ["t4g.micro", "db.t4g", "db.T4G.micro", 5, null],
    rule: "an RDS instance class such as db.t4g.medium",
    fix: "db.t4g.medium",
  },
  "database.storageGiB": { ...whole(20, 65_536, "20"), good: [20, 90], converted: [["30", 30]] },
  "database.maximumStorageGiB": { ...whole(22, 65_536, "100") },
  "database.multiAz": truth(),
  "database.replicas": whole(0, 15, "1"),
  "database.replicaRegion": {
    architecture: "secured",
    good: ["eu-west-1", "us-gov-west-1"],
    bad: ["Ireland", "eu-west", "eu-west-1a", 5, null],
    rule: "the name of an AWS region such as eu-west-1",
    fix: "eu-west-1",
  },
  "database.maximumReplicaLagSeconds": whole(1, 3600, "30"),
  "database.promote": {
    architecture: "secured",
    good: ["primary", "replica-1"],
    bad: ["replica", "replica-0", "replica-16", "", 1, null],
    rule: "primary or the name of a replica, replica-1 to replica-15",
    fix: "primary",
  },
  "database.rejoin": truth(),
  "database.passwordVersion": whole(1, 1_000_000, "1"),
  "database.backupRetentionDays": whole(1, 35, "7"),
  "database.backupWindow": {
    architecture: "secured",
    good: ["00:00-00:30", "23:30-00:30"],
    bad: ["2:00-3:00", "02:00", "24:00-25:00", "sun:02:00-sun:03:00", null],
    rule: "a window in UTC such as 02:00-03:00",
    fix: "02:00-03:00",
  },
  "database.maintenanceWindow": {
    architecture: "secured",
    good: ["mon:00:00-mon:00:30", "sun:23:30-mon:00:30"],
    bad: ["02:00-03:00", "Sun:04:00-Sun:05:00", "sun:04:60-sun:05:00", null],
    rule: "a weekly window in UTC such as sun:04:00-sun:05:00",
    fix: "sun:04:00-sun:05:00",
  },
  "database.insights": truth(),
  "tls.encryption": words(["edge", "end-to-end"], "edge or end-to-end", "end-to-end"),
  "tls.certificate": words(["acm", "own-ca"], "acm or own-ca", "acm"),
  "tls.policy": {
    architecture: "secured",
    good: ["ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-3-2021-06"],
    bad: ["ELBSecurityPolicy-2016-08", "", 12, null],
    rule:
      "ELBSecurityPolicy-TLS13-1-2-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, " +
      "ELBSecurityPolicy-TLS13-1-3-2021-06 or ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    fix: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  },
  "tls.hstsSeconds": whole(0, 63_072_000, "31536000"),
  "tls.waitForValidation": truth(),
  "monitoring.logRetentionDays": {
    architecture: "secured",
    good: [1, 400, 3653],
    converted: [["30", 30]],
    bad: [0, 2, 3654, 30.5, "a month", null],
    rule:
      "one of the retention times of CloudWatch: " +
      "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    fix: "365",
  },
  "monitoring.emails": {
    architecture: "secured",
    good: [[], ["a@example.com", "b@example.com"]],
    bad: ["a@example.com", ["a@example.com", "a@example.com"], null],
    rule: "a list of at most 50 different entries",
  },
  "monitoring.dashboard": truth(),
  "monitoring.alarms.errorPercent": whole(1, 100, "1"),
  "monitoring.alarms.minimumRequestsPerMinute": whole(0, 1_000_000, "20"),
  "monitoring.alarms.latencyMilliseconds": whole(10, 60_000, "1000"),
  "monitoring.alarms.cpuPercent": { ...whole(1, 100, "80"), good: [51, 100] },
  "monitoring.alarms.memoryPercent": whole(1, 100, "85"),
  "monitoring.alarms.diskPercent": whole(1, 100, "80"),
  "monitoring.alarms.certificateDays": whole(1, 60, "30"),
  "budget.monthlyUsd": {
    ...whole(1, 100_000_000, "900", "simple"),
    beside: { "budget.emails": ["a@example.com"] },
  },
  "budget.thresholdsPercent": {
    good: [[], [50, 80, 100, 120]],
    converted: [[["50"], [50]]],
    bad: [80, [80, 80], [1, 2, 3, 4, 5], null],
    rule: "a list of at most 4 different entries",
  },
  "budget.emails": {
    good: [["a@example.com", "b@example.com"]],
    bad: ["a@example.com", ["a@example.com", "a@example.com"], null],
    rule: "a list of at most 10 different entries",
    beside: { "budget.monthlyUsd": 900 },
  },
  "release.path": {
    good: ["app", "../other", "build/site.tar.gz"],
    bad: ["", " ", "a\0b", {}, null],
    rule: "a directory, or a .tar.gz file",
    fix: "app",
  },
  "protection.deletion": truth("simple"),
  "protection.waf": truth(),
  "protection.requestsPerFiveMinutes": whole(10, 20_000_000, "2000"),
  "protection.require": truth(),
  "protection.waivers": {
    architecture: "secured",
    good: [[], ["single-writer"]],
    bad: ["single-writer", ["a", "a"], null],
    rule: "a list of at most 20 different entries",
  },
  tags: {
    good: [{}, { team: "web", "cost:centre": "12/3", Größe: "ü" }],
    converted: [[{ "cost-centre": 1234 }, { "cost-centre": "1234" }]],
    bad: ["team=web", 5, null, Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, "v"]))],
    rule: "at most 40 tags of your own",
  },
};

const valueAt = (settings: object, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>((value, key) => Object.entries(value as object).find(([name]) => name === key)?.[1], settings);

for (const [path, { architecture = "simple", good, converted = [], bad, rule, beside = {}, fix }] of Object.entries(
  KEYS,
)) {
  const right = Object.entries(beside).reduce(
    (raw: Raw, [other, value]) => put(raw, other, value),
    RIGHT[architecture],
  );

  test(`${path} takes what is right`, (t) => {
    for (const [given, taken] of [...good.map((value) => [value, value]), ...converted]) {
      t.deepEqual(valueAt(parseSettings(put(right, path, given), PLACE), path), taken);
    }
  });

  test(`${path} refuses what is wrong`, (t) => {
    const target = path.includes(".") ? `--path 'webstack:${path}'` : `webstack:${path}`;
    const command = fix === undefined ? `pulumi config rm ${target}` : `pulumi config set ${target} ${fix}`;
    for (const value of bad) {
      const complaint = `is ${JSON.stringify(value)}. It must be ${rule}.`;
      t.is(refusal(put(right, path, value)), one(path, complaint, command));
    }
  });
}

/** Every setting of an architecture that is no group, by its path. */
function leaves(architecture: ArchitectureName, path: Path = []): string[] {
  const keys = keysAt(architectures[architecture], path);
  if (keys.length === 0) return [path.join(".")];
  return keys.flatMap((key) => leaves(architecture, [...path, key]));
}

test("the table above names every setting there is", (t) => {
  const settings = new Set(ARCHITECTURE_NAMES.flatMap((name) => leaves(name)));
  settings.delete("architecture");
  t.deepEqual([...settings].sort(), Object.keys(KEYS).sort());
});

test("every setting says what it does in a sentence", (t) => {
  for (const name of ARCHITECTURE_NAMES) {
    for (const path of leaves(name).filter((leaf) => leaf !== "architecture")) {
      t.regex(factsAt(architectures[name], path.split(".")).description ?? "", /^[A-Z].+\.$/, `${name}: ${path}`);
    }
  }
});
