import type { RandomIntegerArgs, RandomIntegerState } from "@pulumi/random/randomInteger.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { source } from "../source.ts";

export default resource<undefined, RandomIntegerArgs, RandomIntegerState>({
  ...stateOnly,

  check({ min, max }) {
    if (min === undefined || max === undefined || min <= max) return [];
    return [{ property: "min", reason: `min must be at most max (${max}), got ${min}` }];
  },

  async create(_call, { min, max, seed }) {
    const result = min + Number(source(seed).below(BigInt(max) - BigInt(min) + 1n));
    return { id: String(result), state: { result } };
  },
});
