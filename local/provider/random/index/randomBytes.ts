import { randomBytes } from "node:crypto";
import type { RandomBytesArgs, RandomBytesState } from "@pulumi/random/randomBytes.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";

export default resource<undefined, RandomBytesArgs, RandomBytesState>({
  ...stateOnly,

  async create(_call, { length }) {
    const bytes = randomBytes(length);
    const base64 = bytes.toString("base64");
    return { id: base64, state: { base64, hex: bytes.toString("hex") } };
  },
});
