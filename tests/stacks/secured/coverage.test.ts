import test from "ava";
import { unwrap } from "../../components/support.ts";
import { ALARM, ALL, BALANCER, build, COMPOSITE, GROUP, INSTANCE } from "./support.ts";

const BALANCER_ALARMS = ["errors", "latency", "unhealthy-hosts", "too-few-hosts", "no-hosts", "rejected-connections"];
const FLEET_ALARMS = ["cpu", "memory", "disk", "at-maximum"];
const DATABASE_ALARMS = ["cpu", "connections", "memory", "storage", "disk-burst"];

test("coverage names everything with its alarms, and what has none with the reason", async (t) => {
  const { monitoring } = await unwrap((await build()).built);
  const clients = ["clients: that of one server may be silent unseen while those of the others report"];
  const growth = "growth: RDS has no metric for how much of its 100 GiB storage has grown to";
  const unwatched = (resource: string, reason: string) => ({ resource, alarms: [], gaps: [`all: ${reason}`] });
  t.deepEqual(monitoring.coverage, [
    { resource: "the site", alarms: ["site-is-down"], gaps: [] },
    { resource: "load balancer public", alarms: BALANCER_ALARMS, gaps: [] },
    { resource: "load balancer inner", alarms: BALANCER_ALARMS, gaps: [] },
    { resource: "fleet web", alarms: FLEET_ALARMS, gaps: clients },
    { resource: "fleet app", alarms: FLEET_ALARMS, gaps: clients },
    {
      resource: "database primary",
      alarms: ["silent", ...DATABASE_ALARMS],
      gaps: ["backups: RDS has no metric for the age of the last one", growth],
    },
    { resource: "database replica-1", alarms: ["replica-lag", ...DATABASE_ALARMS], gaps: [growth] },
    { resource: "certificate site", alarms: ["expiry"], gaps: [] },
    { resource: "certificate inner", alarms: ["expiry"], gaps: [] },
    unwatched("DNS zone", "Route 53 answers within its service level, and the site itself is watched"),
    unwatched("buckets", "S3 stores within its service level, and a host that fetches no release stays unhealthy"),
    unwatched("NAT gateways", "hosts that reach nothing stay unhealthy"),
    unwatched("web ACL", "what it blocks is its work; the dashboard and its logs show it"),
    unwatched("access and flow logs", "nothing of the site depends on them"),
  ]);
});

test("what more a stack has is covered, or is said not to be", async (t) => {
  const { monitoring } = await unwrap((await build(ALL)).built);
  const named = monitoring.coverage.map(({ resource }) => resource);
  t.deepEqual(named, [
    "the site",
    "load balancer public",
    "load balancer inner",
    "load balancer standby-public",
    "load balancer standby-inner",
    "fleet web",
    "fleet app",
    "fleet standby-web",
    "fleet standby-app",
    "database primary",
    "database replica-1",
    "database replica-2",
    "certificate site",
    "certificate inner",
    "DNS zone",
    "buckets",
    "NAT gateways",
    "web ACL",
    "access and flow logs",
    "DNSSEC key",
    "replica in eu-west-1",
  ]);
});

test("nothing is said of what a stack does not have", async (t) => {
  const { built } = await build({
    "network.nat": "none",
    "network.flowLogs": false,
    "loadBalancing.accessLogs": false,
    "protection.waf": false,
    "protection.waivers": ["no-firewall"],
    "tls.encryption": "edge",
    "database.replicas": 0,
    "protection.require": false,
  });
  const { monitoring } = await unwrap(built);
  t.deepEqual(
    monitoring.coverage.map(({ resource }) => resource),
    [
      "the site",
      "load balancer public",
      "load balancer inner",
      "fleet web",
      "fleet app",
      "database primary",
      "certificate site",
      "DNS zone",
      "buckets",
    ],
  );
});

test("every load balancer, group, instance and certificate of the stack is in the coverage, with alarms that exist", async (t) => {
  const { all, built } = await build(ALL);
  const { coverage } = (await unwrap(built)).monitoring;
  const covered = (kind: string) =>
    coverage.flatMap(({ resource, alarms }) =>
      resource.startsWith(`${kind} `) && alarms.length > 0 ? [resource.slice(kind.length + 1)] : [],
    );
  const names = (type: string, pattern: RegExp) => all(type).flatMap(({ name }) => pattern.exec(name)?.[1] ?? []);
  t.deepEqual(covered("load balancer").sort(), names(BALANCER, /^(.*)-balancer$/).sort());
  t.deepEqual(covered("fleet").sort(), names(GROUP, /^(.*)-group$/).sort());
  t.deepEqual(
    covered("database").sort(),
    names(INSTANCE, /^database-(.*)$/)
      .filter((slot) => slot !== "remote-instance")
      .sort(),
  );
  t.is(covered("certificate").length, all("aws:acm/certificate:Certificate").length);
  const made = [...all(ALARM), ...all(COMPOSITE)].map(({ name }) => name);
  const promised = coverage.flatMap(({ resource, alarms }) => {
    const part = resource === "the site" ? [] : [resource.replace("load balancer", "balancer").replace(" ", "-")];
    return alarms.map((alarm) => ["monitoring", ...part, alarm].join("-"));
  });
  t.deepEqual(
    promised.filter((name) => !made.includes(name)),
    [],
  );
  t.is(promised.length, made.filter((name) => name.startsWith("monitoring-")).length);
});
