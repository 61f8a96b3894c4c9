import type { Tagger } from "../components/tagger.ts";
import { checkReplicaRegion } from "./database.ts";
import {
  debianImage,
  firstZones,
  hostedZone,
  liveSize,
  standingInstances,
  standingNetworks,
  whereabouts,
} from "./lookups.ts";
import { checkStaysInPlace } from "./network.ts";
import type { BalancedSettings } from "./settings/architectures.ts";
import type { Place } from "./settings.ts";
import { rolesOf } from "./standing.ts";
import type { Tier } from "./tags.ts";

/** A subnet group takes two zones at least. */
const REMOTE_ZONES = 2;

/**
 * All that an architecture with several tiers must know about the account before it registers anything.
 *
 * @throws RunError if the configuration does not fit what it finds
 */
export async function look(settings: BalancedSettings, place: Place, tags: (tier: Tier) => Tagger) {
  const { domain, dns, image, database, loadBalancing } = settings;
  const account = await whereabouts();
  checkReplicaRegion(account.region, database.replicaRegion, place);
  const stack = { project: place.project, environment: place.stack };
  const standing = await standingInstances(stack);
  if (standing.length > 0) checkStaysInPlace(settings.network.cidr, await standingNetworks(stack), place);
  const roles = rolesOf(database, standing, place);

  const sizeOf = (tier: Tier, fleet: string) => {
    const { Name = "" } = tags(tier).named(fleet);
    return liveSize({ ...stack, Name });
  };
  const sizesOf = async (prefix: string) => ({
    web: await sizeOf("web", `${prefix}web`),
    app: await sizeOf("application", `${prefix}app`),
  });
  const { replicaRegion } = database;
  return {
    account,
    roles,
    zones: await firstZones(settings.network.zones),
    images: {
      web: await debianImage(settings.web.architecture, image.version),
      app: await debianImage(settings.app.architecture, image.version),
    },
    zone: dns.zone === "existing" ? await hostedZone(dns.zoneName ?? domain) : undefined,
    sizes: {
      active: await sizesOf(""),
      standby: loadBalancing.mode === "active-passive" ? await sizesOf("standby-") : NONE,
    },
    remote:
      replicaRegion === undefined
        ? undefined
        : { region: replicaRegion, zones: await firstZones(REMOTE_ZONES, replicaRegion) },
  };
}

export type Found = Awaited<ReturnType<typeof look>>;

const NONE = { web: undefined, app: undefined };
