import type { Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Account, Machine } from "./account/account.ts";
import { AddressBook } from "./address-book.ts";
import type { BalancedNode } from "./balancers/balanced-node.ts";
import { agreed, type TargetHealth } from "./balancers/health.ts";
import type { HealthReport } from "./balancers/inside.ts";
import type { BalancerNode } from "./balancers/node.ts";
import type { ShownCertificates } from "./certificates.ts";
import { Crew } from "./crew.ts";
import type { RunningDatabase } from "./databases/database.ts";
import type { LagMetric } from "./databases/lag-metric.ts";
import type { Faults } from "./faults.ts";
import type { Named } from "./names/own-names.ts";
import type { Naming } from "./naming.ts";
import type { Fabric } from "./network/fabric.ts";
import type { Interface } from "./network/plan.ts";
import { databaseInterface, type PlacedDatabase, type PlacedEndpoint, type Placement, place } from "./placement.ts";
import type { Replacing } from "./replacing.ts";
import type { Observed } from "./report.ts";
import { Steady } from "./steady.ts";
import type { MachineMember, Ties, Trades } from "./trades.ts";

export interface SupervisorOptions {
  readonly fabric: Pick<Fabric, "apply" | "namespaceOf">;
  readonly trades: (ties: Ties) => Trades;
  readonly naming: Pick<Naming, "publish" | "stop">;
  readonly certificates: Pick<ShownCertificates, "of" | "authorities">;
  readonly replacing: Pick<Replacing, "look">;
  readonly lag: Pick<LagMetric, "note">;
  /** Further hosts that are where AWS's endpoints are. */
  readonly hosts: readonly string[];
  /** Reads the account. */
  readonly read: () => Promise<Account>;
  /** Tells the account how its targets are. */
  readonly report: (report: HealthReport) => Promise<void>;
  readonly faults: () => Faults;
}

/** For how long a report of target health counts, when no other follows. */
const LEASE_SECONDS = 15;

/** Runs what an account holds, and follows it: what comes is started, what changes is changed, what goes is stopped. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #book = new AddressBook();
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

  constructor(options: SupervisorOptions) {
    this.#options = options;
    const { machines, balancers, databases, endpoints } = options.trades({
      drained: (instanceId) => this.#drained(instanceId),
      database: (identifier) => this.#crews.databases.member(databaseInterface(identifier)),
      ended: (kind, name) => this.#crews[kind].lose(name),
    });
    this.#crews = {
      machines: new Crew(machines),
      balancers: new Crew(balancers),
      databases: new Crew(databases),
      endpoints: new Crew(endpoints),
    };
  }

  /** Looks once at the account, begins what that asks for, tells it how its targets are, and answers with what there is. */
  async round(): Promise<Observed> {
    const { fabric, naming, certificates, replacing, lag, hosts, report } = this.#options;
    const account = await this.#options.read();
    const faults = this.#options.faults();
    const isKilled = (name: string) => faults.killed.includes(fabric.namespaceOf(name));
    const placement = place(account, this.#book, faults.zonesCutOff, this.#leaving());
    this.#interfaces = new Map(placement.plan.interfaces.map((each) => [each.name, each]));
    await fabric.apply(placement.plan);
    this.#want(account, placement, await certificates.of(account), isKilled);

    const found = await this.#found();
    const health = agreed(account.targetGroups, [...found.values()]);
    await naming.publish(account, named(account, placement, found, hosts));
    await Promise.all(
      account.networks.map(({ id }) => report({ networkId: id, leaseSeconds: LEASE_SECONDS, targets: health })),
    );
    await replacing.look(account, health, this.#crews.machines.members);
    this.#draining = new Set(health.filter(({ state }) => state === "draining").map(({ id }) => id));
    this.#rounds++;
    const lags = await this.#lags(placement);
    await lag.note(lags);
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
      authorities: certificates.authorities,
    };
  }

  /** Stops everything at once, as it is the whole world that ends. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const { machines, balancers, databases, endpoints } = this.#crews;
    for (const { booted } of machines.members.values()) booted.kill();
    await Promise.all([balancers, endpoints, machines].map((crew) => crew.stop()));
    await databases.stop();
    await this.#options.naming.stop();
  }

  /** Waits: load balancers are told in the round in which a machine leaves, and in the next one they say whether it has requests under way. */
  async #drained(instanceId: string): Promise<void> {
    const left = this.#rounds;
    while (!this.#isStopping && (this.#rounds < left + 2 || this.#draining.has(instanceId))) await sleep(100);
  }

  /** Interfaces of what has left the account and still has work to finish. */
  #leaving(): Interface[] {
    const present = new Set(Object.values(this.#crews).flatMap(({ names }) => names));
    return [...this.#interfaces.values()].filter(({ name }) => present.has(name));
  }

  #want(
    account: Account,
    placement: Placement,
    certificates: ReadonlyMap<string, string>,
    isKilled: (name: string) => boolean,
  ): void {
    const { targetGroups } = account;
    const addresses = new Map(account.machines.map(({ instanceId, address }) => [instanceId, address]));
    const isOn = ([name]: readonly [string, unknown]) => !isKilled(name);
    const nodes = [...placement.balancers].map(([name, { balancer, interface: at }]) => {
      return [name, { balancer, address: at.address, targetGroups, addresses, certificates }] as const;
    });
    const grouped = new Set(account.scalingGroups.flatMap(({ instanceIds }) => instanceIds));
    const machines = account.machines
      .map((machine) => [machine.instanceId, machine] as const)
      // What a group has stays as it is, dead, until the group replaces it.
      .filter(([id]) => grouped.has(id) || !isKilled(id));
    const steady = this.#steady;
    const crews = this.#crews;
    crews.databases.want(steady.databases.next([...placement.databases].filter(isOn)));
    crews.machines.want(steady.machines.next(machines));
    crews.balancers.want(steady.balancers.next(nodes.filter(isOn)));
    crews.endpoints.want(steady.endpoints.next([...placement.endpoints].filter(isOn)));
    for (const [name, { isDead }] of crews.machines.members) {
      if (isDead && !grouped.has(name)) crews.machines.lose(name);
    }
  }

  /** What each node of a load balancer finds of its targets, by the names of their interfaces. One that has just ended has nothing to say. */
  async #found(): Promise<ReadonlyMap<string, TargetHealth[]>> {
    const nodes = [...this.#crews.balancers.members];
    return new Map(
      await Promise.all(nodes.map(async ([name, node]) => [name, await node.health().catch(() => [])] as const)),
    );
  }

  async #lags({ databases }: Placement): Promise<ReadonlyMap<string, number>> {
    const lags = await Promise.all(
      [...databases].map(async ([name, { database }]) => {
        const seconds = await this.#crews.databases
          .member(name)
          ?.replicaLagSeconds()
          .catch(() => -1);
        return seconds === undefined ? [] : [[database.identifier, seconds] as const];
      }),
    );
    return new Map(lags.flat());
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
