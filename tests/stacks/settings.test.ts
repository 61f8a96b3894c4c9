import { readFileSync } from "node:fs";
import test from "ava";
import { parse } from "yaml";
import { z } from "zod";
import { ARCHITECTURE_NAMES, architectures } from "../../stacks/settings/architectures.ts";
import { keysAt } from "../../stacks/settings/shape.ts";
import { type ArchitectureSettings, parseSettings, readSettings } from "../../stacks/settings.ts";
import { PLACE, record } from "../record.ts";

const SHARED = {
  domain: "example.com",
  image: { version: "latest" },
  release: { path: "app" },
  tags: {},
} as const;

const FLEET = {
  architecture: "arm64",
  volumeGiB: 10,
  minimum: 2,
  spotPercent: 0,
  targetCpuPercent: 50,
  targetRequestsPerMinute: 1000,
  replacementTimeoutMinutes: 15,
} as const;

const DNS = { zone: "create", ttlSeconds: 300, certificateAuthorities: ["amazon.com"] } as const;

const LOAD_BALANCING = {
  algorithm: "round-robin",
  mode: "active-active",
  stickinessSeconds: 86_400,
  slowStartSeconds: 0,
  drainSeconds: 30,
  idleTimeoutSeconds: 60,
  healthCheck: { path: "/healthz", intervalSeconds: 10, timeoutSeconds: 5, healthyChecks: 2, unhealthyChecks: 3 },
} as const;

const DATABASE = {
  name: "webstack",
  user: "webstack",
  engine: "mysql",
  storageGiB: 20,
  maximumStorageGiB: 100,
  replicas: 1,
  maximumReplicaLagSeconds: 30,
  promote: "primary",
  rejoin: false,
  passwordVersion: 1,
  backupWindow: "02:00-03:00",
  maintenanceWindow: "sun:04:00-sun:05:00",
} as const;

const NETWORK = { cidr: "10.0.0.0/16", zones: 2, endpoints: ["s3"], ipv6: false } as const;

const DEFAULTS: Readonly<Record<string, ArchitectureSettings>> = {
  simple: {
    ...SHARED,
    architecture: "simple",
    dns: DNS,
    network: { cidr: "10.0.0.0/16" },
    server: { architecture: "arm64", instanceType: "t4g.small", volumeGiB: 10, dataVolumeGiB: 10 },
    database: { name: "webstack", user: "webstack" },
    budget: { thresholdsPercent: [80, 100], emails: [] },
    protection: { deletion: false },
  },
  distributed: {
    ...SHARED,
    architecture: "distributed",
    dns: { ...DNS, healthChecks: false },
    network: { ...NETWORK, nat: "single" },
    loadBalancing: LOAD_BALANCING,
    web: { ...FLEET, instanceType: "t4g.small", maximum: 4 },
    app: { ...FLEET, instanceType: "t4g.small", maximum: 4 },
    database: {
      ...DATABASE,
      instanceClass: "db.t4g.medium",
      multiAz: false,
      backupRetentionDays: 7,
      insights: false,
    },
    monitoring: { logRetentionDays: 30 },
    budget: { thresholdsPercent: [80, 100], emails: [] },
    protection: { deletion: false },
  },
  secured: {
    ...SHARED,
    architecture: "secured",
    dns: { ...DNS, healthChecks: false, dnssec: false },
    network: { ...NETWORK, nat: "per-zone", flowLogs: true },
    loadBalancing: { ...LOAD_BALANCING, accessLogs: true },
    web: { ...FLEET, instanceType: "m7g.medium", maximum: 6 },
    app: { ...FLEET, instanceType: "m7g.large", maximum: 6 },
    database: { ...DATABASE, instanceClass: "db.m7g.large", multiAz: true, backupRetentionDays: 30, insights: true },
    tls: {
      encryption: "end-to-end",
      certificate: "acm",
      policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      hstsSeconds: 31_536_000,
      waitForValidation: true,
    },
    monitoring: {
      logRetentionDays: 365,
      emails: [],
      dashboard: true,
      alarms: {
        errorPercent: 1,
        minimumRequestsPerMinute: 20,
        latencyMilliseconds: 1000,
        cpuPercent: 80,
        memoryPercent: 85,
        diskPercent: 80,
        certificateDays: 30,
      },
    },
    budget: { thresholdsPercent: [80, 100] },
    protection: { deletion: true, waf: true, requestsPerFiveMinutes: 2000, require: true, waivers: [] },
  },
};

for (const architecture of ARCHITECTURE_NAMES) {
  test(`${architecture} needs a domain and has a default for everything else`, (t) => {
    t.deepEqual(parseSettings({ domain: "example.com", architecture }, PLACE), DEFAULTS[architecture]);
  });
}

test("the architecture is simple unless another is named", (t) => {
  t.is(parseSettings({ domain: "example.com" }, PLACE).architecture, "simple");
});

const file = (name: string): unknown => parse(readFileSync(name, "utf8"));

test("Pulumi.yaml declares the settings there are, with the kinds of values they take and a description", (t) => {
  const { config } = z
    .object({
      config: z.record(
        z.string(),
        z.strictObject({ type: z.string(), default: z.unknown().optional(), description: z.string().min(10) }),
      ),
    })
    .parse(file("Pulumi.yaml"));
  const keys = new Set<string>(ARCHITECTURE_NAMES.flatMap((name) => keysAt(architectures[name], [])));
  t.deepEqual(Object.keys(config).sort(), [...keys].sort());
  for (const [key, { type, default: fallback }] of Object.entries(config)) {
    const isGroup = ARCHITECTURE_NAMES.some((name) => keysAt(architectures[name], [key]).length > 0) || key === "tags";
    t.is(type, isGroup ? "object" : "string", key);
    // Without a default the engine would insist on a value.
    t.deepEqual(fallback, isGroup ? {} : { architecture: "simple" }[key], key);
  }
});

for (const [stack, architecture] of [
  ["dev", "simple"],
  ["staging", "distributed"],
  ["production", "secured"],
] as const) {
  test(`Pulumi.${stack}.yaml is right and builds the ${architecture} architecture`, (t) => {
    const { config } = z
      .strictObject({ config: z.record(z.string(), z.unknown()) })
      .parse(file(`Pulumi.${stack}.yaml`));
    const raw = Object.fromEntries(
      Object.entries(config).map(([key, value]) => [key.replace(/^webstack:/, ""), value]),
    );
    t.is(parseSettings(raw, PLACE).architecture, architecture);
  });
}

test("configuration is read as the engine hands it over", async (t) => {
  const { built } = await record(readSettings, {
    config: {
      "aws:region": "eu-central-1",
      "webstack:domain": "example.org",
      "webstack:architecture": "simple",
      "webstack:server": '{"volumeGiB":20,"instanceType":"t4g.micro"}',
      "webstack:tags": '{"team":"web"}',
      // What the engine fills in for groups that nobody configured.
      "webstack:loadBalancing": "{}",
      "webstack:network": "{}",
    },
  });
  t.deepEqual(built, {
    ...DEFAULTS.simple,
    domain: "example.org",
    server: { architecture: "arm64", instanceType: "t4g.micro", volumeGiB: 20, dataVolumeGiB: 10 },
    tags: { team: "web" },
  });
});

test("configuration of another project is not looked at", async (t) => {
  const config = { "webstack:domain": "example.org", "other:domain": "Wrong", "webstack-2:nothing": "1" };
  t.is((await record(readSettings, { config })).built.domain, "example.org");
});
