import { type AutoScalingGroup, paginateDescribeAutoScalingGroups } from "@aws-sdk/client-auto-scaling";
import type { GetAmiIdsArgs, GetAmiIdsResult } from "@pulumi/aws/autoscaling/getAmiIds.js";
import { invocation } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { regionOf } from "../ec2/ec2.ts";
import { autoscaling } from "./autoscaling.ts";

/** Finds scaling groups. Nothing here is about images: the name is an accident of the official package, which keeps it. */
export default invocation<Aws, GetAmiIdsArgs, GetAmiIdsResult>(async (call, { names, filters }) => {
  const found: AutoScalingGroup[] = [];
  const question = {
    AutoScalingGroupNames: names,
    Filters: filters?.map(({ name, values }) => ({ Name: name, Values: values })),
  };
  for await (const page of paginateDescribeAutoScalingGroups({ client: autoscaling(call) }, question))
    found.push(...(page.AutoScalingGroups ?? []));
  found.sort((a, b) => (a.AutoScalingGroupName ?? "").localeCompare(b.AutoScalingGroupName ?? ""));
  return {
    id: regionOf(call),
    region: regionOf(call),
    filters,
    names: found.map(({ AutoScalingGroupName = "" }) => AutoScalingGroupName),
    arns: found.map(({ AutoScalingGroupARN = "" }) => AutoScalingGroupARN),
  };
});
