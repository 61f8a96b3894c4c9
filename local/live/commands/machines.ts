import { spawn } from "node:child_process";
import { once } from "node:events";
import { partNamed } from "../document.ts";
import { type Command, runningLive } from "./command.ts";

/** A shell on a machine, or one command: what follows `--`. */
export const shell: Command = async (request) => {
  const { parameters } = request;
  const command = parameters.length > 0 ? ["/bin/sh", "-c", parameters.join(" ")] : ["/bin/bash", "--login"];
  const { pid } = partNamed(runningLive(request), request.machine);
  return inside(pid, command);
};

/** What a machine has written in its journal. What follows `--` goes to journalctl: `-f`, `-u nginx`. */
export const logs: Command = async (request) => {
  const { machines } = runningLive(request);
  // Load balancers and databases are AWS's, and have no journal.
  const { pid } = partNamed({ machines, balancers: [], databases: [] }, request.machine);
  return inside(pid, ["journalctl", "--no-pager", "--lines=200", ...request.parameters]);
};

async function inside(pid: number, command: readonly string[]): Promise<number> {
  const environment = [
    "env",
    "-i",
    "HOME=/root",
    "LANG=C.UTF-8",
    `TERM=${process.env.TERM ?? "dumb"}`,
    `PATH=${SEARCH}`,
  ];
  const child = spawn("nsenter", ["--target", String(pid), "--all", "--root", "--wd", ...environment, ...command], {
    stdio: "inherit",
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

const SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
