import { DnsZone } from "../components/dns-zone.ts";
import { look } from "./account.ts";
import { packRelease, type Workplace } from "./artifact.ts";
import { budgetOf } from "./budget.ts";
import { reviewOf } from "./review/review.ts";
import { NO_SAFEGUARDS } from "./safeguards.ts";
import type { DistributedSettings } from "./settings/architectures.ts";
import { type Tier, tagger } from "./tags.ts";
import { describeTiers, raiseTiers } from "./tiers.ts";

/** Load balancers before several servers of each kind, and a database with replicas. */
export async function distributed(settings: DistributedSettings, workplace: Workplace) {
  const { domain, architecture, dns, loadBalancing } = settings;
  const source = { project: workplace.project, environment: workplace.stack, architecture, tags: settings.tags };
  const tags = (tier: Tier) => tagger(source, tier);

  const artifact = packRelease(settings.release.path, workplace);
  const found = await look(settings, workplace, tags);

  const plan = { settings, place: workplace, artifact, found, safeguards: NO_SAFEGUARDS, tags };
  const tiers = raiseTiers(plan);
  const { active, standby } = tiers;
  const zone = new DnsZone("dns", {
    domain,
    ...(found.zone && { existing: found.zone }),
    ttlSeconds: dns.ttlSeconds,
    certificateAuthorities: dns.certificateAuthorities,
    protect: settings.protection.deletion,
    tags: tags("dns"),
  });
  zone.publish({
    site: { balancer: active.site, ...(standby && { standby: standby.site }), ipv6: settings.network.ipv6 },
    ...(dns.healthChecks && { healthCheckPath: loadBalancing.healthCheck.path }),
  });
  const budget = budgetOf(settings, workplace, tags("monitoring"));

  return {
    architecture,
    domain,
    url: `http://${domain}`,
    nameServers: zone.nameServers,
    ...describeTiers(tiers, plan),
    ...(budget && { budget: budget.budgetName }),
    review: reviewOf(settings),
  };
}
