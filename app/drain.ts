import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { errorFields, type Log } from "./log.ts";

export interface DrainParts {
  readonly server: Server;
  /** How long to go on serving, so that balancers notice the failing health check and send no more. */
  readonly seconds: number;
  /** Closes what requests need, after the last of them. */
  readonly close: () => Promise<void>;
  readonly log: Log;
}

/** For requests that are still running after the listener has closed; every one of them has shorter limits of its own. */
const LAST_REQUESTS_MILLISECONDS = 10_000;

/**
 * Stops the process gracefully on the first SIGTERM or SIGINT and at once, with exit code 1, on the second.
 * A service manager must allow at least `seconds` + 10 before it kills.
 * @returns whether draining has begun, to be asked at any time
 */
export function drainOnSignal(parts: DrainParts): () => boolean {
  let draining = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (draining) {
      parts.log.warn("stopping at once", { signal });
      process.exit(1);
    }
    draining = true;
    parts.log.info("draining", { signal, seconds: parts.seconds });
    drain(parts).then(
      () => process.exit(0),
      (error: unknown) => {
        parts.log.error("draining failed", errorFields(error));
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  return () => draining;
}

async function drain({ server, seconds, close, log }: DrainParts): Promise<void> {
  await sleep(seconds * 1000);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  log.info("not listening any more");
  const limit = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MILLISECONDS);
  await closed;
  clearTimeout(limit);
  await close();
  log.info("stopped");
}
