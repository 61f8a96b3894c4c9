import { readFile } from "node:fs/promises";
import mysql from "mysql2/promise";
import { certificateName } from "./certificate-name.ts";

export type Connection = Pick<mysql.Connection, "execute">;

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly passwordFile: string;
  readonly caFile: string | undefined;
  readonly certificateDomain: string | undefined;
}

export interface RunOptions {
  /** Limit for getting a connection and for the work on it, each. Default 2000. */
  readonly timeoutMilliseconds?: number;
}

/** Connections made together: the same password, the same trust, the same moment of name resolution. */
interface Generation {
  readonly pool: mysql.Pool;
  readonly made: number;
  running: number;
  /** Whether it has served: only then can a failure be cured by a new one. */
  proven: boolean;
  state: "current" | "retired" | "ended";
}

const CONNECTIONS_PER_GENERATION = 10;
const CONNECT_TIMEOUT_MILLISECONDS = 1500;
const RUN_TIMEOUT_MILLISECONDS = 2000;

/** A name that moves to another server is followed within this time even if the old server goes on answering. */
const LIFETIME_MILLISECONDS = 5000;

/** Errors by which a server says that another connection may do better, though it keeps this one open. */
const CURED_BY_RECONNECTING = new Set([
  1045, // access denied: the password was rotated
  1053, // the server is shutting down
  1290, // the server runs with --read-only: it is no longer the writer
  1792, // the same, said of a transaction
  1836, // the same, said by MySQL
]);

/**
 * The connections to one database host, always over TLS with the certificate verified.
 *
 * mysql2's pool keeps the password it was made with and its connections for as long as they work. This class therefore
 * replaces the whole pool every few seconds, and at once when the server fails: new connections resolve the host name
 * again and read the password again, while what runs on the old ones may finish.
 */
export class Connections {
  readonly #options: ConnectionOptions;
  #generation: Promise<Generation> | undefined;
  #current: Generation | undefined;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /**
   * Runs `work` on a connection. If that fails on connections that had served before, for a reason that new ones may
   * cure, it is run once more on new ones: `work` must be safe to repeat.
   */
  async run<T>(work: (connection: Connection) => Promise<T>, options: RunOptions = {}): Promise<T> {
    const timeout = options.timeoutMilliseconds ?? RUN_TIMEOUT_MILLISECONDS;
    const generation = await this.#youngEnough();
    try {
      return await attempt(generation, work, timeout);
    } catch (error) {
      if (!isCuredByReconnecting(error)) throw error;
      this.#retire(generation);
      if (!generation.proven) throw error;
    }
    return attempt(await this.#youngEnough(), work, timeout);
  }

  /** Lets what runs finish, closes all connections and refuses further work. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#current) this.#retire(this.#current);
  }

  async #youngEnough(): Promise<Generation> {
    if (this.#closed) throw new Error("The database connections are closed.");
    if (this.#current && Date.now() - this.#current.made > LIFETIME_MILLISECONDS) this.#retire(this.#current);
    this.#generation ??= this.#make();
    return this.#generation;
  }

  async #make(): Promise<Generation> {
    try {
      const { port, database, user, passwordFile, caFile, certificateDomain } = this.#options;
      const [host, password, ca] = await Promise.all([
        certificateName(this.#options.host, certificateDomain),
        readFile(passwordFile, "utf8"),
        caFile === undefined ? undefined : readFile(caFile, "utf8"),
      ]);
      const pool = mysql.createPool({
        host,
        port,
        database,
        user,
        password: password.trimEnd(),
        ssl: { ...(ca === undefined ? {} : { ca }), minVersion: "TLSv1.2", verifyIdentity: true },
        charset: "utf8mb4_unicode_ci",
        timezone: "Z",
        connectTimeout: CONNECT_TIMEOUT_MILLISECONDS,
        connectionLimit: CONNECTIONS_PER_GENERATION,
      });
      this.#current = { pool, made: Date.now(), running: 0, proven: false, state: "current" };
      return this.#current;
    } catch (error) {
      this.#generation = undefined;
      throw error;
    }
  }

  #retire(generation: Generation): void {
    if (generation === this.#current) {
      this.#current = undefined;
      this.#generation = undefined;
    }
    if (generation.state === "current") generation.state = "retired";
    endIfIdle(generation);
  }
}

async function attempt<T>(generation: Generation, work: (c: Connection) => Promise<T>, timeout: number): Promise<T> {
  generation.running += 1;
  try {
    const connection = await acquire(generation.pool, timeout);
    try {
      const result = await within(timeout, work(connection));
      connection.release();
      generation.proven = true;
      return result;
    } catch (error) {
      // Whatever went wrong, the state of this connection is no longer known.
      connection.destroy();
      throw error;
    }
  } finally {
    generation.running -= 1;
    endIfIdle(generation);
  }
}

async function acquire(pool: mysql.Pool, timeout: number): Promise<mysql.PoolConnection> {
  const acquiring = pool.getConnection();
  try {
    return await within(timeout, acquiring);
  } catch (error) {
    // It may still come, when nobody waits for it any more.
    acquiring.then(
      (late) => late.release(),
      () => {},
    );
    throw error;
  }
}

function endIfIdle(generation: Generation): void {
  if (generation.state !== "retired" || generation.running > 0) return;
  generation.state = "ended";
  // A server that is gone cannot say goodbye; the sockets are closed all the same.
  generation.pool.end().catch(() => {});
}

class TimeoutError extends Error {
  readonly code = "ETIMEDOUT";
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TimeoutError(`The database did not answer within ${milliseconds} ms.`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function isCuredByReconnecting(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TimeoutError) return true;
  const { fatal, errno } = error as Error & { readonly fatal?: boolean; readonly errno?: number };
  return fatal === true || (errno !== undefined && CURED_BY_RECONNECTING.has(errno));
}
