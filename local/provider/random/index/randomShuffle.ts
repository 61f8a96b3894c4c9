import type { RandomShuffleArgs, RandomShuffleState } from "@pulumi/random/randomShuffle.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { shuffled, source } from "../source.ts";

export default resource<undefined, RandomShuffleArgs, RandomShuffleState>({
  ...stateOnly,

  async create(_call, { inputs, resultCount, seed }) {
    // As with the official provider, 0 asks for as many as there are.
    const count = inputs.length === 0 ? 0 : resultCount || inputs.length;
    const from = source(seed);
    const results: string[] = [];
    // More than there are: one permutation after the other, so that none comes up much more often than the rest.
    while (results.length < count) results.push(...shuffled(from, inputs));
    return { id: "-", state: { results: results.slice(0, count) } };
  },
});
