/** The offline stand-in for `@pulumi/tls`. */
import { load } from "../core/load.ts";
import type { Provider } from "../core/provider.ts";
import type { Property } from "../core/schema.ts";
import { NO_TAGS } from "../core/tags.ts";

const CONFIGURATION: Readonly<Record<string, Property>> = {
  /** Only for functions that fetch certificates from the network, of which there are none offline. */
  proxy: {
    type: "object",
    properties: {
      fromEnv: { type: "boolean" },
      url: { type: "string", pattern: ["^(https?|socks5)://", "a URL of the scheme http, https or socks5"] },
      username: { type: "string" },
      password: { type: "string", sensitive: true },
    },
  },
};

export const tls: Provider<undefined> = {
  name: "tls",
  version: "5.6.1",
  ...load<undefined>(import.meta.dirname, CONFIGURATION),
  configure: async () => ({ context: undefined, tags: NO_TAGS }),
  journals: false,
};
