import { fixed } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";

export default {
  lines: (_, context) => [fixed(context, { item: "composite alarm", key: "cloudwatch/alarm/composite" })],
} satisfies Pricing;
