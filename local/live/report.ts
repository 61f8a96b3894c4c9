import type { Account, Database, Machine, Subnet } from "./account/account.ts";
import type { TargetHealth } from "./balancers/health.ts";
import type { BalancerNode } from "./balancers/node.ts";
import type { RunningDatabase } from "./databases/database.ts";
import type { LiveDocument, LivePart } from "./document.ts";
import type { Fabric } from "./network/fabric.ts";
import { balancerName, machineName } from "./part-names.ts";
import type { PlacedBalancer, PlacedDatabase, Placement } from "./placement.ts";
import type { Member } from "./status.ts";
import type { MachineMember } from "./trades.ts";

/** What a supervisor knows of what runs, by the names of interfaces. */
export interface Observed {
  readonly account: Account;
  readonly placement: Placement;
  readonly health: readonly TargetHealth[];
  readonly machines: ReadonlyMap<string, MachineMember>;
  readonly balancers: ReadonlyMap<string, BalancerNode>;
  readonly databases: ReadonlyMap<string, RunningDatabase>;
  readonly endpoints: ReadonlySet<string>;
  /** How far replicas are behind in seconds, by their identifiers; -1 where one does not replicate. */
  readonly lags: ReadonlyMap<string, number>;
  readonly failures: readonly { readonly name: string; readonly error: Error }[];
  /** Whether nothing is being started, changed or stopped. */
  readonly isSettled: boolean;
  readonly isKilled: (name: string) => boolean;
  /** By whom the certificates that load balancers show can be verified, as PEM. */
  readonly authorities: string;
}

/** Seconds since everything began, for a member that is ready, by its name. */
export type ReadyTimes = (name: string, ready: boolean) => number | undefined;

/** A member, and the interface that it has. */
export interface Seen extends Member {
  readonly interfaceName: string;
}

/** Everything that runs or is to run, in the order that a request goes. */
export function membersOf(observed: Observed, readyAfter: ReadyTimes): Seen[] {
  const { account, placement } = observed;
  const subnets = new Map(placement.plan.subnets.map((subnet) => [subnet.id, subnet]));
  const machines = account.machines.toSorted((a, b) => tierOrder(a) - tierOrder(b) || (a.address < b.address ? -1 : 1));
  const balancers = [...placement.balancers.values()];
  const isPublic = ({ balancer }: PlacedBalancer) => balancer.scheme === "internet-facing";
  const members = [
    ...balancers.filter(isPublic).map((each) => balancerMember(observed, each)),
    ...machines.filter(({ tags }) => tags.tier === "web").map(machine),
    ...balancers.filter((each) => !isPublic(each)).map((each) => balancerMember(observed, each)),
    ...machines.filter(({ tags }) => tags.tier !== "web").map(machine),
    ...[...placement.databases.values()].map((each) => databaseMember(observed, each)),
  ];
  return members.map((member) => {
    const readyAfterSeconds = readyAfter(member.name, member.ready);
    return { ...member, ...(readyAfterSeconds !== undefined && { readyAfterSeconds }) };
  });

  function machine(each: Machine): Seen {
    return machineMember(observed, each, subnets.get(each.subnetId) as Subnet);
  }
}

const TIERS = ["web", "server", "application"];

const tierOrder = ({ tags }: Machine): number => TIERS.indexOf(tags.tier ?? "");

function machineMember({ machines, health }: Observed, machine: Machine, subnet: Subnet): Seen {
  const found = machines.get(machine.instanceId);
  const states = health.filter(({ id }) => id === machine.instanceId).map(({ state }) => state);
  const [worst] = states.toSorted((a, b) => Number(a === "healthy") - Number(b === "healthy"));
  const state =
    found === undefined ? "starting" : found.isDead ? "dead" : !found.isBooted ? "booting" : (worst ?? "booted");
  return {
    name: machineName(machine, subnet),
    interfaceName: machine.instanceId,
    kind: "machine",
    tier: machine.tags.tier ?? "",
    address: machine.address,
    state,
    ready: state === "healthy" || state === "booted",
  };
}

function balancerMember({ balancers, isKilled }: Observed, placed: PlacedBalancer): Seen {
  const { name, address } = placed.interface;
  const runs = balancers.has(name);
  return {
    name: balancerName(placed),
    interfaceName: name,
    kind: "load balancer",
    tier: placed.balancer.scheme === "internal" ? "application" : "web",
    address,
    state: runs ? "active" : isKilled(name) ? "dead" : "provisioning",
    ready: runs,
  };
}

function databaseMember({ databases, lags, isKilled }: Observed, { database, interface: at }: PlacedDatabase): Seen {
  const isRunning = databases.has(at.name);
  const lag = lags.get(database.identifier);
  const state = isRunning ? databaseState(database, lag) : isKilled(at.name) ? "dead" : "starting";
  return {
    name: database.identifier,
    interfaceName: at.name,
    kind: "database",
    tier: "data",
    address: at.address,
    state,
    ready: isRunning && lag !== -1,
  };
}

function databaseState({ sourceIdentifier }: Database, lagSeconds: number | undefined): string {
  if (sourceIdentifier === undefined) return "available";
  return lagSeconds === undefined || lagSeconds < 0 ? "not replicating" : `replicating, ${lagSeconds} s behind`;
}

/** What live.json tells of members: the processes behind them. */
export function partsOf(
  { machines, balancers, databases }: Observed,
  members: readonly Seen[],
  fabric: Pick<Fabric, "namespaceOf">,
): Pick<LiveDocument, "machines" | "balancers" | "databases"> {
  const part = ({ name, tier, address, ready, interfaceName }: Seen, pid: number): LivePart => {
    return { name, tier, address, namespace: fabric.namespaceOf(interfaceName), pid, ready };
  };
  const those = (running: ReadonlyMap<string, { readonly pid: number }>) =>
    members.flatMap((member) => {
      const pid = running.get(member.interfaceName)?.pid;
      return pid === undefined ? [] : [part(member, pid)];
    });
  return {
    machines: members.flatMap((member) => {
      const pid = machines.get(member.interfaceName)?.booted.pid;
      return pid === undefined ? [] : [{ ...part(member, pid), instanceId: member.interfaceName }];
    }),
    balancers: those(balancers),
    databases: those(databases),
  };
}

/** Why it is not all ready, for people; nothing where it is. */
export function problemsOf({ account, placement, failures, isSettled }: Observed, members: readonly Seen[]): string[] {
  const named = new Map(members.map(({ interfaceName, name }) => [interfaceName, name]));
  const known = placement.plan.interfaces.length > 0 ? [] : ["The account has nothing that runs."];
  const unready = members
    .filter(({ ready }) => !ready)
    .map(({ name, kind, state }) => `The ${kind} ${name} is ${state}.`);
  const failed = failures.map(({ name, error }) => `${named.get(name) ?? name}: ${error.message}`);
  const missing = account.scalingGroups
    .filter(({ instanceIds, desired }) => instanceIds.length < desired)
    .map(({ name, desired, instanceIds }) => `The scaling group ${name} has ${instanceIds.length} of ${desired}.`);
  const problems = [...known, ...failed, ...unready, ...missing];
  return problems.length === 0 && !isSettled ? ["Something is still being changed or stopped."] : problems;
}
