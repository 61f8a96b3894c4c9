import path from "node:path";
import { type Costs, measure, STEPS } from "./measure.ts";
import { fixed, ratio, report } from "./report.ts";

const ENVIRONMENTS = ["dev", "staging", "production"] as const;

/** How the stacks of this project compare, as ratios to the smallest. */
export async function environments(): Promise<void> {
  const root = path.resolve(import.meta.dirname, "..");
  const all: Costs[] = [];
  for (const environment of ENVIRONMENTS) all.push(await measure({ root, environment }));
  const rows = STEPS.map(([step]) => {
    const columns = ENVIRONMENTS.flatMap((name, index) => {
      const seconds = all[index]?.[step]?.seconds;
      const compared = index === 0 ? [] : [[`${name} / ${ENVIRONMENTS[0]}`, ratio(seconds, all[0]?.[step]?.seconds)]];
      return [[`${name} (s)`, fixed(seconds)], ...compared];
    });
    return { step, ...Object.fromEntries(columns) };
  });
  report("The stacks of this project", rows);
}
