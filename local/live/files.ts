import { createHash } from "node:crypto";
import { join } from "node:path";

/** Where a run of `make live` keeps what, under the local directory of an environment. */
export function liveFiles(environmentDir: string) {
  const directory = join(environmentDir, "live");
  const id = `ws${createHash("sha256").update(environmentDir).digest("hex").slice(0, 6)}`;
  return {
    /** Names the run on this machine: two checkouts and two environments never share one. */
    id,
    directory,
    /** A directory for everything that runs, by the name of its interface. */
    parts: join(directory, "parts"),
    /** Held by the supervisor for as long as it runs. */
    lock: join(directory, "supervisor.lock"),
    /** Held by whoever starts one, until it runs. */
    starting: join(directory, "starting.lock"),
    log: join(directory, "supervisor.log"),
    status: join(directory, "status.json"),
    /** What is broken on purpose, see faults.ts. */
    faults: join(directory, "faults.json"),
    /** Certificates by which the site can be verified, as PEM. */
    authorities: join(directory, "ca.pem"),
    /** How to reach it, for tools. */
    live: join(environmentDir, "live.json"),
    /** For sockets, whose paths have 107 bytes at most. */
    sockets: `/run/webstack/${id}`,
  };
}

export type LiveFiles = ReturnType<typeof liveFiles>;
