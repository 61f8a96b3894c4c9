import { runningEmulator, startEmulator, startedEmulator } from "./emulator.ts";
import { cloudFiles, readText, writeWhole } from "./files.ts";
import { type Identity, identify } from "./identity.ts";
import { locked } from "./lock.ts";
import { Refusal } from "./refusal.ts";
import { occupiedStacks } from "./state.ts";

/** The content of cloud.json, which tools read. `pid` is null where the API was started by somebody else. */
export interface Cloud {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly pid: number | null;
}

export interface CloudOptions {
  readonly localDir: string;
  /** An AWS API that already runs. @default - the emulator of this local directory, started if necessary */
  readonly endpoint?: string | undefined;
  /** The region that cloud.json names when this starts or changes the cloud. @default "us-east-1" */
  readonly region?: string | undefined;
  /** Takes the lines that say what happens. */
  readonly say: (line: string) => void;
}

/**
 * The cloud that operations work on. A cloud that has lost its memory, or another one than before, is refused with a
 * Refusal as long as a stack has resources in its state: that state would point at nothing.
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  return await locked(cloudFiles(options.localDir).lock, () => open(options));
}

async function open({ localDir, endpoint, region = "us-east-1", say }: CloudOptions): Promise<Cloud> {
  const files = cloudFiles(localDir);
  const emulator = endpoint ? undefined : (runningEmulator(localDir) ?? (await start(localDir, say)));
  const address = emulator?.endpoint ?? (endpoint as string);
  const { accountId, id } = await reach(address);

  if ((readText(files.identity) ?? id) !== id) {
    refuseIfOccupied(localDir, `The AWS API at ${address} is not the one that made them, or has lost its memory.`);
  }
  const cloud = { endpoint: address, region, accountId, pid: emulator?.pid ?? null };
  writeWhole(files.identity, id);
  writeWhole(files.cloud, `${JSON.stringify(cloud)}\n`);
  return cloud;
}

async function start(localDir: string, say: CloudOptions["say"]) {
  const before = startedEmulator(localDir);
  if (before) {
    const gone = `The local cloud (process ${before.pid}) has stopped, and its memory is gone`;
    refuseIfOccupied(localDir, `${gone}.`);
    say(`${gone}. No stack had anything in it.`);
  }
  const emulator = await startEmulator(localDir);
  say(`Started the local cloud at ${emulator.endpoint}.`);
  return emulator;
}

function refuseIfOccupied(localDir: string, reason: string): void {
  const stacks = occupiedStacks(localDir);
  if (stacks.length === 0) return;
  throw new Refusal(
    `${reason} The state of ${stacks.join(" and ")} still has resources there. ` +
      "Run `make clean`, which removes state and cloud alike, and then `make up` again.",
  );
}

async function reach(endpoint: string): Promise<Identity> {
  try {
    return await identify(endpoint);
  } catch (error) {
    throw new Refusal(`No AWS API answers at ${endpoint}: ${(error as Error).message || String(error)}`);
  }
}
