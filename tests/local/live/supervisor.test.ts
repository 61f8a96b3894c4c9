import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import type { Account } from "../../../local/live/account/account.ts";
import type { TargetHealth } from "../../../local/live/balancers/health.ts";
import type { HealthReport } from "../../../local/live/balancers/inside.ts";
import type { Trade } from "../../../local/live/crew.ts";
import type { Faults } from "../../../local/live/faults.ts";
import type { Named } from "../../../local/live/names/own-names.ts";
import type { NetworkPlan } from "../../../local/live/network/plan.ts";
import { Supervisor } from "../../../local/live/supervisor.ts";
import type { Ties, Trades } from "../../../local/live/trades.ts";
import { account, balancer, database, machine, scalingGroup } from "./stacks.ts";

const NODE = "0123456789abcdef-eu-west-1a";
const HEALED: Faults = { zonesCutOff: [], killed: [] };

/** A supervisor whose machines, load balancers and databases are only noted, in an account that can be changed. */
function supervised(held: Account) {
  const now = {
    account: held,
    faults: HEALED,
    /** What every node of a load balancer finds. */
    found: async (): Promise<readonly TargetHealth[]> => [],
    /** By which replicas are behind, by the names of their interfaces. */
    lag: async (_name: string): Promise<number | undefined> => undefined,
  };
  const noted = {
    steps: [] as string[],
    plans: [] as NetworkPlan[],
    reports: [] as HealthReport[],
    named: [] as Named[],
  };
  const dead = new Set<string>();
  const lags: ReadonlyMap<string, number>[] = [];
  let ties: Ties | undefined;

  function trade<Member>(
    member: (name: string) => Member,
    before = async (_name: string) => {},
  ): Trade<unknown, Member> {
    return {
      start: async (_, name) => {
        noted.steps.push(`start ${name}`);
        return member(name);
      },
      change: async () => void noted.steps.push("change"),
      stop: async (_, name) => {
        await before(name);
        noted.steps.push(`stop ${name}`);
      },
    };
  }

  const supervisor = new Supervisor({
    fabric: {
      apply: async (plan) => void noted.plans.push(plan),
      namespaceOf: (name) => `ws-${name}`,
    },
    trades: (given) => {
      ties = given;
      return {
        machines: trade(
          (name) => ({
            booted: { kill: () => void noted.steps.push(`kill ${name}`) },
            get isDead() {
              return dead.has(name);
            },
          }),
          (name) => given.drained(name),
        ),
        balancers: trade(() => ({ health: () => now.found() })),
        databases: trade((name) => ({ replicaLagSeconds: () => now.lag(name) })),
        endpoints: trade(() => ({})),
      } as unknown as Trades;
    },
    naming: {
      publish: async (_, named) => void noted.named.push(named),
      stop: async () => void noted.steps.push("stop names"),
    },
    certificates: { of: async () => new Map(), authorities: "PEM\n" },
    replacing: { look: async () => {} },
    lag: { note: async (each) => void lags.push(each) },
    hosts: ["deb.example.org"],
    read: async () => now.account,
    report: async (report) => void noted.reports.push(report),
    faults: () => now.faults,
  });

  return {
    supervisor,
    now,
    noted,
    dead,
    lags,
    ties: () => ties as Ties,
    /** Looks until everything is as the account has it, and says what was done for that. */
    async settle(): Promise<string[]> {
      const before = noted.steps.length;
      await supervisor.round();
      while (!(await supervisor.round()).isSettled) await sleep(5);
      return noted.steps.slice(before).toSorted();
    },
  };
}

const alone = machine("i-alone", "10.0.1.4");
const grouped = machine("i-grouped", "10.0.1.5");
const stack = account({
  machines: [alone, grouped],
  scalingGroups: [scalingGroup(["i-grouped"])],
  balancers: [balancer("public", "internet-facing")],
  databases: [database("primary"), database("replica", { sourceIdentifier: "primary" })],
});
const STARTED = [`start ${NODE}`, "start i-alone", "start i-grouped", "start rds-primary", "start rds-replica"];

test("what an account holds is started once, what it has changed is changed, and what it has no more is stopped", async (t) => {
  const { now, settle } = supervised(stack);
  t.deepEqual(await settle(), STARTED);
  t.deepEqual(await settle(), []);
  now.account = { ...stack, machines: [{ ...alone, instanceType: "t4g.large" }, grouped] };
  t.deepEqual(await settle(), ["change"]);
  now.account = account();
  t.deepEqual(await settle(), STARTED.map((step) => step.replace("start", "stop")).toSorted());
});

test("what leaves keeps its interface until it has stopped", async (t) => {
  const { supervisor, now, noted, settle } = supervised(account({ machines: [alone] }));
  await settle();
  now.account = account();
  await supervisor.round();
  const last = () => noted.plans.at(-1)?.interfaces.map(({ name }) => name);
  t.deepEqual(last(), ["i-alone"]);
  await settle();
  t.deepEqual(noted.steps, ["start i-alone", "stop i-alone"]);
  await supervisor.round();
  t.deepEqual(last(), []);
});

test("a machine leaves once load balancers were told of it and have no requests under way there", async (t) => {
  const { supervisor, now, noted, settle } = supervised(account({ balancers: stack.balancers, machines: [alone] }));
  await settle();
  now.account = account({ balancers: stack.balancers });
  now.found = async () => [{ targetGroupArn: "group", id: "i-alone", port: 80, state: "draining" }];
  for (let round = 0; round < 4; round++) await supervisor.round();
  await sleep(250);
  t.false(noted.steps.includes("stop i-alone"));
  now.found = async () => [];
  t.deepEqual(await settle(), ["stop i-alone"]);
});

