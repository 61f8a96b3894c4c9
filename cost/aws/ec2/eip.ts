import { free } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { textOf } from "../../read.ts";
import { publicAddresses } from "../addresses.ts";

/** Costs the same whether something uses it or not, since February 2024. https://aws.amazon.com/vpc/pricing/ */
export default {
  lines: (resource, context) => {
    const pool = textOf(resource, "publicIpv4Pool");
    if (typeof pool === "string" && pool.startsWith("ipv4pool-")) {
      return [free("public IPv4 address", "of an own pool: https://aws.amazon.com/vpc/pricing/")];
    }
    return [publicAddresses(context)];
  },
} satisfies Pricing;
