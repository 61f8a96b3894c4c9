import type { Rule } from "../../rule.ts";
import { alarmReachesPeople } from "./alarm-reaches-people.ts";
import { alarmsPerTier } from "./alarms-per-tier.ts";
import { balancerHasFirewall } from "./balancer-has-firewall.ts";
import { balancerListenerPair } from "./balancer-listener-pair.ts";
import { certificateChain } from "./certificate-chain.ts";
import { databaseIngressExact } from "./database-ingress-exact.ts";
import { databaseOutOfReach } from "./database-out-of-reach.ts";
import { databaseSubnetsPrivate } from "./database-subnets-private.ts";
import { deployOutlastsDrain } from "./deploy-outlasts-drain.ts";
import { keyProtected } from "./key-protected.ts";
import { logBucketUsable } from "./log-bucket-usable.ts";
import { nameLeadsToBalancer } from "./name-leads-to-balancer.ts";
import { natPerZone } from "./nat-per-zone.ts";
import { noOrphans } from "./no-orphans.ts";
import { oneSecretPerRole } from "./one-secret-per-role.ts";
import { partsAreThere } from "./parts-are-there.ts";
import { replicaExists } from "./replica-exists.ts";
import { replicaInOtherZone } from "./replica-in-other-zone.ts";
import { replicaIsRead } from "./replica-is-read.ts";
import { statefulProtected } from "./stateful-protected.ts";
import { subnetsByReach } from "./subnets-by-reach.ts";
import { targetGroupInUse } from "./target-group-in-use.ts";
import { tierHasFleet } from "./tier-has-fleet.ts";
import { tierScales } from "./tier-scales.ts";
import { tiersApart } from "./tiers-apart.ts";
import { tlsOnEveryHop } from "./tls-on-every-hop.ts";
import { zonesSpread } from "./zones-spread.ts";

export const topologyRules: readonly Rule[] = [
  alarmReachesPeople,
  alarmsPerTier,
  balancerHasFirewall,
  balancerListenerPair,
  certificateChain,
  databaseIngressExact,
  databaseOutOfReach,
  databaseSubnetsPrivate,
  deployOutlastsDrain,
  keyProtected,
  logBucketUsable,
  nameLeadsToBalancer,
  natPerZone,
  noOrphans,
  oneSecretPerRole,
  partsAreThere,
  replicaExists,
  replicaInOtherZone,
  replicaIsRead,
  statefulProtected,
  subnetsByReach,
  targetGroupInUse,
  tierHasFleet,
  tierScales,
  tiersApart,
  tlsOnEveryHop,
  zonesSpread,
];
