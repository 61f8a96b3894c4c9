import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./database.ts";
import { errorFields, type Log } from "./log.ts";

/** The same statement on MariaDB and MySQL. Servers run it one after the other, so hosts may start at the same time. */
const ENTRIES = `
  CREATE TABLE IF NOT EXISTS entries (
    entry_number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
    name VARCHAR(60) NOT NULL,
    message VARCHAR(500) NOT NULL,
    written_at DATETIME(3) NOT NULL
  ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`;

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 5000;

/** Creates what is missing in the database; tries until the writer is there, or until `signal` is aborted. */
export async function prepareSchema(database: Database, log: Log, signal: AbortSignal): Promise<void> {
  for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS)) {
    try {
      await database.write((connection) => connection.execute(ENTRIES), { timeoutMilliseconds: 10_000 });
      log.info("schema is ready");
      return;
    } catch (error) {
      log.warn("schema is not ready", { ...errorFields(error), retryMs: pause });
    }
    await sleep(pause, undefined, { signal });
  }
}
