import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { engineLocks } from "../cloud/engines.ts";
import { Refusal } from "../cloud/refusal.ts";
import { isInterrupted } from "../cloud/state.ts";
import type { ExportedState, LocalStack } from "./local-stack.ts";

/**
 * Makes up for an operation whose engine was killed, and tells whether there was one. What the state says is then to be
 * compared with the cloud before anything is decided: the caller refreshes.
 */
export async function recoverFromKill(
  stack: LocalStack,
  variables: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<boolean> {
  const { environment } = stack;
  const { running, dead } = engineLocks(environment.localDir, `${environment.project}/${environment.name}`);
  if (running.length > 0) {
    throw new Refusal(
      `An engine still works on ${environment.name} (process ${running.join(", ")}): wait until it has ended.`,
    );
  }
  if (dead.length > 0) {
    say(`An earlier operation on ${environment.name} was killed (process ${dead.join(", ")}): its lock is removed.`);
    await stack.cancel();
  }
  // A journal outlives its operation only when the engine could not finish.
  if (dead.length === 0 && !isInterrupted(environment.checkpoint) && !existsSync(environment.journal)) return false;

  const reconciled = await reconcile(environment.journal, await stack.export(), variables);
  for (const line of reconciled.lines) say(`Recovery: ${line}.`);
  await stack.import(reconciled.state);
  return true;
}

async function reconcile(journal: string, state: ExportedState, variables: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "reconcile.ts"), journal], { env: variables });
  child.stdin.end(JSON.stringify(state));
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Refusal(`The operation that was killed could not be made up for: ${stderr.trim()}`);
  return JSON.parse(stdout) as { readonly state: ExportedState; readonly lines: readonly string[] };
}
