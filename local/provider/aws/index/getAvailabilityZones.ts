import { type AvailabilityZone, DescribeAvailabilityZonesCommand } from "@aws-sdk/client-ec2";
import type { GetAvailabilityZonesArgs, GetAvailabilityZonesResult } from "@pulumi/aws/getAvailabilityZones.js";
import { ProviderError } from "../../core/errors.ts";
import { invocation } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { ec2, regionOf } from "../ec2/ec2.ts";

/** What the filters of the API look at. moto ignores some of them, and leaves out what is the same for every ordinary zone. */
const FILTERS: Readonly<Record<string, (zone: AvailabilityZone) => string | undefined>> = {
  "group-name": ({ GroupName, RegionName }) => GroupName ?? RegionName,
  "opt-in-status": ({ OptInStatus }) => OptInStatus ?? "opt-in-not-required",
  "parent-zone-id": ({ ParentZoneId }) => ParentZoneId,
  "parent-zone-name": ({ ParentZoneName }) => ParentZoneName,
  "region-name": ({ RegionName }) => RegionName,
  state: ({ State }) => State,
  "zone-id": ({ ZoneId }) => ZoneId,
  "zone-name": ({ ZoneName }) => ZoneName,
  "zone-type": ({ ZoneType }) => ZoneType ?? "availability-zone",
};

function matches(zone: AvailabilityZone, name: string, values: readonly string[]): boolean {
  const part = FILTERS[name];
  if (!part)
    throw new ProviderError(`filters: zones have no filter ${name}; there are ${Object.keys(FILTERS).join(", ")}`);
  const value = part(zone);
  return value !== undefined && values.some((pattern) => wildcard(pattern).test(value));
}

/** `*` stands for any characters, `?` for one, as in all filters of EC2. */
function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}

export default invocation<Aws, GetAvailabilityZonesArgs, GetAvailabilityZonesResult>(async (call, args) => {
  const { state, filters = [], excludeNames = [], excludeZoneIds = [] } = args;
  const { AvailabilityZones = [] } = await ec2(call).send(
    new DescribeAvailabilityZonesCommand({ AllAvailabilityZones: args.allAvailabilityZones }),
  );
  const zones = AvailabilityZones.filter(
    (zone) =>
      (state === undefined || zone.State === state) &&
      filters.every(({ name, values }) => matches(zone, name, values)) &&
      !excludeNames.includes(zone.ZoneName as string) &&
      !excludeZoneIds.includes(zone.ZoneId as string),
  ).sort((a, b) => (a.ZoneName as string).localeCompare(b.ZoneName as string));
  const region = regionOf(call);
  return {
    ...args,
    id: region,
    region,
    names: zones.map(({ ZoneName = "" }) => ZoneName),
    zoneIds: zones.map(({ ZoneId = "" }) => ZoneId),
    groupNames: [...new Set(zones.map((zone) => FILTERS["group-name"]?.(zone) ?? region))],
  };
});
