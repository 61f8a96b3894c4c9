import type { Value } from "../../../plan/values.ts";
import type { Line } from "../../line.ts";
import { exactly, fixed, hidden, scale, unknown, usedQuantity } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import { asGroup, flagOf, listOf, type Read, textOf, within } from "../../read.ts";
import type { Resource } from "../../resource.ts";
import { publicAddresses } from "../addresses.ts";
import { capacityUnits, DIMENSIONS } from "../capacity-units.ts";
import { acrossZones, INTERNET, toInternet, ZONES } from "../transfer.ts";

const KINDS: Readonly<Record<string, { readonly item: string; readonly key: "alb" | "nlb" }>> = {
  application: { item: "application load balancer", key: "alb" },
  network: { item: "network load balancer", key: "nlb" },
};

/** Hours, capacity units by the largest of their dimensions, and a public address in every zone. */
export default {
  usage: { ...DIMENSIONS, ...INTERNET, ...ZONES },
  lines: (resource, context) => {
    const type = textOf(resource, "loadBalancerType") ?? "application";
    if (typeof type === "symbol") return [hidden("load balancer", "loadBalancerType", type)];
    const kind = KINDS[type];
    if (kind === undefined) return [unknown(`${type} load balancer`, "the price book has no prices for it")];
    const usage = Object.keys(DIMENSIONS);
    const units = capacityUnits(kind.key, context.usage);
    return [
      fixed(context, { item: kind.item, key: `elb/${kind.key}`, each: context.hours.existing }),
      usedQuantity(context, {
        item: "capacity units",
        key: `elb/${kind.key}/lcu`,
        usage,
        quantity: units && scale(units, context.hours.existing),
      }),
      ...addresses(resource, context),
      toInternet(context),
      // Between an application load balancer and its targets AWS bills neither direction.
      ...(kind.key === "alb" ? [] : [acrossZones(context)]),
    ];
  },
} satisfies Pricing;

function addresses(resource: Resource, context: Context): Line[] {
  const internal = flagOf(resource, "internal") ?? false;
  if (internal === true || textOf(resource, "ipAddressType") === "dualstack-without-public-ipv4") return [];
  const item = "public IPv4 address, in each zone";
  const zones = zonesOf(resource);
  if (zones === undefined) return [unknown(item, "nothing says in which subnets it is")];
  const most = typeof zones === "symbol" ? (resource.propertyDependencies.subnets?.length ?? 0) : zones.length;
  const priced = publicAddresses(context, { item, sizes: exactly(most) });
  const range = priced.kind === "fixed" && most > 0 ? { low: 0, high: priced.amount } : undefined;
  if (typeof zones === "symbol") return [hidden(item, "subnets", zones, range)];
  if (most === 0) return [];
  return [typeof internal === "symbol" ? hidden(item, "internal", internal, range) : priced];
}

/** A subnet in each zone. Where an Elastic IP comes with one, it is priced where it is allocated. */
function zonesOf(resource: Resource): Read<readonly Value[]> {
  const mappings = listOf(resource, "subnetMappings");
  if (typeof mappings === "symbol" || mappings === undefined || mappings.length === 0) {
    return listOf(resource, "subnets") ?? mappings;
  }
  return mappings.filter((mapping) => within(asGroup(mapping), "allocationId") === undefined);
}
