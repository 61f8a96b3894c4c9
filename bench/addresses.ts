import path from "node:path";
import { offlineProviders, type ProviderPlugin } from "../local/stack/plugins.ts";
import { measure, STEPS, WITHOUT_CHECKPOINTS } from "./measure.ts";
import { fixed, ratio, report } from "./report.ts";

const [{ version }] = offlineProviders().filter(({ name }) => name === "aws") as [ProviderPlugin];
const echo: ProviderPlugin[] = [{ name: "aws", version, main: path.join(import.meta.dirname, "echo-provider.ts") }];

/** How the offline provider compares with the engine alone, and how both grow. */
export async function addresses(counts: readonly number[]): Promise<void> {
  await series("state saved at every step, as in every run", counts, {});
  await series("state saved at the end only", counts, WITHOUT_CHECKPOINTS);
}

async function series(mode: string, counts: readonly number[], variables: Record<string, string>): Promise<void> {
  const root = path.join(import.meta.dirname, "addresses");
  const rows = [];
  const perResource: Record<string, number[]> = { offline: [], echo: [] };
  for (const count of counts) {
    const subject = { root, environment: "bench", variables: { ...variables, COUNT: String(count) } };
    const engine = await measure({ ...subject, plugins: echo });
    const offline = await measure(subject);
    perResource.echo?.push((engine.up?.seconds ?? 0) / count);
    perResource.offline?.push((offline.up?.seconds ?? 0) / count);
    for (const [step] of STEPS) {
      rows.push({
        addresses: count,
        step,
        "echo (s)": fixed(engine[step]?.seconds),
        "offline (s)": fixed(offline[step]?.seconds),
        ratio: ratio(offline[step]?.seconds, engine[step]?.seconds),
      });
    }
  }
  report(`Elastic addresses, ${mode}`, rows);
  for (const [provider, costs] of Object.entries(perResource)) {
    console.log(
      `up with the ${provider} provider: a resource costs ${ratio(costs.at(-1), costs[0])} times as much among ${counts.at(-1)} as among ${counts[0]}`,
    );
  }
}
