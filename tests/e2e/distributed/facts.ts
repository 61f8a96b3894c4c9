/** What a distributed stack with nothing but its domain configured comes to, in the words of `readings/`. */
import type { ExecutionContext } from "ava";
import { balancers } from "../readings/balancing.ts";
import { databases, parameters } from "../readings/databases.ts";
import { fleets } from "../readings/fleets.ts";
import { logGroups } from "../readings/logs.ts";
import { alarms } from "../readings/monitoring.ts";
import { records } from "../readings/names.ts";
import { rules, subnets } from "../readings/network.ts";
import type { World } from "../world.ts";

export const DOMAIN = "staging.example.com";
export const SETTINGS = { domain: DOMAIN, architecture: "distributed" };

const EVERY_BALANCER = {
  addresses: "ipv4",
  zones: 2,
  "deletion_protection.enabled": "false",
  "idle_timeout.timeout_seconds": "60",
  "routing.http.drop_invalid_header_fields.enabled": "true",
  logs: "none",
  listeners: ["HTTP 80: forward"],
  check: "HTTP /healthz 10s 200",
  "deregistration_delay.timeout_seconds": "30",
  "load_balancing.algorithm.type": "round_robin",
  "slow_start.duration_seconds": "0",
  "stickiness.enabled": "false",
  health: ["healthy", "healthy"],
};

const EVERY_DATABASE = "one zone, encrypted, private, unprotected, reached as database, logs error,slowquery";

/** Fact by fact, read from the account. */
export async function checkAccount(t: ExecutionContext, world: World): Promise<void> {
  const account = world.account();
  t.deepEqual(await subnets(account, "staging"), [
    "application-1 10.0.64.0/20 eu-west-1a: local nat-1",
    "application-2 10.0.80.0/20 eu-west-1b: local nat-1",
    "data-1 10.0.128.0/20 eu-west-1a: local",
    "data-2 10.0.144.0/20 eu-west-1b: local",
    "public-1 10.0.0.0/20 eu-west-1a: igw local",
    "public-2 10.0.16.0/20 eu-west-1b: igw local",
  ]);
  t.deepEqual(await rules(account, "staging"), [
    "app in tcp 8080-8080 inner",
    "app out tcp 3306-3306 database",
    "app out tcp 443-443 0.0.0.0/0",
    "app out tcp 80-80 0.0.0.0/0",
    "database in tcp 3306-3306 app",
    "inner in tcp 80-80 web",
    "inner out tcp 8080-8080 app",
    "public in tcp 80-80 0.0.0.0/0",
    "public out tcp 80-80 web",
    "web in tcp 80-80 public",
    "web out tcp 443-443 0.0.0.0/0",
    "web out tcp 80-80 0.0.0.0/0",
    "web out tcp 80-80 inner",
  ]);
  t.deepEqual(await balancers(account), [
    { scheme: "internal", targets: "HTTP 8080", ...EVERY_BALANCER },
    { scheme: "internet-facing", targets: "HTTP 80", ...EVERY_BALANCER },
  ]);
  t.deepEqual(await fleets(account, "staging"), [
    "app 2-4: 2 in 2 zones, ELB, ALBRequestCountPerTarget 1000, ASGAverageCPUUtilization 50",
    "web 2-4: 2 in 2 zones, ELB, ALBRequestCountPerTarget 1000, ASGAverageCPUUtilization 50",
  ]);
  t.deepEqual(await databases(account, "staging"), [
    `primary writer mysql db.t4g.medium gp3, follows nobody, in eu-west-1a, ${EVERY_DATABASE}`,
    `replica-1 reader mysql db.t4g.medium gp3, follows primary, in eu-west-1b, ${EVERY_DATABASE}`,
  ]);
  t.deepEqual(await parameters(account), [
    "log_output FILE",
    "long_query_time 1",
    "require_secure_transport 1",
    "slow_query_log 1",
  ]);
  t.deepEqual(await records(account, DOMAIN), [
    `${DOMAIN}. A alias, by health PRIMARY`,
    `${DOMAIN}. CAA 300 0 issue "amazon.com"`,
    `www.${DOMAIN}. CNAME 300 ${DOMAIN}`,
  ]);
  t.deepEqual(await records(account, `internal.${DOMAIN}`), [
    `app.internal.${DOMAIN}. A alias, by health`,
    `reader.internal.${DOMAIN}. CNAME 5 primary weight 0`,
    `reader.internal.${DOMAIN}. CNAME 5 replica-1 weight 1, by health check`,
    `writer.internal.${DOMAIN}. CNAME 5 primary`,
  ]);
  t.deepEqual(await alarms(account), [
    "database-names-replica-1-lagging: GreaterThanThreshold 30, 2 of 2, breaching, tells nobody",
    "database-names-replica-1-stopped: LessThanThreshold 0, 2 of 2, notBreaching, tells nobody",
  ]);
  t.deepEqual(await logGroups(account), [
    "/aws/rds/instance/webstack-staging-primary/error: 30",
    "/aws/rds/instance/webstack-staging-primary/slowquery: 30",
    "/aws/rds/instance/webstack-staging-replica-1/error: 30",
    "/aws/rds/instance/webstack-staging-replica-1/slowquery: 30",
  ]);
}
