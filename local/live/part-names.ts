import type { Machine, Subnet } from "./account/account.ts";
import type { PlacedBalancer } from "./placement.ts";

/** Short names for people, unique within a stack: where something is, and as much of its id as tells it from others. */

/** `web-a-3f2c`: the tier, the zone and the end of the instance id. */
export function machineName({ instanceId, tags }: Machine, { zone }: Subnet): string {
  return `${tags.tier ?? "machine"}-${letterOf(zone)}-${instanceId.slice(-4)}`;
}

/** `webstack-production-public-a`: its own name, and the zone. */
export function balancerName({ balancer, subnet }: PlacedBalancer): string {
  return `${balancer.name}-${letterOf(subnet.zone)}`;
}

/** The letter of a zone within its region: `a` of eu-central-1a. */
const letterOf = (zone: string): string => zone.slice(-1);
