import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { stopEmulator } from "../local/cloud/emulator.ts";
import { type OperationOptions, operation } from "../local/stack/operation.ts";
import type { ProviderPlugin } from "../local/stack/plugins.ts";
import { MemoryWatch, type Peaks, parties } from "./memory.ts";
import { fixed, mebibytes } from "./report.ts";

/** What is measured: an environment of a Pulumi project. */
export interface Subject {
  readonly root: string;
  readonly environment: string;
  readonly plugins?: ProviderPlugin[];
  readonly variables?: Record<string, string>;
}

/** What was done to a subject, in this order. */
export const STEPS = [
  ["up", "up"],
  ["no-op up", "up"],
  ["preview", "preview"],
  ["destroy", "destroy"],
] as const;

/** What a step took. The emulator is the same process in all of them, so its peak is that of the steps so far. */
export interface Cost {
  readonly seconds: number;
  readonly peaks: Peaks;
}

export type Costs = Readonly<Record<string, Cost>>;

/** Each step, on a fresh local cloud. */
export async function measure(subject: Subject): Promise<Costs> {
  const localDir = mkdtempSync(path.join(tmpdir(), "webstack-bench-"));
  const costs: Record<string, Cost> = {};
  try {
    for (const [name, verb] of STEPS) {
      const memory = new MemoryWatch();
      const started = performance.now();
      const { code, said } = await run({ ...subject, verb, localDir });
      const cost = { seconds: (performance.now() - started) / 1000, peaks: memory.stop() };
      costs[name] = cost;
      // The largest take long, so one is told how far it is.
      console.error(`${subject.environment} ${subject.variables?.COUNT ?? ""} ${name}: ${told(cost)}`);
      if (code !== 0) throw new Error(`${name} of ${subject.environment} ended with ${code}:\n${said.slice(-4000)}`);
    }
  } finally {
    await stopEmulator(localDir);
    rmSync(localDir, { recursive: true, force: true });
  }
  return costs;
}

const told = ({ seconds, peaks }: Cost): string =>
  [`${fixed(seconds)} s`, ...parties.map((party) => `${party} ${mebibytes(peaks[party])} MiB`)].join(", ");

async function run(options: OperationOptions): Promise<{ code: number; said: string }> {
  let said = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  return { code: await operation({ ...options, output }), said };
}

/** Saves the state only at the end of an operation: without it the engine rewrites the whole state for each step. */
export const WITHOUT_CHECKPOINTS = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
