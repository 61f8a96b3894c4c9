import { holderOf } from "../../cloud/lock.ts";
import { readLive } from "../document.ts";
import { howToReach } from "../how-to-reach.ts";
import { table } from "../table.ts";
import { type Command, readStatus } from "./command.ts";

/** Tells what runs and how to reach it. Ends with 1 where it is not ready. */
export const status: Command = async (request) => {
  const {
    files,
    environment: { name },
  } = request;
  const now = holderOf(files.lock) && readStatus(request);
  if (!now) {
    console.log(`${name} is not live: start it with make live ENV=${name}.`);
    return 1;
  }
  console.log(`${name} is ${now.phase}.\n\n${table(now.members)}`);
  for (const problem of now.problems) console.log(`\n${problem}`);
  const live = readLive(files.live);
  if (live) console.log(`\n${howToReach(live, name)}`);
  return now.phase === "ready" ? 0 : 1;
};
