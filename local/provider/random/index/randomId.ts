import { randomBytes } from "node:crypto";
import type { RandomIdArgs, RandomIdState } from "@pulumi/random/randomId.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";

export default resource<undefined, RandomIdArgs, RandomIdState>({
  ...stateOnly,

  async create(_call, { byteLength, prefix = "" }) {
    const bytes = randomBytes(byteLength);
    const hex = bytes.toString("hex");
    const id = bytes.toString("base64url");
    return {
      id,
      state: {
        b64Url: prefix + id,
        b64Std: prefix + bytes.toString("base64"),
        hex: prefix + hex,
        dec: prefix + BigInt(`0x${hex}`),
      },
    };
  },
});
