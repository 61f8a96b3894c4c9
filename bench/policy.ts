import { readFileSync } from "node:fs";
import path from "node:path";
import type { OperationOptions } from "../local/stack/operation.ts";
import { judging } from "./judging.ts";
import { costOf, onFreshCloud, type Subject } from "./measure.ts";
import { fixed, ratio, report } from "./report.ts";

/** How many times as long a preview of production may take with the policy pack, and a resource of 64 copies as one of a single stack. */
const LIMITS = { preview: 1.3, growth: 1.5 };
const ROUNDS = 5;
/** Previews of more copies take so long that only judging is measured. */
const TOO_MANY_TO_PREVIEW = 5;

const root = path.resolve(import.meta.dirname, "..");
const production: Subject = { root, environment: "production" };
const copiesOf = (count: number): Subject => ({
  root: path.join(root, "bench/copies"),
  environment: "bench",
  variables: { COUNT: String(count) },
});

/** What the policy pack adds to a preview, and how judging grows with the number of secured stacks in one. */
export async function policy(counts: readonly number[]): Promise<void> {
  const standing = await onFreshCloud(async (localDir) => {
    await costOf("up", { ...production, verb: "up", localDir });
    return { subject: "production, which stands", ...(await previews({ ...production, localDir })) };
  });
  const rows = [standing];
  for (const count of counts.filter((each) => each < TOO_MANY_TO_PREVIEW)) {
    const taken = await onFreshCloud((localDir) => previews({ ...copiesOf(count), localDir }, ADVISORY));
    rows.push({ subject: `copies of the secured stack, to be made: ${count}`, ...taken });
  }
  report(
    `Previews with the policy pack and without, medians of ${ROUNDS} of each in turn`,
    rows.map(({ subject, without, withPack }) => ({
      subject,
      "without (s)": fixed(without),
      "with (s)": fixed(withPack),
      "with / without": ratio(withPack, without),
    })),
  );
  refuse("A preview of production with the policy pack", standing.withPack / standing.without, LIMITS.preview);
  await growth(counts);
}

/** The copies are not protected from deletion, which the pack would refuse. */
const ADVISORY = ["--policy-pack-config", path.join(root, "bench/copies/policy-pack-config.json")];

type Options = Omit<OperationOptions, "verb">;

/** In turn, so that what else the machine does meets both alike. */
async function previews(options: Options, packParameters: readonly string[] = []) {
  const preview = async (name: string, choice: Partial<OperationOptions>) =>
    (await costOf(name, { ...options, ...choice, verb: "preview" })).seconds;
  const choice = { policyPack: path.join(root, "policy"), parameters: packParameters };
  const withPack = () => preview("preview with the policy pack", choice);
  const without = () => preview("preview", {});
  // What Node has not compiled yet would count for the first ones.
  await withPack();
  await without();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push([await without(), await withPack()] as const);
  return {
    without: median(rounds.map(([seconds]) => seconds)),
    withPack: median(rounds.map(([, seconds]) => seconds)),
  };
}

/** Judging alone, of the state of one copy and of more that are made from it. */
async function growth(counts: readonly number[]): Promise<void> {
  const state = await onFreshCloud(async (localDir) => {
    const one = copiesOf(1);
    await costOf("up", { ...one, verb: "up", localDir });
    return readFileSync(path.join(localDir, one.environment, "state.json"), "utf8");
  });
  judging(state, 1);
  const taken = counts.map((copies) => {
    const rounds = Array.from({ length: ROUNDS }, () => judging(state, copies));
    const perResource = median(rounds.map(({ seconds, resources }) => seconds / resources));
    return { copies, resources: rounds[0]?.resources ?? 0, perResource };
  });
  const first = taken[0]?.perResource;
  report(
    "Judging alone, by all rules",
    taken.map(({ copies, resources, perResource }) => ({
      copies,
      resources,
      "a resource (µs)": fixed(perResource * 1e6),
      [`a resource / ${counts[0]}`]: ratio(perResource, first),
    })),
  );
  refuse("Judging a resource among the most", (taken.at(-1)?.perResource ?? 0) / (first ?? 1), LIMITS.growth);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function refuse(what: string, times: number, limit: number): void {
  if (times <= limit) return;
  console.error(`${what} took ${times.toFixed(2)} times as long, more than ${limit}.`);
  process.exitCode = 1;
}
