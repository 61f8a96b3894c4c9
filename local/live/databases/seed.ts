import { chmod, copyFile, rm } from "node:fs/promises";
import { type Place, pathsIn } from "./place.ts";
import { onServer } from "./server.ts";

const SYSTEM = ["information_schema", "mysql", "performance_schema", "sys"];

/** Writes all that a server holds at one moment, with that moment's GTID position, for another server. */
export async function dump(source: Place, to: Place): Promise<void> {
  const databases = await onServer(pathsIn(source.directory).run, async (query) => {
    const rows = await query("SELECT schema_name AS name FROM information_schema.schemata");
    return rows.map(({ name }) => String(name)).filter((name) => !SYSTEM.includes(name));
  });
  const seen = pathsIn(source.seenAs);
  await succeed(source, [
    "sh",
    "-c",
    'umask 077; exec "$@"',
    "sh",
    "mariadb-dump",
    "--no-defaults",
    "--user=root",
    `--socket=${seen.socket}`,
    `--result-file=${seen.seed}`,
    "--single-transaction",
    "--gtid",
    "--master-data=1",
    "--system=users",
    // Of accounts, too: the administrator's is there before.
    "--insert-ignore",
    "--routines",
    "--events",
    "--triggers",
    ...(databases.length > 0 ? ["--databases", ...databases] : []),
  ]);
  const [from, target] = [pathsIn(source.directory).seed, pathsIn(to.directory).seed];
  await copyFile(from, target);
  await chmod(target, 0o600);
  await rm(from);
}

/** Takes what another server has written, on one that writes no binary log: to replicas it never happened here. */
export async function load(place: Place): Promise<void> {
  const seen = pathsIn(place.seenAs);
  const command = 'exec mariadb --no-defaults --user=root --socket="$1" <"$2"';
  await succeed(place, ["sh", "-c", command, "sh", seen.socket, seen.seed]);
  await rm(pathsIn(place.directory).seed);
}

async function succeed(place: Place, command: readonly string[]): Promise<void> {
  const appliance = await place.run(command);
  const status = await appliance.exited;
  if (status !== 0)
    throw new Error(
      `${command.find((word) => word.startsWith("mariadb-")) ?? "mariadb"} ended with ${status}:\n${appliance.log().trim()}`,
    );
}
