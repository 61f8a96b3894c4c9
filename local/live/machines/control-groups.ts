import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PREFIX = "webstack-live-";

/** The control group of what runs in a directory, and the beginning of the names of groups where more than one thing does. */
export function groupOf(directory: string): string {
  return PREFIX + createHash("sha256").update(directory).digest("hex").slice(0, 12);
}

/** Removes the control groups whose names begin like this, as far as no process is in them any more, and says whether all are gone. */
export function removeGroups(beginning: string): boolean {
  const found = () =>
    ownGroups().flatMap((parent) =>
      list(parent).flatMap((name) => (name.startsWith(beginning) ? [join(parent, name)] : [])),
    );
  for (const directory of found()) remove(directory);
  return found().length === 0;
}

const LEAVING_MS = 2_000;
const POLL_MS = 20;

/** The same after processes have ended, which the kernel takes out of their groups a little later. */
export async function removeGroupsSoon(beginning: string): Promise<void> {
  for (let waited = 0; !removeGroups(beginning) && waited < LEAVING_MS; waited += POLL_MS) await sleep(POLL_MS);
}

/** The directories of the control groups that this process is in, in the hierarchies that systemd uses. */
function ownGroups(): string[] {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const memberships = readFileSync("/proc/self/cgroup", "utf8").trim().split("\n");
  return memberships.flatMap((membership) => {
    const [, name = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(membership) ?? [];
    const kind = name === "" ? / - cgroup2 / : name === "name=systemd" ? / - cgroup .*\bname=systemd\b/ : undefined;
    const mount = kind && mounts.find((line) => kind.test(line))?.split(" ")[4];
    return mount === undefined ? [] : [join(mount, path)];
  });
}

/** The kernel lets go of a group only where nothing is in it. */
function remove(directory: string): void {
  for (const name of list(directory)) remove(join(directory, name));
  try {
    rmdirSync(directory);
  } catch {
    // Another one is at it, or something runs there.
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch {
    return [];
  }
}
