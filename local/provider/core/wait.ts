/** Waiting for an API, with growing pauses, until a deadline or until the user cancels. */
import { setTimeout as sleep } from "node:timers/promises";
import { ProviderError } from "./errors.ts";
import type { Call } from "./resource.ts";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

type Patience = Pick<Call<unknown>, "signal" | "deadline" | "timeout">;

/**
 * Asks `probe` until it answers with something. `what` completes "waited for …" in the error of a wait that ends at the
 * deadline, `seen` "it is still …".
 */
export async function until<T>(
  call: Patience,
  what: string,
  probe: () => Promise<T | undefined>,
  seen: () => string = () => "",
): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.6, LONGEST_PAUSE_MS)) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    const left = call.deadline - Date.now();
    if (left <= 0)
      throw new ProviderError(
        `waited for ${what} until the timeout of ${call.timeout} s was over${seen() && `; it is still ${seen()}`}`,
      );
    await rest(call, Math.min(pause, left), what);
  }
}

async function rest({ signal }: Patience, milliseconds: number, what: string): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    throw new ProviderError(`cancelled while waiting for ${what}`);
  }
}
