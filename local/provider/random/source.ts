/** Where random numbers come from: the operating system, or a seed that always gives the same ones. */
import { createHash, randomBytes } from "node:crypto";

export interface Source {
  /** A whole number from 0 to `limit - 1`, each equally likely. */
  below(limit: bigint): bigint;
}

/** Enough to hold every whole number of JavaScript many times over, so that few draws have to be repeated. */
const DRAW_BYTES = 16;
const DRAWS = 2n ** BigInt(DRAW_BYTES * 8);

/**
 * Without a seed the numbers are fit for secrets. With one they are the same on every run, but not those that the official
 * provider draws from that seed (its generator is Go's).
 */
export function source(seed?: string): Source {
  const draw = seed === undefined ? () => randomBytes(DRAW_BYTES) : seeded(seed);
  return {
    below(limit) {
      // A remainder would favour small numbers; draws from the incomplete last round are repeated instead.
      const rounds = DRAWS - (DRAWS % limit);
      for (;;) {
        const number = BigInt(`0x${draw().toString("hex")}`);
        if (number < rounds) return number % limit;
      }
    },
  };
}

function seeded(seed: string): () => Buffer {
  let count = 0;
  return () => createHash("sha256").update(`${count++}:${seed}`).digest().subarray(0, DRAW_BYTES);
}

export function pick<T>({ below }: Source, items: ArrayLike<T>): T {
  return items[Number(below(BigInt(items.length)))] as T;
}

/** The same items in random order (Fisher and Yates). */
export function shuffled<T>({ below }: Source, items: readonly T[]): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Number(below(BigInt(last + 1)));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
