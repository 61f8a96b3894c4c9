import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readText } from "../../cloud/files.ts";
import { holderOf, locked } from "../../cloud/lock.ts";
import { readLive } from "../document.ts";
import { howToReach } from "../how-to-reach.ts";
import type { Status } from "../status.ts";
import { news, table } from "../table.ts";
import { type Command, type Request, readStatus } from "./command.ts";
import { down } from "./down.ts";

/** After this long without anything becoming ready, waiting ends. The rest goes on. */
const PATIENCE_MS = 300_000;

/**
 * Boots what the account holds, tells what becomes ready and when, and returns once all of it is: the supervisor goes on in the background and follows the
 * account. Where it runs already, what has changed since is waited for. Interrupted while it starts, it takes everything down again.
 */
export const up: Command = async (request) => {
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const supervisor = await locked(request.files.starting, () => superviseUnlessSupervised(request));
    const outcome = await follow(request, supervisor, () => interrupted);
    if (outcome === "interrupted") {
      if (isAlive(supervisor)) await down(request);
      return 130;
    }
    return outcome;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
};

/** Starts a supervisor where none runs. Of two that are asked for at the same time the second finds the first, whose lock is waited for. */
async function superviseUnlessSupervised(request: Request): Promise<ChildProcess | undefined> {
  const { lock } = request.files;
  if (holderOf(lock)) return undefined;
  const supervisor = startSupervisor(request);
  while (isAlive(supervisor) && holderOf(lock) === undefined) await sleep(20);
  return supervisor;
}

function startSupervisor({ environment, files }: Request): ChildProcess {
  mkdirSync(files.directory, { recursive: true });
  rmSync(files.status, { force: true });
  const log = openSync(files.log, "w");
  const program = join(import.meta.dirname, "../supervisor-main.ts");
  const supervisor = spawn(process.execPath, [program, environment.root, environment.localDir, environment.name], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  supervisor.unref();
  closeSync(log);
  return supervisor;
}

async function follow(
  request: Request,
  supervisor: ChildProcess | undefined,
  isInterrupted: () => boolean,
): Promise<number | "interrupted"> {
  const { files, environment } = request;
  let told: Status | undefined;
  let prepared = "";
  let lastNews = Date.now();
  const isRunning = () => isAlive(supervisor) || holderOf(files.lock) !== undefined;
  for (;;) {
    if (isInterrupted()) return "interrupted";
    const now = readStatus(request);
    if (!isRunning()) {
      console.error(`error: ${environment.name} did not come up. ${files.log} ends with:\n${tail(files.log)}`);
      return 1;
    }
    if (now === undefined) {
      // It builds the base of the machines first, where there is none, and has no status while it does.
      const log = readText(files.log) ?? "";
      if (log.length > prepared.length) {
        process.stdout.write(log.slice(prepared.length));
        prepared = log;
        lastNews = Date.now();
      }
    } else {
      const lines = news(told, now);
      for (const line of lines) console.log(line);
      if (lines.length > 0 || told === undefined) lastNews = Date.now();
      told = now;
      if (now.phase === "ready") {
        console.log(`\n${table(now.members)}\n`);
        for (const limit of now.limits) console.log(`Not the real thing: ${limit}`);
        const live = readLive(files.live);
        if (live) console.log(`\n${howToReach(live, environment.name)}`);
        return 0;
      }
    }
    if (Date.now() - lastNews > PATIENCE_MS) {
      console.error(
        `error: nothing has become ready for ${PATIENCE_MS / 60_000} minutes:\n${told?.problems.join("\n") ?? tail(files.log)}`,
      );
      return 1;
    }
    await sleep(200);
  }
}

const isAlive = (child: ChildProcess | undefined): boolean => child?.exitCode === null && child.signalCode === null;

const tail = (file: string): string => (readText(file) ?? "").trimEnd().split("\n").slice(-20).join("\n");
