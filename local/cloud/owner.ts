import { isRunning, type ProcessIdentity } from "./process.ts";

/**
 * Names the process that an emulator and a supervisor of `make live` end with, as JSON of its identity, in the environment in which they are started. Tests
 * set it, so that nothing outlives them, however they end. Without it both go on after whoever started them.
 */
export const OWNER = "WEBSTACK_OWNER";

const PAUSE_MS = 500;

/** Does something once an owner is gone, and nothing where there is none. Waiting for that keeps no process running. */
export function whenOwnerIsGone(owner: string | undefined, act: () => void): void {
  if (owner === undefined) return;
  const identity = JSON.parse(owner) as ProcessIdentity;
  const watch = setInterval(() => {
    if (isRunning(identity)) return;
    clearInterval(watch);
    act();
  }, PAUSE_MS).unref();
}
