import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { cloudFiles, readJson, writeWhole } from "./files.ts";
import { runningProcess } from "./process.ts";

export interface Emulator {
  readonly endpoint: string;
  readonly pid: number;
}

/** The checks that moto leaves off unless asked for, so that what AWS refuses is refused here too. */
export const emulatorSettings = {
  MOTO_AMIS_PATH: join(import.meta.dirname, "debian-images.json"),
  MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
  MOTO_ENABLE_AMI_VALIDATION: "true",
  MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION: "true",
  MOTO_ENABLE_KEYPAIR_VALIDATION: "true",
};

/** Starts moto in the background, on a free loopback port, and returns once it accepts connections. */
export async function startEmulator(localDir: string): Promise<Emulator> {
  const python = process.env.WEBSTACK_PYTHON;
  if (!python) {
    throw new Error(
      "WEBSTACK_PYTHON names no Python that has moto: use make, or local/toolchain/with cloud -- COMMAND.",
    );
  }
  const files = cloudFiles(localDir);
  mkdirSync(localDir, { recursive: true });
  const log = openSync(files.log, "a");
  const child = spawn(python, commandLine(localDir), {
    detached: true,
    stdio: ["ignore", "pipe", log],
    env: { ...process.env, ...emulatorSettings },
  });
  closeSync(log);
  await once(child, "spawn");
  const port = await firstLine(child.stdout as Readable);
  child.stdout?.destroy();
  child.unref();
  if (port === undefined || child.pid === undefined) {
    throw new Error(`The emulated AWS API did not start. Its log, ${files.log}, ends with:\n${tail(files.log)}`);
  }
  const emulator = { endpoint: `http://127.0.0.1:${port}`, pid: child.pid };
  writeWhole(files.emulator, `${JSON.stringify(emulator)}\n`);
  return emulator;
}

/** The emulator that was started for this local directory and still runs. */
export function runningEmulator(localDir: string): Emulator | undefined {
  const emulator = startedEmulator(localDir);
  // The command line tells our process from one that got the same id later.
  const expected = commandLine(localDir).join(" ");
  return emulator && runningProcess(emulator.pid)?.command.endsWith(expected) ? emulator : undefined;
}

/** The emulator that was last started for this local directory, running or not. */
export function startedEmulator(localDir: string): Emulator | undefined {
  return readJson(cloudFiles(localDir).emulator) as Emulator | undefined;
}

/** Stops the emulator of this local directory, if it runs, and waits until it is gone. */
export async function stopEmulator(localDir: string): Promise<boolean> {
  const emulator = runningEmulator(localDir);
  if (!emulator) return false;
  process.kill(emulator.pid, "SIGTERM");
  for (let waited = 0; runningEmulator(localDir); waited += 50) {
    if (waited === 5_000) process.kill(emulator.pid, "SIGKILL");
    await sleep(50);
  }
  rmSync(cloudFiles(localDir).emulator, { force: true });
  return true;
}

function commandLine(localDir: string): string[] {
  return [join(import.meta.dirname, "serve.py"), resolve(localDir)];
}

async function firstLine(stream: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input: stream })) return line;
  return undefined;
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-10).join("\n");
}
