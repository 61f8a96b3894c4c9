import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { startAppliance } from "../machines/appliance.ts";

const preparing = new Map<string, Promise<string>>();

/** A data directory without data. Making one takes seconds and copying it takes none, so each base has one. */
export function emptyDataOf(base: string, namespace: string): Promise<string> {
  const known = preparing.get(base) ?? prepare(base, namespace);
  preparing.set(base, known);
  known.catch(() => preparing.delete(base));
  return known;
}

async function prepare(base: string, namespace: string): Promise<string> {
  const prepared = join(base, "empty-database");
  if (existsSync(prepared)) return prepared;
  const draft = `${prepared}.${randomUUID()}`;
  await mkdir(draft, { recursive: true });
  try {
    const appliance = await startAppliance({
      name: `empty-database-${process.pid}`,
      base,
      namespace,
      directory: draft,
      command: installCommand("/live/data"),
    });
    const status = await appliance.exited;
    if (status !== 0) throw new Error(`MariaDB could not prepare a data directory:\n${appliance.log().trim()}`);
    await rename(join(draft, "data"), prepared).catch((error: NodeJS.ErrnoException) => {
      // Another run was quicker.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
    return prepared;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** What makes a data directory in which root at the socket is the administrator, and nobody else has an account. */
export function installCommand(data: string): string[] {
  return [
    "mariadb-install-db",
    "--no-defaults",
    "--user=mysql",
    `--datadir=${data}`,
    "--auth-root-authentication-method=socket",
    "--skip-test-db",
    "--skip-name-resolve",
    "--innodb-log-file-size=16M",
  ];
}
