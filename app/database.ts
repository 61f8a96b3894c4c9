import type { RowDataPacket } from "mysql2/promise";
import type { DatabaseConfiguration } from "./configuration.ts";
import { type Connection, Connections, type RunOptions } from "./connections.ts";
import { errorFields, type Log } from "./log.ts";

export type Role = "writer" | "reader";

export interface Source {
  readonly role: Role;
  /** The server's own name for itself (`@@hostname`). */
  readonly host: string;
  /** Why the writer was asked though reads belong on the reader; absent when they are where they belong. */
  readonly fallback?: "reader-unavailable" | "reader-behind";
}

export interface Read<T> {
  readonly value: T;
  readonly source: Source;
}

/** Thrown by the work of a read when the reader has not yet received what this read must see. */
export class ReaderBehind extends Error {
  override readonly name = "ReaderBehind";
}

const READER_PAUSE_MILLISECONDS = 2000;

/** Sends writes to the writer, and reads to the reader or, while there is none that answers, to the writer. */
export class Database {
  readonly #writer: Connections;
  readonly #reader: Connections | undefined;
  readonly #log: Log;
  #readerDown = false;
  #nextProbe = 0;

  constructor(configuration: DatabaseConfiguration, log: Log) {
    const { writerHost, readerHost, name: database, ...rest } = configuration;
    this.#writer = new Connections({ ...rest, database, host: writerHost });
    this.#reader = readerHost === undefined ? undefined : new Connections({ ...rest, database, host: readerHost });
    this.#log = log;
  }

  /** Runs `work` on the writer. It may run twice, see {@link Connections.run}. */
  write<T>(work: (connection: Connection) => Promise<T>, options?: RunOptions): Promise<T> {
    return this.#writer.run(work, options);
  }

  async read<T>(work: (connection: Connection, role: Role) => Promise<T>): Promise<Read<T>> {
    if (this.#reader === undefined) return this.#readFrom(this.#writer, "writer", work);
    if (this.#readerDown) {
      this.#probeReader(this.#reader);
      return this.#readFrom(this.#writer, "writer", work, "reader-unavailable");
    }
    try {
      return await this.#readFrom(this.#reader, "reader", work);
    } catch (error) {
      if (error instanceof ReaderBehind) return this.#readFrom(this.#writer, "writer", work, "reader-behind");
      this.#markReader("down", error);
      return this.#readFrom(this.#writer, "writer", work, "reader-unavailable");
    }
  }

  /** Which server reads or writes go to now. */
  async locate(purpose: "read" | "write"): Promise<Source> {
    if (purpose === "read") return (await this.read(async () => undefined)).source;
    return { role: "writer", host: await this.write(serverName) };
  }

  async close(): Promise<void> {
    await Promise.all([this.#writer.close(), this.#reader?.close()]);
  }

  async #readFrom<T>(
    connections: Connections,
    role: Role,
    work: (connection: Connection, role: Role) => Promise<T>,
    fallback?: Source["fallback"],
  ): Promise<Read<T>> {
    return connections.run(async (connection) => {
      const value = await work(connection, role);
      return { value, source: { role, host: await serverName(connection), ...(fallback && { fallback }) } };
    });
  }

  /** Asks in the background, so that no visitor waits for a reader that may still be down. */
  #probeReader(reader: Connections): void {
    if (Date.now() < this.#nextProbe) return;
    this.#nextProbe = Date.now() + READER_PAUSE_MILLISECONDS;
    reader.run(serverName).then(
      () => this.#markReader("up"),
      () => {},
    );
  }

  #markReader(state: "up" | "down", error?: unknown): void {
    const isDown = state === "down";
    if (this.#readerDown === isDown) return;
    this.#readerDown = isDown;
    this.#nextProbe = Date.now() + READER_PAUSE_MILLISECONDS;
    if (isDown) this.#log.warn("reader is not available: reads go to the writer", errorFields(error));
    else this.#log.info("reader is available again");
  }
}

async function serverName(connection: Connection): Promise<string> {
  const [rows] = await connection.execute<RowDataPacket[]>("SELECT @@hostname AS host");
  return String(rows[0]?.host);
}
