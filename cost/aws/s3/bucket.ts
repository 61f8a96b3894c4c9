import { used } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { INTERNET, toInternet } from "../transfer.ts";

/** A bucket costs what is in it and what is asked of it; objects are no lines of their own. */
export default {
  usage: {
    standardGb: "GB kept in the standard class",
    infrequentGb: "GB kept in the class for infrequent access",
    putRequests: "requests that write or list",
    getRequests: "requests that read",
    ...INTERNET,
  },
  lines: (_, context) => {
    const infrequent = context.usage("infrequentGb");
    return [
      used(context, { item: "storage", key: "s3/standard", usage: "standardGb" }),
      ...(infrequent === undefined
        ? []
        : [used(context, { item: "storage, infrequent access", key: "s3/standard-ia", usage: "infrequentGb" })]),
      used(context, { item: "writes", key: "s3/put", usage: "putRequests", per: 1e-3 }),
      used(context, { item: "reads", key: "s3/get", usage: "getRequests", per: 1e-3 }),
      toInternet(context),
    ];
  },
} satisfies Pricing;
