import type { RandomStringArgs, RandomStringState } from "@pulumi/random/randomString.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { checkCharacters, randomString, spelled } from "../characters.ts";

export default resource<undefined, RandomStringArgs, RandomStringState>({
  ...stateOnly,
  check: checkCharacters,

  async create(_call, inputs) {
    const result = randomString(inputs);
    return { id: result, state: { ...spelled(inputs), result } };
  },
});
