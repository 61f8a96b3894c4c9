import { exactly, fixed, hidden, used } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { listOf } from "../../read.ts";

/** Every replica in another region costs what a secret costs. */
export default {
  usage: { requests: "API calls for the secret" },
  lines: (resource, context) => {
    const replicas = listOf(resource, "replicas") ?? [];
    return [
      fixed(context, { item: "secret", key: "secrets/secret" }),
      ...(typeof replicas === "symbol"
        ? [hidden("replicas", "replicas", replicas)]
        : replicas.length === 0
          ? []
          : [
              fixed(context, {
                item: "replicas of the secret",
                key: "secrets/secret",
                sizes: exactly(replicas.length),
              }),
            ]),
      used(context, { item: "API calls", key: "secrets/requests", usage: "requests", per: 1e-4 }),
    ];
  },
} satisfies Pricing;
