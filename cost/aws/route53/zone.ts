import { fixed, used } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { listOf } from "../../read.ts";

/** Queries for alias records of AWS resources, and all of a private zone, cost nothing. https://aws.amazon.com/route53/pricing/ */
export default {
  usage: {
    queries: "queries, those for alias records of AWS resources left out",
    latencyQueries: "queries for records that are routed by latency",
    geolocationQueries: "queries for records that are routed by place",
  },
  lines: (resource, context) => {
    const zone = fixed(context, { item: "hosted zone", key: "route53/zone" });
    const networks = listOf(resource, "vpcs");
    if (networks !== undefined && (typeof networks === "symbol" || networks.length > 0)) return [zone];
    const queries = (item: string, key: string, usage: string) => used(context, { item, key, usage, per: 1e-6 });
    const routed = [
      { item: "queries by latency", key: "route53/queries/latency", usage: "latencyQueries" },
      { item: "queries by place", key: "route53/queries/geolocation", usage: "geolocationQueries" },
    ].filter(({ usage }) => context.usage(usage) !== undefined);
    return [
      zone,
      queries("queries", "route53/queries", "queries"),
      ...routed.map(({ item, key, usage }) => queries(item, key, usage)),
    ];
  },
} satisfies Pricing;
