/** Cleans up after a killed run of the offline provider; see core/recovery.ts. */
import { setTimeout as sleep } from "node:timers/promises";
import { Journal, readJournal } from "../core/journal.ts";
import { Lifecycle } from "../core/lifecycle.ts";
import { type Deployment, removeOrphans } from "../core/recovery.ts";
import { aws } from "./provider.ts";

/** A provider whose engine was killed finishes the calls under way, which takes it this long at most, in milliseconds. */
const PATIENCE_MS = 30_000;

export interface Recovery<State> {
  /** The state to import: without operations that were under way. A refresh has to follow, which finds out what became of them. */
  readonly state: State;
  /** What was done, for people to read. */
  readonly lines: string[];
}

/**
 * @param journal the file named by WEBSTACK_JOURNAL in the killed run
 * @param state what `pulumi stack export` says
 * The emulated API is found as in a run: by AWS_ENDPOINT_URL, AWS_REGION and credentials in the environment.
 */
export async function recover<State extends { deployment: Deployment }>(
  journal: string,
  state: State,
): Promise<Recovery<State>> {
  await providersGone(journal);
  const entries = readJournal(journal);
  const lifecycle = new Lifecycle(
    aws,
    await aws.configure({}),
    new Journal(undefined),
    new AbortController().signal,
    () => {},
  );
  const lines = entries.length > 0 ? await removeOrphans(lifecycle, entries, state.deployment) : [];
  const pending = state.deployment.pending_operations ?? [];
  return {
    state: { ...state, deployment: { ...state.deployment, pending_operations: [] } },
    lines: [
      ...lines,
      ...pending.map(
        ({ resource, type }) =>
          `forgot that ${resource.urn.split("::").at(-1)} was ${type} when the run was killed; the refresh tells what became of it`,
      ),
    ],
  };
}

/** Waits for providers of the killed run that are still writing to the journal. */
async function providersGone(journal: string): Promise<void> {
  const pids = new Set(readJournal(journal).map(({ pid }) => pid));
  for (const end = Date.now() + PATIENCE_MS; [...pids].some(isAlive) && Date.now() < end; ) await sleep(100);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
