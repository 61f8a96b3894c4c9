import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";

/** Whether a database follows another one. It inherits what it does not say: engine, encryption, backups. */
export function isReplica(database: Resource): boolean {
  return database.isSet("replicateSourceDb") || database.references("replicateSourceDb").length > 0;
}

/** The engine of a database, such as `mysql`; of a replica its source's, where that is of the same stack. */
export function engineOf(database: Resource): string | undefined {
  const engine = database.text("engine");
  if (engine !== undefined) return engine;
  const [source] = database.references("replicateSourceDb", TYPES.database);
  return source?.text("engine");
}

export const MYSQL_ENGINES: readonly string[] = ["mysql", "mariadb"];

const PORTS: readonly (readonly [RegExp, number])[] = [
  [/^(mysql|mariadb|aurora-mysql)/, 3306],
  [/postgres/, 5432],
  [/^(custom-)?sqlserver/, 1433],
  [/^(custom-)?oracle/, 1521],
  [/^db2/, 50000],
];

/** The port that a database listens on. A replica has the engine, and unless it says otherwise the port, of what it follows. */
export function portOf(database: Resource): number | undefined {
  const [source] = database.references("replicateSourceDb", TYPES.database);
  const port = database.number("port") ?? (source === undefined ? undefined : portOf(source));
  const engine = database.text("engine") ?? "";
  return port ?? PORTS.find(([pattern]) => pattern.test(engine))?.[1];
}
