import { randomUUID } from "node:crypto";
import type { RandomUuidArgs, RandomUuidState } from "@pulumi/random/randomUuid.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";

export default resource<undefined, RandomUuidArgs, RandomUuidState>({
  ...stateOnly,

  async create() {
    const result = randomUUID();
    return { id: result, state: { result } };
  },
});
