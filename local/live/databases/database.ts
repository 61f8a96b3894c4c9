import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Database, Unsupported } from "../account/account.ts";
import type { Appliance } from "../machines/appliance.ts";
import type { Authority } from "../machines/authority.ts";
import { setMaster } from "./accounts.ts";
import { configurationOf } from "./configuration.ts";
import { literal, notHad, sortParameters, unknownParameters } from "./parameters.ts";
import { inNamespace, type Namespace, type Place, pathsIn } from "./place.ts";
import {
  followSource,
  leaveSource,
  letReplicasIn,
  type ReplicaStatus,
  readStatus,
  type SourceServer,
} from "./replication.ts";
import { dump, load } from "./seed.ts";
import { onServer, type Query, quotedName } from "./server.ts";

export interface DatabaseOptions {
  readonly database: Database;
  /** Its address in the network. */
  readonly address: string;
  readonly authority: Pick<Authority, "issue" | "certificate">;
  /** Of a replica: whom it follows, if that runs. */
  readonly source?: RunningDatabase | undefined;
  /** Where its programs run. */
  readonly place: Place;
}

/** How long a server may take until it answers. It may have to recover first. */
const START_MS = 60_000;

const POLL_MS = 25;

const copy = promisify(execFile);

/** One RDS instance as a MariaDB. */
export class RunningDatabase implements SourceServer {
  readonly address: string;
  readonly port: number;
  readonly replicationPassword: string;
  readonly #place: Place;
  readonly #appliance: Appliance;
  #database: Database;
  #unsupported: readonly Unsupported[] = [];
  /** The server that it follows; missing once it takes writes itself. */
  #source: SourceServer | undefined;
  #writable = false;

  private constructor(options: DatabaseOptions, appliance: Appliance, replicationPassword: string) {
    this.address = options.address;
    this.port = options.database.endpoint.port;
    this.replicationPassword = replicationPassword;
    this.#place = options.place;
    this.#appliance = appliance;
    this.#database = options.database;
  }

  /** The same in a namespace, as a run has them. */
  static startIn(namespace: Namespace, options: Omit<DatabaseOptions, "place">): Promise<RunningDatabase> {
    return RunningDatabase.start({ ...options, place: inNamespace(namespace) });
  }

  /**
   * Starts it on the data that its directory has, or with an empty database, or as a copy of its source.
   *
   * @throws Error where it has no data, and either no password for the master or no source that runs: once there is one, try again
   */
  static async start(options: DatabaseOptions): Promise<RunningDatabase> {
    const { database, place } = options;
    const paths = pathsIn(place.directory);
    await mkdir(place.directory, { recursive: true });
    const isNew = (await dataOf(paths.ready)) !== database.resourceId;
    if (isNew) {
      requireOrigin(options);
      // What is here was not finished, or is that of an instance that had this place before.
      for (const left of [paths.ready, paths.data]) await rm(left, { recursive: true, force: true });
      await copy("cp", ["-a", "--reflink=auto", "--sparse=always", await place.emptyData(), paths.data]);
    }
    const replicationPassword = await keptPassword(paths.replicationPassword);
    await prepare(options);
    if (isNew && options.source) await seed(options, options.source);
    const appliance = await place.run(serverCommand(place));
    const running = new RunningDatabase(options, appliance, replicationPassword);
    try {
      await answers(appliance, paths.run);
      await running.#begin(options.source);
      if (isNew) await writeFile(paths.ready, database.resourceId);
      return running;
    } catch (error) {
      appliance.signal("SIGKILL");
      // The next attempt needs its data.
      await appliance.exited;
      throw error;
    }
  }

  get pid(): number {
    return this.#appliance.pid;
  }

  get exited(): Promise<unknown> {
    return this.#appliance.exited;
  }

  /** The place that its source or its replicas copy from. */
  get place(): Place {
    return this.#place;
  }

  /** Parameters of its group that it does not have. */
  get unsupported(): readonly Unsupported[] {
    return this.#unsupported;
  }

  /** Whether it takes writes. */
  get writable(): boolean {
    return this.#writable;
  }

