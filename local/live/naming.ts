import { join } from "node:path";
import { type CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import type { Account } from "./account/account.ts";
import { all } from "./account/clients.ts";
import { type AlarmState, HealthChecks } from "./names/health.ts";
import { type Named, namesInTheNetwork, namesOnTheInternet } from "./names/own-names.ts";
import { type Connect, probe } from "./names/probe.ts";
import { NameServer, type NameServerOptions } from "./names/server.ts";
import type { Zone } from "./names/zone-file.ts";
import { publicZones, resolverZone } from "./names/zones.ts";
import { addressAt, PUBLIC_DNS, RESOLVER } from "./network/addresses.ts";
import type { Fabric } from "./network/fabric.ts";
import type { Run } from "./trades.ts";

export interface NamingOptions {
  readonly run: Pick<Run, "base" | "directory"> & { readonly fabric: Pick<Fabric, "namespace" | "outside"> };
  readonly cloudwatch: CloudWatchClient;
  /** As whoever checks the health of endpoints reaches them. */
  readonly connect: Connect;
  /** @default {@link NameServer.start} */
  readonly startServer?: (options: NameServerOptions) => Promise<Pick<NameServer, "publish" | "stop">>;
}

/** Has names mean what the account says: on the internet by its name server, in the network by the network's resolver. */
export class Naming {
  readonly #run: NamingOptions["run"];
  readonly #cloudwatch: CloudWatchClient;
  readonly #startServer: NonNullable<NamingOptions["startServer"]>;
  readonly #checks: HealthChecks;
  readonly #servers = new Map<string, Pick<NameServer, "publish" | "stop">>();
  #alarms: ReadonlyMap<string, AlarmState> = new Map();

  constructor({ run, cloudwatch, connect, startServer = NameServer.start }: NamingOptions) {
    this.#run = run;
    this.#cloudwatch = cloudwatch;
    this.#startServer = startServer;
    this.#checks = new HealthChecks({
      probe: (check) => probe(check, connect),
      alarmState: (name) => this.#alarms.get(name),
    });
  }

  async publish({ zones, healthChecks, networks }: Account, named: Named): Promise<void> {
    if (healthChecks.some(({ alarm }) => alarm)) this.#alarms = await this.#alarmStates();
    // Endpoints may be slow to answer, and names must not wait for them.
    void this.#checks.tick(healthChecks, Date.now());
    const seen = { zones, health: this.#checks.healthy };
    await this.#serve(
      "internet-names",
      this.#run.fabric.outside,
      [PUBLIC_DNS],
      [...publicZones({ ...seen, ownNames: namesOnTheInternet(named) })],
    );
    const [network] = networks;
    if (network === undefined) return;
    const resolvers = [RESOLVER, addressAt(network.cidrs[0] ?? "", 2)];
    await this.#serve("network-names", this.#run.fabric.namespace, resolvers, [
      resolverZone({ ...seen, networkId: network.id, ownNames: namesInTheNetwork(named) }),
    ]);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
  }

  async #serve(name: string, namespace: string, addresses: readonly string[], zones: readonly Zone[]): Promise<void> {
    const server = this.#servers.get(name);
    if (server) return server.publish(zones);
    const { base, directory } = this.#run;
    this.#servers.set(
      name,
      await this.#startServer({ name, base, namespace, directory: join(directory, name), addresses, zones }),
    );
  }

  async #alarmStates(): Promise<ReadonlyMap<string, AlarmState>> {
    const alarms = await all(paginateDescribeAlarms({ client: this.#cloudwatch }, {}), (page) => page.MetricAlarms);
    return new Map(
      alarms.flatMap(({ AlarmName, StateValue }) => (AlarmName && StateValue ? [[AlarmName, StateValue]] : [])),
    );
  }
}
