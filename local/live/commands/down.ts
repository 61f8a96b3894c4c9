import { setTimeout as sleep } from "node:timers/promises";
import { holderOf } from "../../cloud/lock.ts";
import { cleanUp } from "../clean-up.ts";
import type { Command } from "./command.ts";

/** Stops all that runs, and removes what a run that was killed has left. */
export const down: Command = async ({ files, environment }) => {
  const supervisor = holderOf(files.lock);
  if (supervisor) {
    process.kill(supervisor.pid, "SIGTERM");
    while (holderOf(files.lock)) await sleep(50);
  }
  await cleanUp(files);
  console.error(supervisor ? `${environment.name} is not live any more.` : `${environment.name} was not live.`);
  return 0;
};
