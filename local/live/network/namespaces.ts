import { readdirSync, type Stats, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { system } from "./commands.ts";

const DIRECTORY = "/run/netns";

/** How long the kernel may take to end a process that was killed. */
const KILLED_WITHIN_MS = 5_000;

/** Network namespaces whose names begin so. */
export function namespacesOf(prefix: string): string[] {
  return existing(() => readdirSync(DIRECTORY), []).filter((name) => name.startsWith(prefix));
}

/** Kills all processes in the namespaces whose names begin so, and removes these with their interfaces. */
export async function removeNamespaces(prefix: string): Promise<void> {
  const names = namespacesOf(prefix);
  if (names.length === 0) return;
  const identities = new Set(names.flatMap((name) => identityOf(`${DIRECTORY}/${name}`) ?? []));
  // This process is never among them, though it be asked to be.
  identities.delete(identityOf("/proc/self/ns/net") ?? "");
  for (let waited = 0; ; waited += 20) {
    const pids = processesIn(identities);
    if (pids.length === 0) break;
    if (waited >= KILLED_WITHIN_MS) throw new Error(`Processes ${pids.join(", ")} cannot be killed.`);
    for (const pid of pids) existing(() => process.kill(pid, "SIGKILL"), true);
    await sleep(20);
  }
  await system(["ip", "-force", "-batch", "-"], names.map((name) => `netns delete ${name}\n`).join("")).catch(
    (error: unknown) => {
      if (namespacesOf(prefix).length > 0) throw error;
    },
  );
}

/** Processes whose network is one of these namespaces, all that there are: a process may have children in the time that it takes to look. */
function processesIn(identities: ReadonlySet<string>): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => identities.has(identityOf(`/proc/${pid}/ns/net`) ?? ""))
    .map(Number);
}

/** What tells a namespace from all others: two files are the same namespace if device and inode are the same (namespaces(7)). */
function identityOf(file: string): string | undefined {
  const stats = existing<Stats | undefined>(() => statSync(file), undefined);
  return stats && `${stats.dev}:${stats.ino}`;
}

/** Files of processes and namespaces go while one looks at them. */
function existing<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
