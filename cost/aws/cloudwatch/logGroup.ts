import { hidden, unknown, used } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { textOf } from "../../read.ts";

/** What AWS services deliver to it is billed with what sends it (flow logs, logs of a web ACL); here is what machines send. */
export default {
  usage: { ingestedGb: "GB that machines send", storedGb: "GB that are kept", scannedGb: "GB that queries look at" },
  lines: (resource, context) => {
    const kind = textOf(resource, "logGroupClass") ?? "STANDARD";
    if (typeof kind === "symbol") return [hidden("logs", "logGroupClass", kind)];
    const stored = used(context, { item: "logs kept", key: "cloudwatch/logs/storage", usage: "storedGb" });
    if (kind !== "STANDARD")
      return [unknown("logs received", `the price book has no prices for the class ${kind}`), stored];
    return [
      used(context, { item: "logs received", key: "cloudwatch/logs/ingest", usage: "ingestedGb" }),
      stored,
      used(context, { item: "logs queried", key: "cloudwatch/logs/insights", usage: "scannedGb" }),
    ];
  },
} satisfies Pricing;
