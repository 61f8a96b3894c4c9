/** The domain that the host names of RDS in a region are in, and that its certificates name. */
export const databaseDomain = (region: string): string =>
  `${region}.rds.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;

/**
 * Where AWS publishes the certificate authorities of RDS in a region: one place for each partition.
 * Source: RDS user guide, certificate bundles by AWS Region.
 */
export function trustStoreUrl(region: string): string {
  const file = `${region}/${region}-bundle.pem`;
  if (region.startsWith("cn-")) return `https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/${file}`;
  const host = region.startsWith("us-gov-") ? "truststore.pki.us-gov-west-1" : "truststore.pki";
  return `https://${host}.rds.amazonaws.com/${file}`;
}
