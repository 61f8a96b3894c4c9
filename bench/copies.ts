import path from "node:path";
import { measure, STEPS, WITHOUT_CHECKPOINTS } from "./measure.ts";
import { parties } from "./memory.ts";
import { fixed, mebibytes, ratio, report } from "./report.ts";

/** What the engine writes when it saves the state at every step grows with the square: tens of gigabytes for so many, hundreds for 64. */
const TOO_MANY_TO_SAVE = 16;

/** How time and memory grow with the number of secured stacks in one Pulumi stack. */
export async function copies(counts: readonly number[]): Promise<void> {
  const few = counts.filter((count) => count < TOO_MANY_TO_SAVE);
  if (few.length > 0) await series("state saved at every step, as in every run", few, {});
  await series("state saved at the end only", counts, WITHOUT_CHECKPOINTS);
}

async function series(mode: string, counts: readonly number[], variables: Record<string, string>): Promise<void> {
  const root = path.join(import.meta.dirname, "copies");
  const rows = [];
  const first: Record<string, number> = {};
  for (const count of counts) {
    const costs = await measure({ root, environment: "bench", variables: { ...variables, COUNT: String(count) } });
    for (const [step] of STEPS) {
      const { seconds = 0, peaks = {} } = costs[step] ?? {};
      first[step] ??= seconds / count;
      rows.push({
        copies: count,
        step,
        seconds: fixed(seconds),
        [`per copy / ${counts[0]}`]: ratio(seconds / count, first[step]),
        ...Object.fromEntries(parties.map((party) => [`${party} (MiB)`, mebibytes(peaks[party])])),
      });
    }
    // As soon as it is known: the largest take long.
    report(`Copies of the secured stack, ${mode}`, rows);
  }
}
