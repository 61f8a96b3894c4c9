import { open } from "node:fs/promises";
import mysql, { type RowDataPacket } from "mysql2/promise";

export type Row = Readonly<Record<string, unknown>>;

export type Query = (statement: string, values?: readonly unknown[]) => Promise<Row[]>;

const CONNECT_MS = 2_000;

/**
 * Works on a server as its administrator, who is known by being root at its socket. Statements and the passwords in them go nowhere else.
 *
 * @param directory where the socket is
 */
export async function onServer<T>(directory: string, work: (query: Query) => Promise<T>): Promise<T> {
  // The path of a socket has 107 bytes at most, and a checkout may be deep.
  const handle = await open(directory, "r");
  try {
    const connection = await mysql.createConnection({
      socketPath: `/proc/self/fd/${handle.fd}/server.sock`,
      user: "root",
      connectTimeout: CONNECT_MS,
      supportBigNumbers: true,
    });
    try {
      return await work(async (statement, values = []) => {
        const [rows] = await connection.query<RowDataPacket[]>(statement, [...values]);
        return Array.isArray(rows) ? rows : [];
      });
    } finally {
      connection.destroy();
    }
  } finally {
    await handle.close();
  }
}

export const quotedName = (name: string): string => mysql.escapeId(name, true);
