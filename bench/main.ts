/**
 * What the local cloud costs, as ratios within one run (`make bench`): the stacks of this project, and programs of many elastic
 * addresses with the offline provider against a provider that only echoes, which shows what the engine itself costs.
 *
 *     make bench ARGS="100 400 1600"
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { stopEmulator } from "../local/cloud/emulator.ts";
import { type OperationOptions, operation, type Verb } from "../local/stack/operation.ts";
import { offlineProviders, type ProviderPlugin } from "../local/stack/plugins.ts";

const checkout = path.resolve(import.meta.dirname, "..");
const addresses = path.join(import.meta.dirname, "addresses");
const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [100, 400, 1600];
const [{ version }] = offlineProviders().filter(({ name }) => name === "aws") as [ProviderPlugin];
const echo: ProviderPlugin[] = [{ name: "aws", version, main: path.join(import.meta.dirname, "echo-provider.ts") }];

/** Saves the state only at the end of an operation: without it the engine rewrites the whole state for each step. */
const WITHOUT_CHECKPOINTS = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

interface Subject {
  readonly root: string;
  readonly environment: string;
  readonly plugins?: ProviderPlugin[];
  readonly variables?: Record<string, string>;
}

type Times = Record<string, number>;

/** Seconds of each operation, in order, on a fresh local cloud. */
async function measure(subject: Subject, steps: readonly (readonly [name: string, verb: Verb])[]): Promise<Times> {
  const localDir = mkdtempSync(path.join(tmpdir(), "webstack-bench-"));
  const times: Times = {};
  try {
    for (const [name, verb] of steps) {
      const started = performance.now();
      const { code, said } = await run({ ...subject, verb, localDir });
      times[name] = (performance.now() - started) / 1000;
      if (code !== 0) throw new Error(`${name} of ${subject.environment} ended with ${code}:\n${said.slice(-4000)}`);
    }
  } finally {
    await stopEmulator(localDir);
    rmSync(localDir, { recursive: true, force: true });
  }
  return times;
}

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

function report(title: string, rows: readonly Record<string, string | number>[]): void {
  console.log(`\n${title}`);
  console.table(rows);
}

const seconds = (time = 0): string => time.toFixed(1);
const ratio = (a = 0, b = 1): string => (a / b).toFixed(2);

const STEPS = [
  ["up", "up"],
  ["no-op up", "up"],
  ["preview", "preview"],
  ["destroy", "destroy"],
] as const;

/** How the stacks of this project compare, as ratios to the smallest. */
async function environments(...names: readonly [string, ...string[]]): Promise<void> {
  const all: Times[] = [];
  for (const environment of names) all.push(await measure({ root: checkout, environment }, STEPS));
  const rows = STEPS.map(([step]) => {
    const columns = names.flatMap((name, index) => [
      [`${name} (s)`, seconds(all[index]?.[step])],
      ...(index === 0 ? [] : [[`${name} / ${names[0]}`, ratio(all[index]?.[step], all[0]?.[step])]]),
    ]);
    return { step, ...Object.fromEntries(columns) };
  });
  report("The stacks of this project", rows);
}

/** How the offline provider compares with the engine alone, and how both grow. */
async function manyAddresses(mode: string, variables: Record<string, string>): Promise<void> {
  const rows = [];
  const perResource: Record<string, number[]> = { offline: [], echo: [] };
  for (const count of sizes) {
    const subject = { root: addresses, environment: "bench", variables: { ...variables, COUNT: String(count) } };
    const engine = await measure({ ...subject, plugins: echo }, STEPS);
    const offline = await measure(subject, STEPS);
    perResource.echo?.push((engine.up ?? 0) / count);
    perResource.offline?.push((offline.up ?? 0) / count);
    for (const [step] of STEPS) {
      rows.push({
        addresses: count,
        step,
        "echo (s)": seconds(engine[step]),
        "offline (s)": seconds(offline[step]),
        ratio: ratio(offline[step], engine[step]),
      });
    }
  }
  report(`Elastic addresses, ${mode}`, rows);
  for (const [provider, costs] of Object.entries(perResource)) {
    console.log(
      `up with the ${provider} provider: a resource costs ${ratio(costs.at(-1), costs[0])} times as much among ${sizes.at(-1)} as among ${sizes[0]}`,
    );
  }
}

await environments("dev", "staging");
await manyAddresses("state saved at every step, as in every run", {});
await manyAddresses("state saved at the end only", WITHOUT_CHECKPOINTS);
