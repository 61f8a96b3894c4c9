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
export function measure(subject: Subject): Promise<Costs> {
  return onFreshCloud(async (localDir) => {
    const costs: Record<string, Cost> = {};
    for (const [name, verb] of STEPS) costs[name] = await costOf(name, { ...subject, verb, localDir });
    return costs;
  });
}

/** Hands over the directory of a local cloud that nothing runs in yet, and that is gone afterwards. */
export async function onFreshCloud<Result>(use: (localDir: string) => Promise<Result>): Promise<Result> {
  const localDir = mkdtempSync(path.join(tmpdir(), "webstack-bench-"));
  try {
    return await use(localDir);
  } finally {
    await stopEmulator(localDir);
    rmSync(localDir, { recursive: true, force: true });
  }
}

/** What an operation takes. @throws where it fails, with the end of what it said */
export async function costOf(name: string, options: OperationOptions): Promise<Cost> {
  const memory = new MemoryWatch();
  const started = performance.now();
  const { code, said } = await run(options);
  const cost = { seconds: (performance.now() - started) / 1000, peaks: memory.stop() };
  // The largest take long, so one is told how far it is.
  console.error(`${options.environment} ${options.variables?.COUNT ?? ""} ${name}: ${told(cost)}`);
  if (code !== 0) throw new Error(`${name} of ${options.environment} ended with ${code}:\n${said.slice(-4000)}`);
  return cost;
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