  /** The end of what the server wrote to its error log. */
  log(): string {
    return this.#appliance.log();
  }

  /**
   * Makes it what the account says now: its master's password, its parameters, whom it follows, or that it follows nobody any more. Where the account has
   * another instance under its identifier, this one ends, and the other is to be started.
   */
  async change(database: Database, source?: RunningDatabase): Promise<void> {
    const before = this.#database;
    if (database.resourceId !== before.resourceId) return this.stop();
    if (database.sourceIdentifier === undefined) {
      if (!this.#writable) await this.promote();
      if (database.masterPassword !== undefined && database.masterPassword !== before.masterPassword) {
        const { masterUser, masterPassword } = database;
        await this.#do((query) => setMaster(query, masterUser, masterPassword));
      }
    } else if (source) {
      await this.follow(source);
    }
    if (JSON.stringify(database.parameters) !== JSON.stringify(before.parameters)) await this.#setParameters(database);
    this.#database = database;
  }

  /** Follows a server from where it is, unless it does so already. */
  async follow(source: RunningDatabase): Promise<void> {
    const { address, port, replicationPassword } = source;
    const known = this.#source;
    if (known?.address === address && known.port === port && known.replicationPassword === replicationPassword) return;
    const { identifier } = this.#database;
    if (this.#writable)
      throw new Error(`Database ${identifier} took writes of its own; as on RDS, it cannot follow another any more.`);
    await this.#do((query) => followSource(query, source, pathsIn(this.#place.seenAs).authority));
    this.#source = { address, port, replicationPassword };
  }

  /** Takes writes from now on, with all that had come from its source. */
  async promote(): Promise<void> {
    await this.#do(async (query) => {
      await leaveSource(query);
      await query("SET GLOBAL read_only = OFF");
    });
    this.#source = undefined;
    this.#writable = true;
  }

  /** Of a replica: how far it is behind, and -1 while it does not replicate, as RDS reports it. */
  async replicaLagSeconds(): Promise<number | undefined> {
    if (this.#writable) return undefined;
    return (await this.replicaStatus())?.secondsBehind ?? -1;
  }

  replicaStatus(): Promise<ReplicaStatus | undefined> {
    return this.#do(readStatus);
  }

  async stop(): Promise<void> {
    await this.#appliance.stop();
  }

  /** As if its machine lost its power. */
  kill(): void {
    this.#appliance.signal("SIGKILL");
  }

  async #begin(source: RunningDatabase | undefined): Promise<void> {
    const { identifier, sourceIdentifier, masterUser, masterPassword, databaseName, parameters } = this.#database;
    const isNew = (await dataOf(pathsIn(this.#place.directory).ready)) === undefined;
    const { wanted, refused } = sortParameters(identifier, parameters);
    await this.#do(async (query) => {
      this.#unsupported = [...refused, ...unknownParameters(identifier, wanted, await known(query))];
      await letReplicasIn(query, this.replicationPassword);
    });
    if (sourceIdentifier !== undefined) {
      if (source) await this.follow(source);
      // It knows whom it followed, and goes on once that is there again.
      else await this.#do((query) => query("START REPLICA"));
      return;
    }
    await this.promote();
    await this.#do(async (query) => {
      if (masterPassword !== undefined) await setMaster(query, masterUser, masterPassword);
      if (isNew && databaseName) await query(`CREATE DATABASE IF NOT EXISTS ${quotedName(databaseName)}`);
    });
  }

  /** What can be set while it runs is; the rest waits for a restart, as on RDS. */
  async #setParameters(database: Database): Promise<void> {
    const { identifier } = database;
    const { wanted, refused } = sortParameters(identifier, database.parameters);
    const before = sortParameters(identifier, this.#database.parameters).wanted;
    const gone = Object.keys(before).filter((name) => !(name in wanted));
    await writeConfiguration(this.#place, this.address, database);
    await this.#do(async (query) => {
      const names = await known(query);
      const waiting: Unsupported[] = [];
      const changed = Object.entries(wanted).filter(([name, value]) => before[name] !== value);
      for (const [name, value] of [...changed, ...gone.map((name): [string, undefined] => [name, undefined])]) {
        if (!names.has(name.toLowerCase())) continue;
        const statement = `SET GLOBAL ${quotedName(name)} = ${value === undefined ? "DEFAULT" : "?"}`;
        try {
          await query(statement, value === undefined ? [] : [literal(value)]);
        } catch (error) {
          waiting.push(notHad(identifier, name, `it waits for a restart: ${(error as Error).message}`));
        }
      }
      this.#unsupported = [...refused, ...unknownParameters(identifier, wanted, names), ...waiting];
    });
  }

  #do<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return onServer(pathsIn(this.#place.directory).run, work);
  }
}

