/**
 * What is known of AWS's regions and partitions. Names are those of AWS's own endpoint data; the zones for aliases of S3
 * websites are those of https://docs.aws.amazon.com/general/latest/gr/s3.html.
 */
import regions from "./regions.json" with { type: "json" };

interface Region {
  readonly description: string;
  readonly websiteZoneId?: string;
}

interface Partition {
  readonly id: string;
  readonly dnsSuffix: string;
  readonly reverseDnsPrefix: string;
}

const KNOWN: Readonly<Record<string, Region>> = regions;

/** By the prefix of their regions; the last one is for all others. */
const PARTITIONS: readonly (Partition & { readonly prefix: string })[] = [
  { prefix: "cn-", id: "aws-cn", dnsSuffix: "amazonaws.com.cn", reverseDnsPrefix: "cn.com.amazonaws" },
  { prefix: "us-gov-", id: "aws-us-gov", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" },
  { prefix: "", id: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" },
];

export const REGIONS: readonly string[] = Object.keys(KNOWN);

export const regionOf = (region: string): Region | undefined => KNOWN[region];

export const partitionOf = (region: string): Partition =>
  PARTITIONS.find(({ prefix }) => region.startsWith(prefix)) as Partition;
