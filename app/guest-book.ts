import { randomUUID } from "node:crypto";
import type { RowDataPacket } from "mysql2/promise";
import type { Connection } from "./connections.ts";
import { type Database, type Read, ReaderBehind } from "./database.ts";
import type { NewEntry } from "./entry.ts";

export interface Entry extends NewEntry {
  /** Grows with every entry: the order of the book, and the place to go on reading from. */
  readonly number: number;
  readonly id: string;
  readonly writtenAt: Date;
}

export interface ListOptions {
  /** Only entries written before the one of this number. Default: from the newest. */
  readonly before?: number | undefined;
  /** Id of an entry that the reader must have, else the writer is asked. */
  readonly mustInclude?: string | undefined;
}

export const PAGE_SIZE = 50;

const DUPLICATE_KEY = 1062;

type ReadsAndWrites = Pick<Database, "read" | "write">;

export class GuestBook {
  readonly #database: ReadsAndWrites;

  constructor(database: ReadsAndWrites) {
    this.#database = database;
  }

  /** Writes an entry and returns its id. */
  async write({ name, message }: NewEntry): Promise<string> {
    const id = randomUUID();
    await this.#database.write(async (connection) => {
      try {
        await connection.execute(
          "INSERT INTO entries (id, name, message, written_at) VALUES (?, ?, ?, UTC_TIMESTAMP(3))",
          [id, name, message],
        );
      } catch (error) {
        // A connection broke after the entry was stored and before the answer came, so this is the second attempt.
        if (!isDuplicateKey(error)) throw error;
      }
    });
    return id;
  }

  /** The newest entries first, at most {@link PAGE_SIZE}. */
  list({ before = Number.MAX_SAFE_INTEGER, mustInclude }: ListOptions = {}): Promise<Read<readonly Entry[]>> {
    return this.#database.read(async (connection, role) => {
      if (role === "reader" && mustInclude !== undefined && !(await has(connection, mustInclude))) {
        throw new ReaderBehind();
      }
      const [rows] = await connection.execute<RowDataPacket[]>(
        `SELECT entry_number, id, name, message, written_at FROM entries
          WHERE entry_number < ? ORDER BY entry_number DESC LIMIT ${PAGE_SIZE}`,
        [String(before)],
      );
      return rows.map(toEntry);
    });
  }
}

async function has(connection: Connection, id: string): Promise<boolean> {
  const [rows] = await connection.execute<RowDataPacket[]>("SELECT 1 FROM entries WHERE id = ?", [id]);
  return rows.length > 0;
}

function toEntry(row: RowDataPacket): Entry {
  return { number: row.entry_number, id: row.id, name: row.name, message: row.message, writtenAt: row.written_at };
}

function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && "errno" in error && error.errno === DUPLICATE_KEY;
}
