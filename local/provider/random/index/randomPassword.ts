import type { RandomPasswordArgs, RandomPasswordState } from "@pulumi/random/randomPassword.js";
import { hash } from "bcryptjs";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { checkCharacters, randomString, spelled } from "../characters.ts";

/** The official provider's cost: 2^10 rounds. */
const BCRYPT_COST = 10;

export default resource<undefined, RandomPasswordArgs, RandomPasswordState>({
  ...stateOnly,
  check: checkCharacters,

  async create(_call, inputs) {
    const result = randomString(inputs);
    // The id is no place for a secret, hence the fixed word of the official provider.
    return { id: "none", state: { ...spelled(inputs), result, bcryptHash: await hash(result, BCRYPT_COST) } };
  },
});
