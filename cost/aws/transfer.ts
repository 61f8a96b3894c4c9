import type { Line } from "../line.ts";
import { used } from "../lines.ts";
import type { Context } from "../pricing.ts";

export const INTERNET = { internetGb: "GB from here to the internet" };

export const ZONES = {
  crossZoneGb: "GB between here and other zones of the region, both directions together counted once",
};

export const toInternet = (context: Context): Line =>
  used(context, { item: "data to the internet", key: "transfer/internet", usage: "internetGb" });

/** AWS bills what crosses a zone's border where it leaves and where it arrives. */
export const acrossZones = (context: Context): Line =>
  used(context, {
    item: "data between zones",
    key: "transfer/zones",
    usage: "crossZoneGb",
    per: 2,
    note: "every GB is billed twice: where it leaves and where it arrives",
  });
