/**
 * What the local cloud costs, as ratios within one run (`make bench`). All of it, or what is asked for:
 *
 *     make bench ARGS=stacks
 *     make bench ARGS="policy 1 4 16 64"
 *     make bench ARGS="addresses 100 400 1600"
 *     make bench ARGS="copies 1 4 16 64"
 */
import { addresses } from "./addresses.ts";
import { copies } from "./copies.ts";
import { environments } from "./environments.ts";
import { policy } from "./policy.ts";

const parts: Readonly<Record<string, (counts?: readonly number[]) => Promise<void>>> = {
  stacks: () => environments(),
  policy: (counts = [1, 4, 16, 64]) => policy(counts),
  addresses: (counts = [100, 400, 1600]) => addresses(counts),
  copies: (counts = [1, 4, 16, 64]) => copies(counts),
};

const [wanted, ...numbers] = process.argv.slice(2);
const counts = numbers.map(Number);
const part = wanted === undefined ? undefined : parts[wanted];
if (wanted === undefined) {
  for (const measureAll of Object.values(parts)) await measureAll();
} else if (part && counts.every((count) => Number.isInteger(count) && count > 0)) {
  await part(counts.length > 0 ? counts : undefined);
} else {
  console.error(
    `error: ${process.argv.slice(2).join(" ")} cannot be measured: use ${Object.keys(parts).join(", ")}, and numbers behind it.`,
  );
  process.exitCode = 1;
}
