import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const running = new Set<ChildProcess>();

/** Runs Node with this host's own executable, and remembers the process until it has ended. */
export function spawnNode(parameters: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, parameters, options);
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** Ends all processes that still run: nobody reads any more what they have to say. */
export function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/**
 * The file of a module of the Pulumi SDK as a program or policy pack in `directory` would load it, so that each runs with
 * the SDK that it was installed with.
 */
export function resolveSdk(module: string, directory: string): string {
  try {
    return createRequire(join(directory, "package.json")).resolve(`@pulumi/pulumi/${module}`);
  } catch {
    throw new Error(`@pulumi/pulumi is not installed in ${directory} or above it: run npm install there`);
  }
}
