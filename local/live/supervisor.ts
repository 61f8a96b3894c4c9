import { mkdirSync } from "node:fs";
import type { Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Account, Machine } from "./account/account.ts";
import type { ClientOptions } from "./account/clients.ts";
import { AddressBook } from "./address-book.ts";
import type { BalancedNode } from "./balancers/balanced-node.ts";
import { agreed, type TargetHealth } from "./balancers/health.ts";
import { reportHealth } from "./balancers/inside.ts";
import type { BalancerNode } from "./balancers/node.ts";
import { ShownCertificates } from "./certificates.ts";
import { Crew } from "./crew.ts";
import type { RunningDatabase } from "./databases/database.ts";
import { LagMetric } from "./databases/lag-metric.ts";
import type { Faults } from "./faults.ts";
import type { Named } from "./names/own-names.ts";
import { Naming } from "./naming.ts";
import type { Interface } from "./network/plan.ts";
import type { Internet } from "./outside/internet.ts";
import { type PlacedDatabase, type PlacedEndpoint, type Placement, place } from "./placement.ts";
import { Replacing } from "./replacing.ts";
import type { Observed } from "./report.ts";
import type { Services } from "./services.ts";
import { Steady } from "./steady.ts";
import { balancerTrade, databaseTrade, endpointTrade, type MachineMember, machineTrade, type Run } from "./trades.ts";

export interface SupervisorOptions {
  readonly run: Run;
  readonly services: Services;
  readonly internet: Internet;
  /** Reads the account. */
  readonly read: () => Promise<Account>;
  readonly client: ClientOptions;
  readonly faults: () => Faults;
}

/** For how long a report of target health counts, when no other follows. */
const LEASE_SECONDS = 15;

