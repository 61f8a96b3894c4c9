/** MariaDB of this machine in place of that of the base: the same programs, without namespaces, each test's own. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { type ExecutionContext, type SerialFn } from "ava";
import mysql, { type RowDataPacket } from "mysql2/promise";
import type { Database } from "../../../../local/live/account/account.ts";
import { RunningDatabase } from "../../../../local/live/databases/database.ts";
import { installCommand } from "../../../../local/live/databases/empty-data.ts";
import type { Place } from "../../../../local/live/databases/place.ts";
import type { Appliance } from "../../../../local/live/machines/appliance.ts";
import { Authority } from "../../../../local/live/machines/authority.ts";

const lacks = [
  ...(process.getuid?.() === 0 ? [] : ["root"]),
  ...(existsSync("/usr/sbin/mariadbd") ? [] : ["mariadb-server"]),
];

if (lacks.length > 0) console.error(`Tests of databases are SKIPPED, for want of: ${lacks.join(", ")}.`);

/** A test that runs MariaDB on this machine. */
export const withMariaDb: SerialFn | SerialFn["skip"] = lacks.length > 0 ? test.serial.skip : test.serial;

export const USER = "webstack";
export const PASSWORD = "correct-horse";

/** Servers of one test, which end with it. */
export class Servers {
  readonly authority: Authority;
  readonly #root: string;
  readonly #t: ExecutionContext;

  private constructor(t: ExecutionContext, authority: Authority) {
    this.#t = t;
    this.authority = authority;
    this.#root = mkdtempSync(path.join(tmpdir(), "webstack-databases-"));
    // The server is another user.
    chmodSync(this.#root, 0o755);
    t.teardown(() => rmSync(this.#root, { recursive: true, force: true }));
  }

  static async of(t: ExecutionContext): Promise<Servers> {
    return new Servers(t, await Authority.make());
  }

  place(identifier: string): Place {
    const directory = path.join(this.#root, identifier);
    return {
      directory,
      seenAs: directory,
      run: async (command) => {
        const appliance = await run(command);
        this.#t.teardown(() => appliance.stop());
        return appliance;
      },
      emptyData: async () => emptyData(),
    };
  }

  async start(database: Database, source?: RunningDatabase): Promise<RunningDatabase> {
    const place = this.place(database.identifier);
    return RunningDatabase.start({ database, address: "127.0.0.1", authority: this.authority, source, place });
  }

  /** Connects as a client of the network would. */
  async connect(database: RunningDatabase, more: Partial<mysql.ConnectionOptions> = {}): Promise<mysql.Connection> {
    const connection = await mysql.createConnection({
      host: database.address,
      port: database.port,
      user: USER,
      password: PASSWORD,
      ssl: { ca: this.authority.certificate },
      ...more,
    });
    connection.on("error", () => {});
    this.#t.teardown(() => connection.destroy());
    return connection;
  }
}

let prepared: string | undefined;

function emptyData(): string {
  if (prepared !== undefined) return prepared;
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-empty-database-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  chmodSync(directory, 0o755);
  const data = path.join(directory, "data");
  const [program = "", ...parameters] = installCommand(data);
  execFileSync(program, parameters, { stdio: "ignore" });
  prepared = data;
  return data;
}

async function run([program = "", ...parameters]: readonly string[]): Promise<Appliance> {
  const child = spawn(program, parameters, { stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (data: string) => {
      printed += data;
    });
  const exited = once(child, "close").then(([status]) => {
    process.off("exit", kill);
    return status as number | null;
  });
  return {
    pid: child.pid ?? 0,
    exited,
    signal: (signal) => void child.kill(signal),
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
    log: () => printed,
  };
}

/** A database as an account has it, on a free port. */
export async function database(identifier: string, more: Partial<Database> = {}): Promise<Database> {
  return {
    identifier,
    resourceId: `db-${identifier}`,
    arn: `arn:aws:rds:eu-central-1:123456789012:db:${identifier}`,
    engine: "mysql",
    engineVersion: "8.4.6",
    endpoint: { host: `${identifier}.abc.eu-central-1.rds.amazonaws.com`, port: await freePort() },
    zone: "eu-central-1a",
    subnetId: "subnet-1",
    securityGroupIds: [],
    publiclyAccessible: false,
    databaseName: "guests",
    masterUser: USER,
    masterPassword: PASSWORD,
    parameters: { require_secure_transport: "1" },
    ...more,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** The first column of what a statement answers. */
export async function column(connection: mysql.Connection, statement: string): Promise<unknown[]> {
  const [rows] = await connection.query<RowDataPacket[]>(statement);
  return rows.map((row) => Object.values(row)[0]);
}

/** Waits until something is as expected. */
export async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 20));
}
