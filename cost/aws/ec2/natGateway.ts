import { UNKNOWN } from "../../../plan/values.ts";
import { exactly, fixed, used } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import { listOf, textOf } from "../../read.ts";
import { propertyOf, type Resource } from "../../resource.ts";
import { publicAddresses } from "../addresses.ts";
import { acrossZones, INTERNET, toInternet, ZONES } from "../transfer.ts";

export default {
  usage: { processedGb: "GB through the gateway, both directions", ...INTERNET, ...ZONES },
  lines: (resource, context) => {
    const addresses = unpricedAddresses(resource, context);
    return [
      fixed(context, { item: "NAT gateway", key: "nat/hour", each: context.hours.existing }),
      ...(addresses === 0 ? [] : [publicAddresses(context, { sizes: exactly(addresses) })]),
      used(context, { item: "data through the NAT gateway", key: "nat/gb", usage: "processedGb" }),
      toInternet(context),
      acrossZones(context),
    ];
  },
} satisfies Pricing;

/** Addresses that are no resource of the plan. One that is, is priced there; one that is not known yet can only be such a one. */
function unpricedAddresses(resource: Resource, { graph }: Context): number {
  if (textOf(resource, "connectivityType") === "private") return 0;
  const secondary = listOf(resource, "secondaryAllocationIds");
  const ids = [propertyOf(resource, "allocationId"), ...(Array.isArray(secondary) ? secondary : [])];
  const priced = new Set(
    ["allocationId", "secondaryAllocationIds"].flatMap((property) =>
      graph.behind(resource, property, "aws:ec2/eip:Eip"),
    ),
  );
  const known = ids.filter((id) => id !== undefined && id !== UNKNOWN);
  return Math.max(0, known.length - [...priced].filter(({ id }) => id !== undefined && known.includes(id)).length);
}
