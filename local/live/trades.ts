import { existsSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";
import type { Database, Machine } from "./account/account.ts";
import type { BalancedNode } from "./balancers/balanced-node.ts";
import { BalancerNode } from "./balancers/node.ts";
import type { Trade } from "./crew.ts";
import { RunningDatabase } from "./databases/database.ts";
import type { Authority } from "./machines/authority.ts";
import { BootedMachine } from "./machines/machine.ts";
import { RESOLVER } from "./network/addresses.ts";
import type { Fabric } from "./network/fabric.ts";
import type { PlacedDatabase, PlacedEndpoint } from "./placement.ts";
import type { Services } from "./services.ts";

/** What all trades, and name servers, need to know of the run. */
export interface Run {
  readonly base: string;
  readonly fabric: Fabric;
  readonly authority: Authority;
  /** Where everything has a directory of its own, by the name of its interface. */
  readonly directory: string;
}

/** How long services of a machine may take to stop: systemd's own default, beyond which EC2 does not wait either. */
const SHUTDOWN_SECONDS = 90;

/** A machine, and what the account says of it. */
export class MachineMember {
  readonly booted: BootedMachine;
  /** In milliseconds. */
  readonly startedAt = Date.now();
  machine: Machine;
  #isDead = false;

  constructor(booted: BootedMachine, machine: Machine) {
    this.booted = booted;
    this.machine = machine;
    void booted.exited.then(() => {
      this.#isDead = true;
    });
  }

  /** Whether it is off, by whatever cause. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Whether cloud-init has done all that it was told, in this boot. */
  get isBooted(): boolean {
    return !this.#isDead && existsSync(`/proc/${this.booted.pid}/root/run/cloud-init/result.json`);
  }
}

/** How everything is started, changed and stopped that an account can have. */
export interface Trades {
  readonly machines: Trade<Machine, MachineMember>;
  readonly balancers: Trade<BalancedNode, BalancerNode>;
  readonly databases: Trade<PlacedDatabase, RunningDatabase>;
  readonly endpoints: Trade<PlacedEndpoint, Server>;
}

/** What trades ask of whoever works by them, and tell. */
export interface Ties {
  /** Settles once no load balancer has requests under way at a machine, which is before EC2 Auto Scaling terminates it. */
  readonly drained: (instanceId: string) => Promise<void>;
  /** A database that runs. */
  readonly database: (identifier: string) => RunningDatabase | undefined;
  /** Something has ended, by itself or as it was told. */
  readonly ended: (kind: "balancers" | "databases", name: string) => void;
}

export const trades =
  (run: Run, services: Services) =>
  ({ drained, database, ended }: Ties): Trades => ({
    machines: machineTrade(run, drained),
    balancers: balancerTrade(run, (name) => ended("balancers", name)),
    databases: databaseTrade(run, database, (name) => ended("databases", name)),
    endpoints: endpointTrade(run.fabric, services),
  });

/** Machines: booted from their user data, and given their volumes when these are attached. */
function machineTrade({ base, fabric, authority, directory }: Run, drained: Ties["drained"]): Trades["machines"] {
  const volumesOf = ({ volumes }: Machine) =>
    volumes
      .filter(({ isRoot }) => !isRoot)
      .map(({ volumeId, device, sizeGiB }) => ({ volumeId, device, sizeGiB, file: join(directory, volumeId) }));
  return {
    start: async (machine, name) => {
      const booted = await BootedMachine.boot({
        name: fabric.namespaceOf(name),
        hostname: `ip-${machine.address.replaceAll(".", "-")}`,
        base,
        namespace: fabric.namespaceOf(name),
        directory: join(directory, name),
        authorities: authority.certificate,
        resolver: RESOLVER,
        volumes: volumesOf(machine),
      });
      return new MachineMember(booted, machine);
    },
    change: async (member, machine) => {
      const had = new Set(member.machine.volumes.map(({ volumeId }) => volumeId));
      for (const volume of volumesOf(machine)) if (!had.has(volume.volumeId)) await member.booted.attach(volume);
      member.machine = machine;
    },
    stop: async ({ booted, isDead }, name) => {
      if (!isDead) await drained(name);
      await booted.shutDown(SHUTDOWN_SECONDS);
    },
  };
}

/** Load balancers, one for each of their zones. */
function balancerTrade({ base, fabric, directory }: Run, onEnd: (name: string) => void): Trades["balancers"] {
  return {
    start: async (node, name) => {
      const started = await BalancerNode.start({
        name,
        base,
        namespace: fabric.namespaceOf(name),
        directory: join(directory, name),
        node,
      });
      void started.exited.then(() => onEnd(name));
      return started;
    },
    change: (member, node) => member.configure(node),
    stop: (member) => member.stop(),
  };
}

/** Databases. A replica finds its source among those that run. */
function databaseTrade(
  { base, fabric, authority, directory }: Run,
  running: Ties["database"],
  onEnd: (name: string) => void,
): Trades["databases"] {
  const sourceOf = ({ sourceIdentifier }: Database) =>
    sourceIdentifier === undefined ? undefined : running(sourceIdentifier);
  return {
    start: async ({ database, interface: { address } }, name) => {
      const started = await RunningDatabase.startIn(
        { name, base, namespace: fabric.namespaceOf(name), directory: join(directory, name) },
        { database, address, authority, source: sourceOf(database) },
      );
      void started.exited.then(() => onEnd(name));
      return started;
    },
    change: (member, { database }) => member.change(database, sourceOf(database)),
    stop: (member) => member.stop(),
  };
}

/** Interface endpoints: AWS's services under an address of the network. */
function endpointTrade(fabric: Fabric, services: Services): Trades["endpoints"] {
  return {
    start: ({ interface: { name, address } }) => services.answerAt(fabric.namespaceOf(name), address),
    change: async () => {},
    stop: async (member) => void member.close(),
  };
}
