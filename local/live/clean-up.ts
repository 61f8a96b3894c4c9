import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LiveFiles } from "./files.ts";
import { groupOf, removeGroups } from "./machines/control-groups.ts";
import { removeNamespaces } from "./network/namespaces.ts";

/** Removes what a run has left, whether it ended in order or was killed. Whoever holds the run's lock calls this, or nobody does. */
export async function cleanUp({ id, directory, parts, live, sockets, status }: LiveFiles): Promise<void> {
  await removeNamespaces(`${id}-`);
  const names = existsSync(parts) ? readdirSync(parts) : [];
  for (const name of names) removeGroups(groupOf(join(parts, name)));
  for (const path of [live, status, sockets, parts]) rmSync(path, { recursive: true, force: true });
  if (existsSync(directory) && readdirSync(directory).length === 0) rmSync(directory, { recursive: true });
}
