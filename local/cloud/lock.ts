import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, type ProcessIdentity, thisProcess } from "./process.ts";

/** Runs `work` while this process holds the lock `file`, waiting for its turn. */
export async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!tryLock(file)) await sleep(50);
  try {
    return await work();
  } finally {
    unlock(file);
  }
}

/** Takes the lock `file` unless another process holds it. A lock whose process is gone is free. */
export function tryLock(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  if (create(file)) return true;
  if (holderOf(file)) return false;

  // Under a second lock, so that of two that find it abandoned one cannot remove what the other has just taken.
  const takeover = `${file}.takeover`;
  if (!holderOf(takeover)) rmSync(takeover, { force: true });
  if (!create(takeover)) return false;
  try {
    if (holderOf(file)) return false;
    rmSync(file, { force: true });
    return create(file);
  } finally {
    rmSync(takeover, { force: true });
  }
}

export function unlock(file: string): void {
  rmSync(file, { force: true });
}

/** The running process that holds the lock `file`, if any. */
export function holderOf(file: string): ProcessIdentity | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
    return isRunning(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

let drafts = 0;

/** A link appears with its content, where a new file would first be there empty. */
function create(file: string): boolean {
  const draft = `${file}.${process.pid}.${process.hrtime.bigint()}.${drafts++}`;
  writeFileSync(draft, JSON.stringify(thisProcess()));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}
