import type { RandomPetArgs, RandomPetState } from "@pulumi/random/randomPet.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { pick, source } from "../source.ts";
import { ADJECTIVES, ADVERBS, ANIMALS } from "../words.ts";

export default resource<undefined, RandomPetArgs, RandomPetState>({
  ...stateOnly,

  async create(_call, { length = 2, prefix, separator = "-" }) {
    const from = source();
    const words = Array.from({ length }, (_, index) => {
      const left = length - index;
      return pick(from, left === 1 ? ANIMALS : left === 2 ? ADJECTIVES : ADVERBS);
    });
    return { id: [...(prefix ? [prefix] : []), ...words].join(separator), state: {} };
  },
});
