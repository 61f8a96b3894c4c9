import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cloudFiles, readJson } from "./files.ts";
import { runningProcess } from "./process.ts";

/** Process ids of the engines that hold a lock in Pulumi's file backend. */
export interface EngineLocks {
  readonly running: readonly number[];
  /** Engines that were killed: they left their lock. */
  readonly dead: readonly number[];
}

/** The engines at work under a local directory, on one stack of it where `stack` is given, as `<project>/<stack>`. */
export function engineLocks(localDir: string, stack = ""): EngineLocks {
  const directory = join(cloudFiles(localDir).backend, ".pulumi/locks/organization", stack);
  if (!existsSync(directory)) return { running: [], dead: [] };
  const pids = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => (readJson(join(directory, file)) as { pid: number }).pid);
  // The process id of a killed engine may belong to another program by now.
  const isRunning = (pid: number) => runningProcess(pid)?.command.includes("pulumi") ?? false;
  return { running: pids.filter(isRunning), dead: pids.filter((pid) => !isRunning(pid)) };
}
