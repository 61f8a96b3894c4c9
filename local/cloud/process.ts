import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * What runs under a process id: its command line, and the moment it started as the kernel writes it, by which a process
 * is told from a later one with the same id. Undefined when nothing runs there; a zombie no longer runs.
 */
export interface RunningProcess {
  readonly started: string;
  readonly command: string;
}

/** A process that cannot be mistaken for another: a process id alone may have been given to another one since. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

export const thisProcess = (): ProcessIdentity => ({
  pid: process.pid,
  started: runningProcess(process.pid)?.started ?? "",
});

export const isRunning = ({ pid, started }: ProcessIdentity): boolean => runningProcess(pid)?.started === started;

export function runningProcess(pid: number): RunningProcess | undefined {
  return existsSync("/proc/self/stat") ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): RunningProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Fields are counted after the name, which stands in parentheses and may itself hold spaces and parentheses: the
    // state is field 3 of proc(5), the start time field 22.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    // On its way out a process has no command line any more, before it is a zombie.
    return command === "" ? undefined : { started: fields[19] ?? "", command };
  } catch {
    return undefined;
  }
}

/** The same by ps(1), for systems without /proc. */
function fromPs(pid: number): RunningProcess | undefined {
  const ask = (column: string) =>
    execFileSync("ps", ["-ww", "-o", `${column}=`, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    return ask("stat").startsWith("Z") ? undefined : { started: ask("lstart"), command: ask("args") };
  } catch {
    return undefined;
  }
}