function requireOrigin({ database, source }: DatabaseOptions): void {
  const { identifier, sourceIdentifier, masterPassword } = database;
  if (sourceIdentifier !== undefined && !source)
    throw new Error(`Database ${identifier} has no data yet, and ${sourceIdentifier}, which it copies, does not run.`);
  if (sourceIdentifier === undefined && masterPassword === undefined)
    throw new Error(
      `Database ${identifier} is new, and no secret of the stack holds the password of ${database.masterUser}.`,
    );
}

/** All but the data: what the server reads, and where it puts its socket. It is not root, and so owns what it needs. */
async function prepare({ database, address, authority, place }: DatabaseOptions): Promise<void> {
  const paths = pathsIn(place.directory);
  const { uid, gid } = await stat(paths.data);
  await mkdir(paths.run, { recursive: true });
  await chown(paths.run, uid, gid);
  await mkdir(dirname(paths.key), { recursive: true });
  const { certificate, key } = await authority.issue([database.endpoint.host, address]);
  await rm(paths.key, { force: true });
  await writeFile(paths.key, key, { mode: 0o600 });
  await chown(paths.key, uid, gid);
  await writeFile(paths.certificate, certificate);
  await writeFile(paths.authority, authority.certificate);
  await writeConfiguration(place, address, database);
}

async function writeConfiguration(place: Place, address: string, database: Database): Promise<void> {
  const { identifier, resourceId, endpoint, parameters } = database;
  const { wanted } = sortParameters(identifier, parameters);
  const server = { resourceId, directory: place.seenAs, address, port: endpoint.port, parameters: wanted };
  const text = configurationOf(server);
  await writeFile(pathsIn(place.directory).configuration, text);
}

const serverCommand = (place: Place, ...more: readonly string[]): string[] => [
  "/usr/sbin/mariadbd",
  `--defaults-file=${pathsIn(place.seenAs).configuration}`,
  ...more,
];

/** Takes over what the source holds while nobody can see it half done. */
async function seed({ place }: DatabaseOptions, source: RunningDatabase): Promise<void> {
  const appliance = await place.run(serverCommand(place, "--skip-networking", "--skip-log-bin", "--read-only=OFF"));
  try {
    await Promise.all([dump(source.place, place), answers(appliance, pathsIn(place.directory).run)]);
    await load(place);
  } finally {
    await appliance.stop();
  }
}

async function answers(appliance: Appliance, runDirectory: string): Promise<void> {
  let ended = false;
  void appliance.exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + START_MS;
  for (;;) {
    try {
      return await onServer(runDirectory, async () => {});
    } catch (error) {
      if (ended || Date.now() > deadline) {
        const errors = appliance
          .log()
          .split("\n")
          .filter((line) => line.includes("[ERROR]"));
        throw new Error(`MariaDB did not start: ${errors.join("\n") || (error as Error).message}`);
      }
    }
    await sleep(POLL_MS);
  }
}

/** The instance whose data is complete, by its resource id. */
async function dataOf(readyFile: string): Promise<string | undefined> {
  return existsSync(readyFile) ? readFile(readyFile, "utf8") : undefined;
}

/** Kept over restarts, so that replicas come back by themselves. */
async function keptPassword(file: string): Promise<string> {
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFile(file, "utf8");
}

async function known(query: Query): Promise<ReadonlySet<string>> {
  const rows = await query("SHOW GLOBAL VARIABLES");
  return new Set(rows.map(({ Variable_name }) => String(Variable_name).toLowerCase()));
}
