import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Appliance, startAppliance } from "../machines/appliance.ts";
import { serialOf } from "./serial.ts";
import { type Zone, zoneFile } from "./zone-file.ts";

export interface NameServerOptions {
  /** Of the appliance, unique within the run. */
  readonly name: string;
  readonly base: string;
  readonly namespace: string;
  /** Its own. */
  readonly directory: string;
  /** Addresses of the namespace, at whose port 53 it is asked. */
  readonly addresses: readonly string[];
  readonly zones: readonly Zone[];
}

/** Where it is asked from outside of its namespace, over the protocol for TCP. */
export const SOCKET = "dns.sock";

const PATIENCE_MS = 5_000;

/** A name server: a Knot DNS, which serves the zones that were published last. */
export class NameServer {
  /** When its process ended, by itself or by {@link stop}. */
  readonly exited: Promise<number | null>;
  readonly #appliance: Appliance;
  readonly #directory: string;
  readonly #addresses: readonly string[];
  #served: ReadonlyMap<string, Served>;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    appliance: Appliance,
    { directory, addresses }: NameServerOptions,
    served: ReadonlyMap<string, Served>,
  ) {
    this.#appliance = appliance;
    this.#directory = directory;
    this.#addresses = addresses;
    this.#served = served;
    this.exited = appliance.exited;
  }

  /** @throws Error with what Knot says, if it does not start or does not load a zone */
  static async start(options: NameServerOptions): Promise<NameServer> {
    const { name, base, namespace, directory, addresses, zones } = options;
    mkdirSync(join(directory, "db"), { recursive: true });
    rmSync(join(directory, SOCKET), { force: true });
    const served = numbered(zones, new Map());
    write(directory, addresses, served, [...served.values()]);
    const command = ["knotd", "-c", "/live/knot.conf"];
    const appliance = await startAppliance({ name, base, namespace, directory, command });
    const started = new NameServer(appliance, options, served);
    await started.#loaded([...served.values()]);
    return started;
  }

  /** Returns when the zones are served. Serial numbers only grow, and stay where nothing changed. */
  async publish(zones: readonly Zone[]): Promise<void> {
    const mine = this.#turn.then(async () => {
      const served = numbered(zones, this.#served);
      const changed = [...served.values()].filter((each) => !this.#isServed(each));
      if (changed.length === 0 && served.size === this.#served.size) return;
      write(this.#directory, this.#addresses, served, changed);
      this.#appliance.signal("SIGHUP");
      await this.#loaded(changed);
      this.#served = served;
    });
    this.#turn = mine.catch(() => {});
    return mine;
  }

  async stop(): Promise<void> {
    await this.#appliance.stop();
  }

  #isServed({ zone, serial }: Served): boolean {
    return this.#served.get(zone.name)?.serial === serial;
  }

  async #loaded(changed: readonly Served[]): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    const ended = this.exited.then(() => true);
    for (const { zone, serial } of changed) {
      while ((await serialOf(this.#directory, SOCKET, zone.name).catch(() => undefined)) !== serial) {
        if (Date.now() < until && !(await Promise.race([ended, sleep(5, false)]))) continue;
        throw new Error(`The name server does not load the zone ${zone.name || "."}:\n${this.#appliance.log().trim()}`);
      }
    }
  }
}

interface Served {
  readonly zone: Zone;
  readonly serial: number;
}

/** Serial numbers are seconds, so that they grow also from one run to the next. */
function numbered(zones: readonly Zone[], before: ReadonlyMap<string, Served>): Map<string, Served> {
  return new Map(
    zones.map((zone) => {
      const last = before.get(zone.name);
      const isSame = last !== undefined && zoneFile(zone, 0) === zoneFile(last.zone, 0);
      const serial = isSame ? last.serial : Math.max(Math.floor(Date.now() / 1_000), (last?.serial ?? 0) + 1);
      return [zone.name, { zone, serial }];
    }),
  );
}

function write(
  directory: string,
  addresses: readonly string[],
  served: ReadonlyMap<string, Served>,
  changed: readonly Served[],
): void {
  for (const { zone, serial } of changed) replaceFile(join(directory, fileOf(zone)), zoneFile(zone, serial));
  replaceFile(
    join(directory, "knot.conf"),
    configuration(
      addresses,
      [...served.values()].map(({ zone }) => zone),
    ),
  );
}

const fileOf = ({ name }: Zone): string => `${name || "root"}.zone`;

function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** https://www.knot-dns.cz/docs/3.4/html/reference.html. Answers are rotated, as Route 53 gives them in an order that changes. */
function configuration(addresses: readonly string[], zones: readonly Zone[]): string {
  return `server:
    rundir: /live
    user: root:root
    listen: [${[...addresses.map((address) => `${address}@53`), `/live/${SOCKET}`].join(", ")}]
    udp-workers: 1
    tcp-workers: 2
    background-workers: 1
    answer-rotation: on
log:
  - target: stderr
    any: warning
database:
    storage: /live/db
    journal-db-max-size: 1M
    kasp-db-max-size: 5M
    timer-db-max-size: 1M
template:
  - id: default
    storage: /live
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
    semantic-checks: off
zone:
${zones.map((zone) => `  - domain: "${zone.name || "."}"\n    file: "${fileOf(zone)}"\n`).join("")}`;
}
