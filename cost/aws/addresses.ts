import type { Line } from "../line.ts";
import { exactly, fixed, type Sizes } from "../lines.ts";
import type { Context } from "../pricing.ts";

interface Addresses {
  readonly item?: string;
  /** @default one */
  readonly sizes?: Sizes;
  /** How long they are held. @default as long as everything exists */
  readonly hours?: number;
  readonly note?: string;
}

/** Public IPv4 addresses, used or idle: both cost the same. */
export const publicAddresses = (context: Context, addresses: Addresses = {}): Line => {
  const { item = "public IPv4 address", sizes = exactly(1), hours = context.hours.existing, note } = addresses;
  return fixed(context, { item, key: "vpc/public-ipv4", each: hours, sizes, ...(note !== undefined && { note }) });
};
