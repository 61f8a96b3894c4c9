import type { Line } from "../line.ts";
import { unknown, used } from "../lines.ts";
import type { Context } from "../pricing.ts";

export const DELIVERED = { logsGb: "GB of logs that AWS delivers" };

export type Destination = "cloudwatch" | "other" | undefined;

/** Where an ARN says that logs go. */
export const destinationOf = (arn: string): Destination => (arn.split(":")[2] === "logs" ? "cloudwatch" : "other");

/** Logs that an AWS service writes cost where they are delivered; keeping them is billed by the log group or the bucket. */
export function deliveredLogs(context: Context, destination: Destination): Line {
  const item = "logs delivered";
  if (destination === "cloudwatch") return used(context, { item, key: "cloudwatch/logs/vended", usage: "logsGb" });
  if (destination === undefined) return unknown(item, "the plan does not show where they go");
  return unknown(item, "the price book has no price for delivery to S3 or Firehose");
}
