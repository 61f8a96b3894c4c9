import { statfsSync } from "node:fs";
import { freemem, platform } from "node:os";

/** What each thing takes at the most that was seen, in MiB. */
const MACHINE_MIB = 220;
const DATABASE_MIB = 180;
const BALANCER_MIB = 60;
/** The base, and what machines write. */
const DISK_MIB = 4_096;

export interface Needs {
  readonly machines: number;
  readonly databases: number;
  readonly balancers: number;
}

export interface Means {
  readonly platform: string;
  readonly isRoot: boolean;
  readonly memoryMiB: number;
  readonly diskMiB: number;
}

export function meansOf(directory: string): Means {
  const { bavail, bsize } = statfsSync(directory);
  return {
    platform: platform(),
    isRoot: process.getuid?.() === 0,
    memoryMiB: Math.floor(freemem() / 2 ** 20),
    diskMiB: Math.floor((bavail * bsize) / 2 ** 20),
  };
}

/** Memory that a stack takes, in MiB. */
const memoryOf = ({ machines, databases, balancers }: Needs): number =>
  machines * MACHINE_MIB + databases * DATABASE_MIB + balancers * BALANCER_MIB;

/** Why this machine cannot boot the stack, or undefined where it can. */
export function obstacle(needs: Needs, means: Means): string | undefined {
  if (means.platform !== "linux") return "make live boots machines in namespaces of Linux, and this is not Linux.";
  if (!means.isRoot) return "make live makes namespaces and mounts file systems, so it needs root: use sudo make live.";
  const memory = memoryOf(needs);
  if (means.memoryMiB < memory) {
    return `The stack needs about ${memory} MiB of memory, and ${means.memoryMiB} MiB are free. Boot a smaller one: fewer servers by web.minimum and app.minimum, or another environment.`;
  }
  if (means.diskMiB < DISK_MIB) {
    return `The stack needs about ${DISK_MIB} MiB of disk, and ${means.diskMiB} MiB are free.`;
  }
  return undefined;
}
