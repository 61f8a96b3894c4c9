import type { GetRegionArgs, GetRegionResult } from "@pulumi/aws/getRegion.js";
import { ProviderError } from "../../core/errors.ts";
import { invocation } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { partitionOf, REGIONS, regionOf } from "../regions.ts";

const endpointOf = (region: string): string => `ec2.${region}.${partitionOf(region).dnsSuffix}`;

/** By name (`region`, or the deprecated `name`), by the endpoint of EC2, or the provider's own. */
export default invocation<Aws, GetRegionArgs, GetRegionResult>(async ({ context }, { region, name, endpoint }) => {
  const byEndpoint = endpoint && REGIONS.find((one) => endpointOf(one) === endpoint);
  if (endpoint && !byEndpoint) throw new ProviderError(`no region has the endpoint ${endpoint}`);
  const wanted = new Set([region, name, byEndpoint].filter((one): one is string => Boolean(one)));
  if (wanted.size > 1) throw new ProviderError(`${[...wanted].join(" and ")} are different regions; name only one`);
  const [found = context.settings.region] = wanted;
  const known = regionOf(found);
  if (!known) throw new ProviderError(`${found} is not a region of AWS; it has ${REGIONS.join(", ")}`);
  return { id: found, name: found, region: found, description: known.description, endpoint: endpointOf(found) };
});
