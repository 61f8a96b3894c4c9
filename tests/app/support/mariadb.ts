import { type ChildProcess, execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import mysql, { type RowDataPacket } from "mysql2/promise";
import type { Authority } from "./certificates.ts";
import { MARIADBD } from "./mariadb-install.ts";
import { end, eventually, spawnBound } from "./processes.ts";

const run = promisify(execFile);

const NAMES = ["writer.test", "reader.test", "localhost"];
export const PASSWORD = "first-S3cret";

/** A real MariaDB server of the tests' own, on a loopback address, that takes nothing but TLS. */
export class MariaDb {
  readonly address: string;
  readonly #directory: string;
  readonly #arguments: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(directory: string, address: string, serverArguments: readonly string[]) {
    this.#directory = directory;
    this.address = address;
    this.#arguments = serverArguments;
  }

  static async create(directory: string, id: number, address: string, port: number, authority: Authority) {
    const data = join(directory, `db-${id}`);
    mkdirSync(data);
    // Of its own, since a starting server removes the temporary tables that it finds: another server's, too.
    const temporary = join(directory, `db-${id}-tmp`);
    mkdirSync(temporary);
    const place = ["--no-defaults", `--user=${userInfo().username}`, `--datadir=${data}`, `--tmpdir=${temporary}`];
    const install = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"];
    await run("mariadb-install-db", [...place, ...install]);
    const { certificateFile, keyFile } = await authority.issue(`db-${id}`, NAMES);
    return new MariaDb(data, address, [
      ...place,
      `--socket=${join(data, "s")}`,
      `--pid-file=${join(data, "pid")}`,
      `--bind-address=${address}`,
      `--port=${port}`,
      `--server-id=${id}`,
      "--log-bin=binlog",
      "--gtid-strict-mode=ON",
      "--slave-net-timeout=5",
      "--innodb-buffer-pool-size=16M",
      "--performance-schema=OFF",
      `--ssl-ca=${authority.caFile}`,
      `--ssl-cert=${certificateFile}`,
      `--ssl-key=${keyFile}`,
    ]);
  }

  async start(extra: readonly string[] = ["--require-secure-transport=ON"]): Promise<void> {
    const logFile = join(this.#directory, "log");
    const log = openSync(logFile, "a");
    this.#process = spawnBound(MARIADBD, [...this.#arguments, ...extra], { stdio: ["ignore", log, log] });
    closeSync(log);
    await eventually("MariaDB answers", () => {
      if (this.#process?.exitCode !== null) throw new Error(`MariaDB ended:\n${readFileSync(logFile, "utf8")}`);
      return this.sql("SELECT 1").catch(() => undefined);
    });
  }

  stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    return this.#process ? end(this.#process, signal) : Promise.resolve(null);
  }

  /** Freezes the server, so that it accepts connections but never answers. */
  async freeze(): Promise<void> {
    this.#process?.kill("SIGSTOP");
    // The signal stops all threads once one of them has been given a processor. Until then the others go on.
    await eventually("MariaDB has stopped", () =>
      /^State:\tT/m.test(readFileSync(`/proc/${this.#process?.pid}/status`, "utf8")) ? true : undefined,
    );
  }

  thaw(): void {
    this.#process?.kill("SIGCONT");
  }

  async hostName(): Promise<string> {
    const [row] = await this.sql("SELECT @@hostname AS host");
    return String(row?.host);
  }

  /** Waits until this replica has everything that the primary has now. */
  async caughtUpWith(primary: MariaDb): Promise<void> {
    const [position] = await primary.sql("SELECT @@gtid_binlog_pos AS gtid");
    const [waited] = await this.sql(`SELECT MASTER_GTID_WAIT('${position?.gtid}', 20) AS result`);
    if (waited?.result !== 0) throw new Error("The replica does not catch up.");
  }

  /** Connects as root over the server's own socket. */
  connect(): Promise<mysql.Connection> {
    return mysql.createConnection({ socketPath: join(this.#directory, "s"), user: "root" });
  }

  /** Runs statements as root; gives the rows of the last one. */
  async sql(...statements: string[]): Promise<RowDataPacket[]> {
    const root = await this.connect();
    try {
      let rows: RowDataPacket[] = [];
      for (const statement of statements) [rows] = await root.query<RowDataPacket[]>(statement);
      return rows;
    } finally {
      root.destroy();
    }
  }
}

export interface Cluster {
  readonly port: number;
  readonly writer: MariaDb;
  readonly reader: MariaDb;
  stop(): Promise<void>;
}

const ADDRESSES = ["127.0.0.1", "127.0.0.2"] as const;

/** Starts a primary and a replica of it (GTID, over TLS) with a database `app` and a user for the application. */
export async function startCluster(directory: string, authority: Authority): Promise<Cluster> {
  const port = await freePort();
  const writer = await MariaDb.create(directory, 1, ADDRESSES[0], port, authority);
  const reader = await MariaDb.create(directory, 2, ADDRESSES[1], port, authority);
  const stop = async () => {
    for (const server of [reader, writer]) {
      server.thaw();
      await server.stop("SIGKILL");
    }
  };
  try {
    await writer.start();
    await reader.start();
    await writer.sql(
      "CREATE USER replicator@'127.%' IDENTIFIED BY 'replicate' REQUIRE SSL",
      "GRANT REPLICATION SLAVE ON *.* TO replicator@'127.%'",
      "CREATE DATABASE app",
      `CREATE USER app@'%' IDENTIFIED BY '${PASSWORD}' REQUIRE SSL`,
      "GRANT SELECT, INSERT, CREATE ON app.* TO app@'%'",
    );
    await reader.sql(
      // Installing the system tables has filled both binary logs: the replica begins with the primary's.
      "RESET MASTER",
      "SET GLOBAL gtid_slave_pos = ''",
      `CHANGE MASTER TO MASTER_HOST='${writer.address}', MASTER_PORT=${port}, MASTER_USER='replicator',
        MASTER_PASSWORD='replicate', MASTER_SSL=1, MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1`,
      "START SLAVE",
      "SET GLOBAL read_only=1",
    );
    await eventually("the replica has the application's user", async () => {
      const rows = await reader.sql("SELECT 1 FROM mysql.user WHERE user='app'");
      return rows.length > 0 ? rows : undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, writer, reader, stop };
}

/** A port that is free on both addresses of a cluster, outside the range from which Linux takes ports of clients. */
async function freePort(): Promise<number> {
  const port = randomInt(10_000, 30_000);
  const free = await Promise.all(ADDRESSES.map((address) => isFree(address, port)));
  return free.every(Boolean) ? port : freePort();
}

function isFree(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