/** Runs what an account holds, and follows it: what comes is started, what changes is changed, what goes is stopped. */
export class Supervisor {
  readonly #run: Run;
  readonly #read: () => Promise<Account>;
  readonly #endpoint: string;
  readonly #faults: () => Faults;
  readonly #book = new AddressBook();
  readonly #certificates: ShownCertificates;
  readonly #naming: Naming;
  readonly #hosts: readonly string[];
  readonly #replacing: Replacing;
  readonly #lag: LagMetric;
  readonly #crews: {
    readonly machines: Crew<Machine, MachineMember>;
    readonly balancers: Crew<BalancedNode, BalancerNode>;
    readonly databases: Crew<PlacedDatabase, RunningDatabase>;
    readonly endpoints: Crew<PlacedEndpoint, Server>;
  };
  readonly #steady = {
    machines: new Steady<Machine>(),
    balancers: new Steady<BalancedNode>(),
    databases: new Steady<PlacedDatabase>(),
    endpoints: new Steady<PlacedEndpoint>(),
  };
  #interfaces: ReadonlyMap<string, Interface> = new Map();
  #draining: ReadonlySet<string> = new Set();
  #rounds = 0;
  #isStopping = false;

  constructor({ run, services, internet, read, client, faults }: SupervisorOptions) {
    this.#run = run;
    this.#read = read;
    this.#endpoint = client.endpoint;
    this.#faults = faults;
    this.#certificates = new ShownCertificates(run.authority, client.endpoint);
    this.#replacing = new Replacing(new AutoScalingClient(client));
    const cloudwatch = new CloudWatchClient(client);
    this.#lag = new LagMetric(cloudwatch);
    this.#naming = new Naming(run, cloudwatch, (host, port) => internet.connect(host, port));
    this.#hosts = services.front.hosts;
    mkdirSync(run.directory, { recursive: true });
    this.#crews = {
      machines: new Crew(machineTrade(run, (instanceId) => this.#drained(instanceId))),
      balancers: new Crew(balancerTrade(run, (name) => this.#crews.balancers.lose(name))),
      databases: new Crew(
        databaseTrade(
          run,
          (identifier) => this.#database(identifier),
          (name) => this.#crews.databases.lose(name),
        ),
      ),
      endpoints: new Crew(endpointTrade(run.fabric, services)),
    };
  }

  /** Looks once at the account, begins what that asks for, tells it how its targets are, and answers with what there is. */
  async round(): Promise<Observed> {
    const account = await this.#read();
    const faults = this.#faults();
    const isKilled = (name: string) => faults.killed.includes(this.#run.fabric.namespaceOf(name));
    const placement = place(account, this.#book, faults.zonesCutOff, this.#leaving());
    this.#interfaces = new Map(placement.plan.interfaces.map((each) => [each.name, each]));
    await this.#run.fabric.apply(placement.plan);
    await this.#want(account, placement, isKilled);

    const found = await this.#found();
    const health = agreed(account.targetGroups, [...found.values()]);
    await this.#naming.publish(account, named(account, placement, found, this.#hosts));
    await Promise.all(
      account.networks.map(({ id }) =>
        reportHealth(this.#endpoint, { networkId: id, leaseSeconds: LEASE_SECONDS, targets: health }),
      ),
    );
    await this.#replacing.look(account, health, this.#crews.machines.members);
    this.#draining = new Set(health.filter(({ state }) => state === "draining").map(({ id }) => id));
    this.#rounds++;
    const lags = await this.#lags();
    await this.#lag.note(lags);
    const { machines, balancers, databases, endpoints } = this.#crews;
    return {
      account,
      placement,
      health,
      machines: machines.members,
      balancers: balancers.members,
      databases: databases.members,
      endpoints: new Set(endpoints.members.keys()),
      lags,
      failures: Object.values(this.#crews).flatMap((crew) => crew.failures),
      isSettled: Object.values(this.#crews).every(({ settled }) => settled),
      isKilled,
      authorities: this.#certificates.authorities,
    };
  }

  /** Stops everything at once, as it is the whole world that ends. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const { machines, balancers, databases, endpoints } = this.#crews;
    for (const { booted } of machines.members.values()) booted.kill();
    await Promise.all([balancers, endpoints, machines].map((crew) => crew.stop()));
    await databases.stop();
    await this.#naming.stop();
  }

  /** Load balancers are told in the round in which a machine leaves, and in the next one they say whether it has requests under way. */
  async #drained(instanceId: string): Promise<void> {
    const left = this.#rounds;
    while (!this.#isStopping && (this.#rounds < left + 2 || this.#draining.has(instanceId))) await sleep(100);
  }

  /** Interfaces of what has left the account and still has work to finish. */
  #leaving(): Interface[] {
    const present = new Set(Object.values(this.#crews).flatMap(({ names }) => names));
    return [...this.#interfaces.values()].filter(({ name }) => present.has(name));
  }

  async #want(account: Account, placement: Placement, isKilled: (name: string) => boolean): Promise<void> {
    const certificates = await this.#certificates.of(account);
    const addresses = new Map(account.machines.map(({ instanceId, address }) => [instanceId, address]));
    const isOn = ([name]: readonly [string, unknown]) => !isKilled(name);
    const nodes = [...placement.balancers].map(
      ([
        name,
        {
          balancer,
          interface: { address },
        },
      ]) => {
        return [name, { balancer, address, targetGroups: account.targetGroups, addresses, certificates }] as const;
      },
    );
    const isGrouped = new Set(account.scalingGroups.flatMap(({ instanceIds }) => instanceIds));
    const machines = account.machines
      .map((machine) => [machine.instanceId, machine] as const)
      // What a group has stays as it is, dead, until the group replaces it.
      .filter(([id]) => isGrouped.has(id) || !isKilled(id));
    const { steady, crews } = { steady: this.#steady, crews: this.#crews };
    crews.databases.want(steady.databases.next([...placement.databases].filter(isOn)));
    crews.machines.want(steady.machines.next(machines));
    crews.balancers.want(steady.balancers.next(nodes.filter(isOn)));
    crews.endpoints.want(steady.endpoints.next([...placement.endpoints].filter(isOn)));
    for (const [name, { isDead }] of crews.machines.members) {
      if (isDead && !isGrouped.has(name)) crews.machines.lose(name);
    }
  }

  /** What each node of a load balancer finds of its targets, by the names of their interfaces. One that has just ended has nothing to say. */
  async #found(): Promise<ReadonlyMap<string, TargetHealth[]>> {
    const nodes = [...this.#crews.balancers.members];
    return new Map(
      await Promise.all(nodes.map(async ([name, node]) => [name, await node.health().catch(() => [])] as const)),
    );
  }

  async #lags(): Promise<ReadonlyMap<string, number>> {
    const lags = await Promise.all(
      [...this.#crews.databases.members].map(async ([name, database]) => {
        const seconds = await database.replicaLagSeconds().catch(() => -1);
        return seconds === undefined ? [] : [[name.replace(/^rds-/, ""), seconds] as const];
      }),
    );
    return new Map(lags.flat());
  }

  #database(identifier: string): RunningDatabase | undefined {
    return this.#crews.databases.member(`rds-${identifier}`);
  }
}

/** AWS's own names and where they lead, as the nodes of load balancers find their targets. */
function named(
  { region }: Account,
  { balancers, databases, endpoints }: Placement,
  found: ReadonlyMap<string, readonly TargetHealth[]>,
  hosts: readonly string[],
): Named {
  return {
    region,
    balancers: [...balancers.values()].map(({ balancer: { dnsName }, interface: { name, address, publicAddress } }) => {
      const healthy = (found.get(name) ?? []).some(({ state }) => state === "healthy");
      return { dnsName, address, publicAddress, healthy };
    }),
    databases: [...databases.values()].map(({ database: { endpoint }, interface: { address, publicAddress } }) => {
      return { host: endpoint.host, address, publicAddress };
    }),
    endpoints: [...endpoints.values()]
      .filter(({ endpoint }) => endpoint.privateDns)
      .map(({ endpoint: { service }, interface: { address } }) => ({ service, address })),
    hosts,
  };
}
