import type { Context, Pricing } from "../../pricing.ts";
import { listOf } from "../../read.ts";
import type { Resource } from "../../resource.ts";
import { DELIVERED, type Destination, deliveredLogs, destinationOf } from "../delivered-logs.ts";

export default {
  usage: DELIVERED,
  lines: (resource, context) => [deliveredLogs(context, destination(resource, context))],
} satisfies Pricing;

function destination(resource: Resource, { graph }: Context): Destination {
  const arns = listOf(resource, "logDestinationConfigs");
  const [arn] = Array.isArray(arns) ? arns : [];
  if (typeof arn === "string") return destinationOf(arn);
  const groups = graph.behind(resource, "logDestinationConfigs", "aws:cloudwatch/logGroup:LogGroup");
  if (groups.length > 0) return "cloudwatch";
  return graph.behind(resource, "logDestinationConfigs", "aws:s3/bucket:Bucket").length > 0 ? "other" : undefined;
}
