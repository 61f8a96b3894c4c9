import { isRunning, type ProcessIdentity } from "../cloud/process.ts";

/**
 * Names the process that a supervisor ends with, as JSON of its identity, in the environment in which it is started. Tests set it, so that nothing outlives
 * them, however they end. Without it a supervisor goes on after whoever started it.
 */
export const OWNER = "WEBSTACK_LIVE_OWNER";

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
