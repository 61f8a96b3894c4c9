import { exactly, fixed, used } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { flagOf } from "../../read.ts";

/** Each of the first two rotations makes a key cost as much again. https://aws.amazon.com/kms/pricing/ */
const VERSIONS_BILLED = 3;

export default {
  usage: { requests: "requests to the key" },
  lines: (resource, context) => {
    const rotates = flagOf(resource, "enableKeyRotation") === true;
    const sizes = rotates ? { low: 1, now: 1, high: VERSIONS_BILLED } : exactly(1);
    return [
      fixed(context, {
        item: "key",
        key: "kms/key",
        sizes,
        ...(rotates && { note: "as it is made; the first and the second rotation each add as much" }),
      }),
      used(context, { item: "requests", key: "kms/requests", usage: "requests", per: 1e-4 }),
    ];
  },
} satisfies Pricing;
