import type { GetPartitionArgs, GetPartitionResult } from "@pulumi/aws/getPartition.js";
import { invocation } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { partitionOf } from "../regions.ts";

export default invocation<Aws, GetPartitionArgs, GetPartitionResult>(async ({ context }) => {
  const { id, dnsSuffix, reverseDnsPrefix } = partitionOf(context.settings.region);
  return { id, partition: id, dnsSuffix, reverseDnsPrefix };
});
