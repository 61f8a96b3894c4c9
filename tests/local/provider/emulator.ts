/** An emulated AWS API of a test file's own, on a free port, gone when the file's tests are over. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { emulatorSettings } from "../../../local/cloud/emulator.ts";

const SERVER = path.resolve(import.meta.dirname, "../../../local/cloud/serve.py");

export interface Emulator {
  readonly endpoint: string;
  stop(): void;
}

export async function startEmulator(environment: Record<string, string> = {}): Promise<Emulator> {
  const python = process.env.WEBSTACK_PYTHON;
  if (!python) throw new Error("WEBSTACK_PYTHON names no Python with moto; run the tests with `make test`");
  const child = spawn(python, [SERVER], {
    env: { ...process.env, ...emulatorSettings, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [port] = await once(createInterface(child.stdout), "line");
  const stop = (): void => {
    process.off("exit", stop);
    child.kill("SIGKILL");
  };
  process.once("exit", stop);
  return { endpoint: `http://127.0.0.1:${port}`, stop };
}
