import type { Pricing } from "../../pricing.ts";
import { textOf } from "../../read.ts";
import { DELIVERED, deliveredLogs } from "../delivered-logs.ts";

export default {
  usage: DELIVERED,
  lines: (resource, context) => {
    const type = textOf(resource, "logDestinationType") ?? "cloud-watch-logs";
    if (typeof type === "symbol") return [deliveredLogs(context, undefined)];
    return [deliveredLogs(context, type === "cloud-watch-logs" ? "cloudwatch" : "other")];
  },
} satisfies Pricing;
