import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { contained } from "./container.ts";
import { groupOf, removeGroupsSoon } from "./control-groups.ts";
import { mortal } from "./mortal.ts";
import { processInside } from "./processes.ts";

export interface ApplianceOptions {
  /** Unique within the run: letters, digits and dashes. */
  readonly name: string;
  /** See {@link base}. */
  readonly base: string;
  /** A name in /run/netns. */
  readonly namespace: string;
  /** Its own, at /live. Everything else is read-only, but for /run and /tmp, which are empty. */
  readonly directory: string;
  readonly command: readonly string[];
}

export interface Appliance {
  /** Of the command, in the process namespace of the host. */
  readonly pid: number;
  /** The command's exit status; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** Ends it by SIGTERM, and by SIGKILL where that does not help. */
  stop(): Promise<void>;
  /** The end of what it printed. */
  log(): string;
}

const LOG_CHARACTERS = 64 * 1024;
const STOP_MS = 5_000;

/** A process that stands for a service of AWS's own, such as a load balancer. It ends with this process. */
export async function startAppliance(options: ApplianceOptions): Promise<Appliance> {
  const { name, base, namespace, directory, command } = options;
  const root = join(directory, ".root");
  const group = `${groupOf(directory)}-${name}`;
  mkdirSync(root, { recursive: true });
  const container = [
    ...contained({ name, namespace, group, root, overlay: `ro,lowerdir=${base}/appliances:${base}/image` }),
    "--read-only",
    "--as-pid2",
    "--console=pipe",
    // The image's is of whoever built it. A name server looks up its own name before it starts, and would wait for an answer.
    "--bind-ro=/dev/null:/etc/resolv.conf",
    `--bind=${directory}:/live`,
    "--",
    ...command,
  ];
  const child = spawn(...mortal(container), { stdio: ["ignore", "pipe", "pipe"], detached: true });
  let printed = "";
  const keep = (data: string) => {
    printed = (printed + data).slice(-LOG_CHARACTERS);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", keep);
  const exited = once(child, "close").then(async ([status]) => {
    await removeGroupsSoon(group);
    return status as number | null;
  });
  exited.catch(() => {});
  await once(child, "spawn");

  // --as-pid2 puts a process before the command that reaps what is left over.
  const pid = await Promise.race([
    processInside(child.pid as number, 2),
    exited.then((status) => {
      // A dump of little may be done before anybody looks.
      if (status === 0) return child.pid as number;
      throw new Error(`The appliance ${name} ended at once, with ${status}: ${command.join(" ")}\n${printed.trim()}`);
    }),
  ]);

  function signal(name: NodeJS.Signals): void {
    if (child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(pid, constants.signals[name]);
    } catch {
      // It ended just now.
    }
  }

  async function stop(): Promise<void> {
    signal("SIGTERM");
    const ended = await Promise.race([exited.then(() => true), sleep(STOP_MS, false, { ref: false })]);
    if (!ended) child.kill("SIGKILL");
    await exited;
  }

  return { pid, exited, signal, stop, log: () => printed };
}
