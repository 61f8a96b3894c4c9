import type { Line } from "../../line.ts";
import { exactly, fixed, free, hidden, unknown, used } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import { listOf, textOf } from "../../read.ts";
import type { Resource } from "../../resource.ts";
import { acrossZones, ZONES } from "../transfer.ts";

/** An interface endpoint costs by the hour in every zone that it is in. */
export default {
  usage: { processedGb: "GB through the endpoint", ...ZONES },
  lines: (resource, context) => {
    const type = textOf(resource, "vpcEndpointType") ?? "Gateway";
    if (typeof type === "symbol") return [hidden("endpoint", "vpcEndpointType", type)];
    if (type === "Gateway")
      return [free("gateway endpoint", "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html")];
    if (type !== "Interface")
      return [unknown(`${type} endpoint`, `the price book has no prices for ${type} endpoints`)];
    return [
      zones(resource, context),
      used(context, { item: "data through the endpoint", key: "vpc/interface-endpoint/gb", usage: "processedGb" }),
      acrossZones(context),
    ];
  },
} satisfies Pricing;

function zones(resource: Resource, context: Context): Line {
  const item = "interface endpoint, in each zone";
  const subnets = listOf(resource, "subnetIds") ?? listOf(resource, "subnetConfigurations");
  const priced = (count: number) =>
    fixed(context, { item, key: "vpc/interface-endpoint", each: context.hours.existing, sizes: exactly(count) });
  if (typeof subnets !== "symbol" && subnets !== undefined) return priced(subnets.length);
  if (subnets === undefined) return unknown(item, "nothing says in which subnets it is");
  const most = priced(resource.propertyDependencies.subnetIds?.length ?? 0);
  const range = most.kind === "fixed" && most.amount > 0 ? { low: 0, high: most.amount } : undefined;
  return hidden(item, "subnetIds", subnets, range);
}
