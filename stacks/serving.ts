import * as pulumi from "@pulumi/pulumi";
import { Fleet } from "../components/fleet.ts";
import { LoadBalancer } from "../components/load-balancer.ts";
import type { Network } from "../components/network.ts";
import type { MachineImage } from "../components/server.ts";
import type { Tagger } from "../components/tagger.ts";
import { webServer } from "../machines/web-server.ts";
import { applicationName, type FirewallTier, portsOf } from "./paths.ts";
import type { Safeguards, ServerTier } from "./safeguards.ts";
import type { BalancedSettings } from "./settings/architectures.ts";

/** What both tiers of servers are made from. */
export interface Serving {
  readonly settings: BalancedSettings;
  readonly region: string;
  readonly network: Network;
  readonly securityGroupIds: Readonly<Record<FirewallTier, pulumi.Output<string>>>;
  readonly safeguards: Safeguards;
  readonly images: Readonly<Record<ServerTier, MachineImage>>;
  readonly profiles: Readonly<Record<ServerTier, pulumi.Output<string>>>;
  /** A private zone of the network. */
  readonly internalZoneId: pulumi.Output<string>;
  readonly appUserData: pulumi.Output<string>;
  /** What the application cannot be healthy without. */
  readonly appNeeds: readonly pulumi.Resource[];
  readonly tags: { readonly network: Tagger } & Readonly<Record<ServerTier, Tagger>>;
}

/** How many servers of each tier run now. */
export type LiveSizes = Readonly<Record<ServerTier, number | undefined>>;

/** The load balancer before the application keeps connections that are silent for a minute, as long as Node does and a little less. */
const INNER_IDLE_SECONDS = 60;

/**
 * All that serves a request but the database: a load balancer, web servers, another load balancer and the application. The names of a standby start with
 * a prefix.
 */
export function serve(prefix: string, serving: Serving, liveSizes: LiveSizes) {
  const { settings, region, network, securityGroupIds, safeguards, tags } = serving;
  const { loadBalancing, protection } = settings;
  const ports = portsOf(safeguards.encryption);
  const bucket = safeguards.accessLogBucket;
  const balancing = (name: string) => ({
    ...loadBalancing,
    vpcId: network.vpcId,
    protect: protection.deletion,
    accessLogs: bucket === undefined ? undefined : { bucket, prefix: name },
    tags: tags.network,
  });

  const inner = new LoadBalancer(`${prefix}inner`, {
    ...balancing(`${prefix}inner`),
    // The cookie of this one would be in the way of the other's, which has the same name.
    ...(loadBalancing.algorithm === "ip-hash" && { algorithm: "round-robin" }),
    idleTimeoutSeconds: INNER_IDLE_SECONDS,
    internal: true,
    subnetIds: network.subnetIds.application,
    securityGroupId: securityGroupIds.inner,
    targetPort: ports.app,
    tls: safeguards.innerTls,
  });
  const app = fleet(prefix, "app", serving, inner, serving.appUserData, liveSizes, serving.appNeeds);
  const front = new LoadBalancer(`${prefix}public`, {
    ...balancing(`${prefix}public`),
    internal: false,
    ipv6: settings.network.ipv6,
    subnetIds: network.subnetIds.public,
    securityGroupId: securityGroupIds.public,
    targetPort: ports.web,
    tls: safeguards.publicTls,
  });
  const { applicationCertificate, hostLogs } = safeguards;
  const application = inner.alias(applicationName(settings.domain, prefix), serving.internalZoneId);
  const userData = pulumi
    .all([application, pulumi.output(applicationCertificate), pulumi.output(hostLogs?.names.web)])
    .apply(([application, tls, logGroups]) =>
      webServer({
        region,
        application,
        idleTimeoutSeconds: loadBalancing.idleTimeoutSeconds,
        ...(tls && { tls }),
        ...(logGroups && { monitoring: { logGroups } }),
      }),
    );
  // Web servers are healthy only when the application answers.
  const web = fleet(prefix, "web", serving, front, userData, liveSizes, [app]);
  if (safeguards.publicTls) front.redirect([web]);
  // Visitors are sent only when somebody serves them: a stack that grows is served by its one server until then.
  const dnsName = pulumi.all([front.dnsName, web.groupUrn]).apply(([name]) => name);
  const site = { dnsName, zoneId: front.zoneId };
  return { prefix, site, front, inner, fleets: { web, app } };
}

function fleet(
  prefix: string,
  tier: ServerTier,
  { settings, network, securityGroupIds, images, profiles, tags }: Serving,
  balancer: LoadBalancer,
  userData: pulumi.Output<string>,
  liveSizes: LiveSizes,
  needs: readonly pulumi.Resource[],
): Fleet {
  const { architecture: _, ...size } = settings[tier];
  const publicAddress = settings.network.nat === "none";
  const liveSize = liveSizes[tier];
  return new Fleet(`${prefix}${tier}`, {
    ...size,
    ...(liveSize !== undefined && { liveSize }),
    image: images[tier],
    instanceProfileName: profiles[tier],
    securityGroupId: securityGroupIds[tier],
    subnetIds: publicAddress ? network.subnetIds.public : network.subnetIds.application,
    publicAddress,
    userData,
    targetGroupArn: balancer.targetGroupArn,
    resourceLabel: balancer.resourceLabel,
    drainSeconds: settings.loadBalancing.drainSeconds,
    needs,
    tags: tags[tier],
  });
}
