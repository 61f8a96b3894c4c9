/** The offline stand-in for `@pulumi/aws`. */

import { load } from "../core/load.ts";
import type { Provider } from "../core/provider.ts";
import { Aws } from "./client.ts";
import { CONFIGURATION, settingsOf, tagPolicyOf } from "./configuration.ts";

export const aws: Provider<Aws> = {
  name: "aws",
  version: "7.48.0",
  ...load<Aws>(import.meta.dirname, CONFIGURATION),
  configure: async (config) => ({ context: new Aws(settingsOf(config, process.env)), tags: tagPolicyOf(config) }),
  regionOf: (context) => context.settings.region,
  journals: true,
};
