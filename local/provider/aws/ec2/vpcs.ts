import { DescribeVpcsCommand, type Filter, type Vpc } from "@aws-sdk/client-ec2";
import type { AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";

/** What lookups of VPCs select by, as programs write it. */
export interface VpcQuestion {
  readonly id?: string | undefined;
  readonly filters?: readonly { readonly name: string; readonly values: string[] }[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** The filters that other arguments stand for. */
  readonly more?: Readonly<Record<string, string | boolean | undefined>>;
}

/** All VPCs of the region that match. */
export async function findVpcs(call: AwsCall, { id, filters = [], tags = {}, more = {} }: VpcQuestion): Promise<Vpc[]> {
  const given = Object.entries({ ...more, ...tagFilters(tags) }).filter(([, value]) => value !== undefined);
  const Filters: Filter[] = [
    ...filters.map(({ name, values }) => ({ Name: name, Values: values })),
    ...given.map(([Name, value]) => ({ Name, Values: [String(value)] })),
  ];
  const { Vpcs = [] } = await ec2(call).send(
    new DescribeVpcsCommand({ ...(id && { VpcIds: [id] }), ...(Filters.length > 0 && { Filters }) }),
  );
  return Vpcs;
}

const tagFilters = (tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`tag:${key}`, value]));
