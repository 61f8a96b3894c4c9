interface Region {
  /** What its usage types start with, in price lists of all ages. */
  readonly prefixes: readonly string[];
  /** What price lists of data transfer call it. */
  readonly location: string;
}

/** The regions that prices are looked up for. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const REGIONS: Readonly<Record<string, Region>> = {
  "us-east-1": { prefixes: ["", "USE1-"], location: "US East (N. Virginia)" },
  "us-east-2": { prefixes: ["USE2-"], location: "US East (Ohio)" },
  "us-west-2": { prefixes: ["USW2-"], location: "US West (Oregon)" },
  "eu-west-1": { prefixes: ["EU-", "EUW1-"], location: "EU (Ireland)" },
  "eu-central-1": { prefixes: ["EUC1-"], location: "EU (Frankfurt)" },
  "ap-southeast-1": { prefixes: ["APS1-"], location: "Asia Pacific (Singapore)" },
};
