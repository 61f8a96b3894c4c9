import type { GetVpcsArgs, GetVpcsResult } from "@pulumi/aws/ec2/getVpcs.js";
import { invocation } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { regionOf } from "./ec2.ts";
import { findVpcs } from "./vpcs.ts";

export default invocation<Aws, GetVpcsArgs, GetVpcsResult>(async (call, { filters, tags = {} }) => {
  const found = await findVpcs(call, { filters, tags });
  return {
    id: regionOf(call),
    filters,
    ids: found.map(({ VpcId = "" }) => VpcId).sort(),
    region: regionOf(call),
    tags,
  };
});