test("what was killed stays off until it is healed, and a machine of a group for its group to replace", async (t) => {
  const { now, noted, dead, settle } = supervised(stack);
  await settle();
  const killed = ["i-alone", "i-grouped", NODE, "rds-primary"];
  now.faults = { ...HEALED, killed: killed.map((name) => `ws-${name}`) };
  for (const name of ["i-alone", "i-grouped"]) dead.add(name);
  t.deepEqual(await settle(), [`stop ${NODE}`, "stop rds-primary"], "what is dead needs no stop");
  t.deepEqual(await settle(), []);
  dead.clear();
  now.faults = HEALED;
  t.deepEqual(await settle(), [`start ${NODE}`, "start i-alone", "start rds-primary"]);
  t.is(noted.steps.filter((step) => step.endsWith("i-grouped")).length, 1);
});

test("a zone that is cut off is the network's to cut", async (t) => {
  const { supervisor, now, noted } = supervised(stack);
  now.faults = { zonesCutOff: ["eu-west-1a"], killed: [] };
  await supervisor.round();
  t.deepEqual(noted.plans.at(-1)?.zonesCutOff, ["eu-west-1a"]);
});

test("a machine that went off by itself is started again, unless it has a group that replaces it", async (t) => {
  const { noted, dead, supervisor, settle } = supervised(stack);
  await settle();
  dead.add("i-grouped").add("i-alone");
  await supervisor.round();
  dead.clear();
  await settle();
  t.deepEqual(noted.steps.slice(STARTED.length), ["start i-alone"]);
});

test("load balancers and databases that ended by themselves are started again, and replicas find their source", async (t) => {
  const { ties, settle } = supervised(stack);
  t.is(ties().database("primary"), undefined);
  await settle();
  t.truthy(ties().database("primary"));
  t.is(ties().database("rds-primary"), undefined);
  ties().ended("databases", "rds-primary");
  ties().ended("balancers", NODE);
  t.deepEqual(await settle(), [`start ${NODE}`, "start rds-primary"]);
});

test("the account is told what load balancers find, of each network and for a while", async (t) => {
  const { supervisor, now, noted, settle } = supervised(stack);
  await settle();
  const targets: TargetHealth[] = [{ targetGroupArn: "group", id: "i-alone", port: 80, state: "healthy" }];
  now.found = async () => targets;
  t.deepEqual((await supervisor.round()).health, targets);
  t.deepEqual(noted.reports.at(-1), { networkId: "vpc-1", leaseSeconds: 15, targets });
  now.found = async () => Promise.reject(new Error("it has just ended"));
  t.deepEqual((await supervisor.round()).health, [], "a node that does not answer says nothing");
});

test("the lag of replicas is told by their identifiers, and is -1 where it cannot be asked for", async (t) => {
  const { supervisor, now, lags, settle } = supervised(stack);
  await settle();
  now.lag = async (name) => (name === "rds-replica" ? 7 : undefined);
  t.deepEqual([...(await supervisor.round()).lags], [["replica", 7]]);
  now.lag = async (name) => (name === "rds-replica" ? Promise.reject(new Error("no connection")) : undefined);
  t.deepEqual([...(await supervisor.round()).lags], [["replica", -1]]);
  t.deepEqual([...(lags.at(-1) ?? [])], [["replica", -1]]);
});

test("names lead to what runs, load balancers' only while one of their targets is healthy", async (t) => {
  const [network] = stack.networks;
  const endpoint = {
    id: "vpce-1",
    service: "logs",
    subnetIds: ["subnet-app-b"],
    securityGroupIds: [],
    privateDns: true,
  };
  const endpoints = [endpoint, { ...endpoint, id: "vpce-2", service: "ssm", privateDns: false }];
  const { supervisor, now, noted, settle } = supervised({
    ...stack,
    networks: network ? [{ ...network, endpoints }] : [],
  });
  await settle();
  const [{ dnsName }] = [balancer("public", "internet-facing")];
  const at = { dnsName, address: "10.0.0.254", publicAddress: "203.0.113.1" };
  t.deepEqual(noted.named.at(-1), {
    region: "eu-west-1",
    balancers: [{ ...at, healthy: false }],
    databases: [
      { host: "primary.abc.eu-west-1.rds.amazonaws.com", address: "10.0.2.254", publicAddress: undefined },
      { host: "replica.abc.eu-west-1.rds.amazonaws.com", address: "10.0.2.253", publicAddress: undefined },
    ],
    endpoints: [{ service: "logs", address: "10.0.1.254" }],
    hosts: ["deb.example.org"],
  });
  now.found = async () => [{ targetGroupArn: "group", id: "i-alone", port: 80, state: "healthy" }];
  await supervisor.round();
  t.deepEqual(noted.named.at(-1)?.balancers, [{ ...at, healthy: true }]);
});

test("at the end machines lose power, nothing waits for requests, and databases and names go last", async (t) => {
  const { supervisor, now, noted, settle } = supervised(stack);
  await settle();
  now.found = async () => [{ targetGroupArn: "group", id: "i-alone", port: 80, state: "draining" }];
  await supervisor.round();
  await supervisor.stop();
  const steps = noted.steps.slice(STARTED.length);
  t.deepEqual(steps.slice(0, 2), ["kill i-alone", "kill i-grouped"]);
  t.deepEqual(steps.slice(2, 5).toSorted(), [`stop ${NODE}`, "stop i-alone", "stop i-grouped"]);
  t.deepEqual(steps.slice(5), ["stop rds-primary", "stop rds-replica", "stop names"]);
});
