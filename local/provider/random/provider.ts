/** The offline stand-in for `@pulumi/random`. */
import { load } from "../core/load.ts";
import type { Provider } from "../core/provider.ts";
import { NO_TAGS } from "../core/tags.ts";

export const random: Provider<undefined> = {
  name: "random",
  version: "4.21.2",
  ...load<undefined>(import.meta.dirname, {}),
  configure: async () => ({ context: undefined, tags: NO_TAGS }),
  journals: false,
};
