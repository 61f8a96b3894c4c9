import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Account } from "./account.ts";
import { readBalancers } from "./balancers.ts";
import { type ClientOptions, type Clients, clientsOf } from "./clients.ts";
import { readDatabases } from "./databases.ts";
import { Kept } from "./kept.ts";
import { readMachines } from "./machines.ts";
import { readNames } from "./names.ts";
import { readNetworks, stacksNetworks } from "./networks.ts";
import { readScalingGroups } from "./scaling-groups.ts";
import { readSecurityGroups } from "./security-groups.ts";
import type { Scope, Source } from "./source.ts";
import { readTargetGroups } from "./target-groups.ts";

/** A stack without a network has nothing that runs. */
const NOTHING = {
  networks: [],
  securityGroups: [],
  machines: [],
  balancers: [],
  targetGroups: [],
  scalingGroups: [],
  databases: [],
  zones: [],
  healthChecks: [],
  unsupported: [],
};

/** Reads what a stack has in an account, as often as one likes: what cannot change is asked for once. */
export class AccountReader {
  readonly #clients: Clients;
  readonly #region: string;
  readonly #scope: Scope;
  readonly #kept = new Kept();

  constructor(options: ClientOptions, scope: Scope) {
    this.#clients = clientsOf(options);
    this.#region = options.region;
    this.#scope = scope;
  }

  /** One reading at a time. */
  async read(): Promise<Account> {
    this.#kept.turn();
    const [vpcs, accountId] = await Promise.all([stacksNetworks(this.#clients, this.#scope), this.#accountId()]);
    if (vpcs.length === 0) return { ...NOTHING, accountId, region: this.#region };
    const networkIds = vpcs.map(({ VpcId = "" }) => VpcId);
    const source: Source = { clients: this.#clients, kept: this.#kept, scope: this.#scope, networkIds };
    const [networks, securityGroups, machines, balancers, targetGroups, scalingGroups, databases, names] =
      await Promise.all([
        readNetworks(source, vpcs),
        readSecurityGroups(source),
        readMachines(source),
        readBalancers(source),
        readTargetGroups(source),
        readScalingGroups(source),
        readDatabases(source),
        readNames(source),
      ]);
    const parts = [networks, securityGroups, machines, balancers, targetGroups, databases, names];
    return {
      accountId,
      region: this.#region,
      networks: networks.items,
      securityGroups: securityGroups.items,
      machines: machines.items,
      balancers: balancers.items,
      targetGroups: targetGroups.items,
      scalingGroups,
      databases: databases.items,
      zones: names.zones,
      healthChecks: names.healthChecks,
      unsupported: parts.flatMap(({ unsupported }) => unsupported),
    };
  }

  #accountId(): Promise<string> {
    return this.#kept.get("account", async () => {
      const { Account: id = "" } = await this.#clients.sts.send(new GetCallerIdentityCommand({}));
      return id;
    });
  }
}
