/**
 * `make clean`: stops the local cloud and removes what it left, under the directory given or `.local/`. It needs no npm
 * package, so that a checkout can be cleaned that was never installed.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stopEmulator } from "./emulator.ts";
import { engineLocks } from "./engines.ts";
import { holderOf } from "./lock.ts";

const localDir = process.argv[2] ?? join(import.meta.dirname, "../../.local");

const environments = existsSync(localDir) ? readdirSync(localDir) : [];
const holders = environments.flatMap((name) => holderOf(join(localDir, name, "operation.lock"))?.pid ?? []);
const busy = new Set([...holders, ...engineLocks(localDir).running]);
if (busy.size > 0) {
  console.error(`error: an operation is running (process ${[...busy].join(", ")}): wait until it has ended.`);
  process.exit(1);
}

await Promise.all(environments.map((name) => endLive(join(localDir, name, "live/supervisor.lock"))));
const stopped = await stopEmulator(localDir);
rmSync(localDir, { recursive: true, force: true });
console.error(`${stopped ? "Stopped the local cloud and removed" : "Removed"} everything under ${localDir}.`);

/** Machines that `make live` has booted end with the process that watches them. */
async function endLive(lock: string): Promise<void> {
  const supervisor = holderOf(lock);
  if (supervisor) process.kill(supervisor.pid, "SIGTERM");
  while (holderOf(lock)) await sleep(50);
}
