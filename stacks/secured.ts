import { AccessLogs } from "../components/access-logs.ts";
import { DnsZone } from "../components/dns-zone.ts";
import { Dnssec } from "../components/dnssec.ts";
import { alarmsOf, EncryptionKey } from "../components/encryption-key.ts";
import { FlowLogs } from "../components/flow-logs.ts";
import { HostLogs } from "../components/host-logs.ts";
import { Monitoring } from "../components/monitoring.ts";
import { WebAcl } from "../components/web-acl.ts";
import { look } from "./account.ts";
import { packRelease, type Workplace } from "./artifact.ts";
import { budgetOf } from "./budget.ts";
import { certify } from "./certificates.ts";
import { logKey, logNames } from "./logs.ts";
import { monitored } from "./monitored.ts";
import { reviewOf } from "./review/review.ts";
import { requireSound } from "./review/sound.ts";
import type { SecuredSettings } from "./settings/architectures.ts";
import { type Tier, tagger } from "./tags.ts";
import { describeTiers, raiseTiers } from "./tiers.ts";

/** The distributed architecture with TLS on every hop, guarded and watched. */
export async function secured(settings: SecuredSettings, workplace: Workplace) {
  const { domain, architecture, dns, loadBalancing, monitoring, protection } = settings;
  const review = reviewOf(settings);
  requireSound(review, settings, workplace);
  const source = { project: workplace.project, environment: workplace.stack, architecture, tags: settings.tags };
  const tags = (tier: Tier) => tagger(source, tier);
  const protect = protection.deletion;

  const artifact = packRelease(settings.release.path, workplace);
  const found = await look(settings, workplace, tags);
  const { account } = found;

  const logs = logNames(workplace);
  const key = logKey(account, logs, { protect, tags: tags("monitoring") });
  const kept = { retentionDays: monitoring.logRetentionDays, kmsKeyArn: key.arn };
  const zone = new DnsZone("dns", {
    domain,
    ...(found.zone && { existing: found.zone }),
    ttlSeconds: dns.ttlSeconds,
    certificateAuthorities: dns.certificateAuthorities,
    protect,
    tags: tags("dns"),
  });
  const { zoneId } = zone;
  const dnssec = dns.dnssec ? new Dnssec("dnssec", { account, zoneId, protect, tags: tags("dns") }) : undefined;
  const certified = certify(settings, zoneId, tags("dns"));
  const accessLogs = loadBalancing.accessLogs
    ? new AccessLogs("access-logs", {
        account,
        prefixes: BALANCERS[loadBalancing.mode],
        retentionDays: monitoring.logRetentionDays,
        protect,
        tags: tags("monitoring"),
      })
    : undefined;
  const hostLogs = new HostLogs("host-logs", {
    account,
    namePrefix: logs.prefix,
    tiers: ["web", "app"],
    ...kept,
    tags: tags("monitoring"),
  });

  const safeguards = {
    ...certified.safeguards,
    ...(accessLogs && { accessLogBucket: accessLogs.bucketName }),
    logKmsKeyArn: key.arn,
    hostLogs,
  };
  const plan = { settings, place: workplace, artifact, found, safeguards, tags };
  const tiers = raiseTiers(plan);
  const { active, standby } = tiers;
  if (settings.network.flowLogs) {
    new FlowLogs("flow-logs", {
      account,
      vpcId: tiers.network.vpcId,
      logs: { groupName: logs.flows, ...kept },
      tags: tags("network"),
    });
  }
  if (protection.waf) {
    new WebAcl("web-acl", {
      balancers: { public: active.front.arn, ...(standby && { "standby-public": standby.front.arn }) },
      requestsPerFiveMinutes: protection.requestsPerFiveMinutes,
      metricName: logs.prefix,
      logs: { groupName: logs.webAcl, ...kept },
      tags: tags("network"),
    });
  }
  zone.publish({
    site: { balancer: active.site, ...(standby && { standby: standby.site }), ipv6: settings.network.ipv6 },
    ...(dns.healthChecks && { healthCheckPath: loadBalancing.healthCheck.path, healthCheckProtocol: "HTTPS" }),
  });

  const topicKey = new EncryptionKey("topic-key", {
    account,
    description: "What a webstack tells of its alarms",
    services: [alarmsOf(account)],
    protect,
    tags: tags("monitoring"),
  });
  const watch = new Monitoring("monitoring", {
    settings: monitoring,
    namePrefix: logs.prefix,
    account,
    ...monitored(settings, tiers, certified.certificates),
    ...(protection.waf && { webAcl: { metricName: logs.prefix } }),
    zoneId,
    kmsKeyArn: topicKey.arn,
    tags: tags("monitoring"),
  });
  const budget = budgetOf(settings, workplace, tags("monitoring"));

  return {
    architecture,
    domain,
    url: `https://${domain}`,
    nameServers: zone.nameServers,
    ...(dnssec && { dsRecord: dnssec.dsRecord }),
    ...(certified.authority && { certificateAuthority: certified.authority }),
    ...describeTiers(tiers, plan),
    monitoring: { topic: watch.topicArn, dashboard: watch.dashboardUrl, coverage: watch.coverage },
    ...(budget && { budget: budget.budgetName }),
    review,
  };
}

/** The load balancers of each mode, by their names. */
const BALANCERS = {
  "active-active": ["public", "inner"],
  "active-passive": ["public", "inner", "standby-public", "standby-inner"],
} as const;
