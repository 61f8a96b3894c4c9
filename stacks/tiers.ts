import * as pulumi from "@pulumi/pulumi";
import { Database } from "../components/database.ts";
import { DatabaseCredentials } from "../components/database-credentials.ts";
import { DatabaseNames } from "../components/database-names.ts";
import { Endpoints } from "../components/endpoints.ts";
import { MachineRole } from "../components/machine-role.ts";
import { Network } from "../components/network.ts";
import { Release } from "../components/release.ts";
import { RemoteReplica } from "../components/remote-replica.ts";
import { SUBNET_TIERS } from "../components/subnets.ts";
import type { Tagger } from "../components/tagger.ts";
import { TierFirewalls } from "../components/tier-firewalls.ts";
import { appServer } from "../machines/app-server.ts";
import { monitoringGrants } from "../machines/monitoring-grants.ts";
import type { Found } from "./account.ts";
import type { Artifact } from "./artifact.ts";
import { identifierPrefix, instanceSettings } from "./database.ts";
import { internalZone, portsOf, requestPath, TIERS, wayIn, waysOut } from "./paths.ts";
import type { Safeguards, ServerTier } from "./safeguards.ts";
import { serve } from "./serving.ts";
import type { BalancedSettings } from "./settings/architectures.ts";
import type { Place } from "./settings.ts";
import type { Tier } from "./tags.ts";

export interface TierPlan {
  readonly settings: BalancedSettings;
  readonly place: Place;
  readonly artifact: Artifact;
  readonly found: Found;
  readonly safeguards: Safeguards;
  readonly tags: (tier: Tier) => Tagger;
}

/**
 * What the distributed and the secured architecture have in common, from the network to the load balancers: the way of a request and everything on it.
 * A stack that grows from one to the other keeps all of this.
 */
export function raiseTiers({ settings, place, artifact, found, safeguards, tags }: TierPlan) {
  const { domain, database: data, loadBalancing } = settings;
  const { cidr, nat, ipv6, endpoints } = settings.network;
  const { account, zones } = found;
  const { region } = account;
  const { encryption, hostLogs } = safeguards;
  const protect = settings.protection.deletion;

  const network = new Network("network", { cidr, zones, tiers: SUBNET_TIERS, nat, ipv6, tags: tags("network") });
  const { vpcId, subnetIds } = network;
  const { securityGroupIds } = new TierFirewalls("firewalls", {
    vpcId,
    tiers: TIERS,
    between: requestPath(encryption),
    inward: wayIn(ipv6, encryption),
    outward: waysOut(ipv6),
    tags: tags("network"),
  });
  new Endpoints("endpoints", {
    services: endpoints,
    region,
    vpcId,
    routeTableIds: network.routeTableIds,
    subnetIds: subnetIds.application,
    clients: { web: securityGroupIds.web, app: securityGroupIds.app },
    tags: tags("network"),
  });

  const release = new Release("release", {
    account,
    artifactName: artifact.name,
    file: artifact.file,
    protect,
    tags: tags("release"),
  });
  const web = new MachineRole("web", { account, tags: tags("web") });
  const app = new MachineRole("app", { account, tags: tags("application") });
  const credentials = new DatabaseCredentials("database-credentials", {
    user: data.user,
    passwordVersion: data.passwordVersion,
    account,
    readerArn: app.arn,
    protect,
    tags: tags("data"),
  });
  const instances = instanceSettings(settings, credentials);
  const database = new Database("database", {
    ...instances,
    identifierPrefix: identifierPrefix(place),
    roles: found.roles,
    secretArn: credentials.secretArn,
    subnetIds: subnetIds.data,
    zones,
    securityGroupId: securityGroupIds.database,
    closedSecurityGroupId: network.closedSecurityGroupId,
    logRetentionDays: settings.monitoring.logRetentionDays,
    ...(safeguards.logKmsKeyArn && { logKmsKeyArn: safeguards.logKmsKeyArn }),
    tags: tags("data"),
  });
  const names = new DatabaseNames("database-names", {
    zoneName: internalZone(domain),
    vpcId,
    region,
    writer: database.writer,
    readers: database.readers,
    maximumLagSeconds: data.maximumReplicaLagSeconds,
    tags: tags("data"),
  });
  if (found.remote) {
    new RemoteReplica("database-remote", {
      settings: instances,
      ...found.remote,
      cidr,
      sourceArn: database.writer.arn,
      tags: tags("data"),
    });
  }

  const watching = (tier: ServerTier) =>
    hostLogs && {
      monitoring: monitoringGrants(
        region,
        hostLogs.arns[tier].map((arn) => pulumi.interpolate`${arn}:*`),
      ),
    };
  const appUserData = pulumi
    .all([release.bucketName, release.key, credentials.secretName, pulumi.output(hostLogs?.names.app)])
    .apply(([bucket, key, secret, logGroups]) =>
      appServer({
        region,
        release: { bucket, key, name: artifact.name, digest: artifact.digest },
        port: portsOf(encryption).app,
        tls: encryption === "end-to-end",
        database: { writer: names.writerName, reader: names.readerName, name: data.name, user: data.user, secret },
        ...(logGroups && { monitoring: { logGroups } }),
      }),
    );
  const serving = {
    settings,
    region,
    network,
    securityGroupIds,
    safeguards,
    images: found.images,
    profiles: {
      web: web.profile({ ...watching("web") }),
      app: app.profile({
        release: [{ action: "s3:GetObject", resource: release.releasesArn }],
        database: credentials.grant,
        ...watching("app"),
      }),
    },
    internalZoneId: names.zoneId,
    appUserData,
    appNeeds: [database, names],
    tags: { network: tags("network"), web: tags("web"), app: tags("application") },
  };
  const active = serve("", serving, found.sizes.active);
  const standby = loadBalancing.mode === "active-passive" ? serve("standby-", serving, found.sizes.standby) : undefined;
  return { network, release, credentials, database, names, active, standby };
}

export type Tiers = ReturnType<typeof raiseTiers>;

/** What the outputs of a stack tell of its tiers. */
export function describeTiers({ release, credentials, database, names, active, standby }: Tiers, plan: TierPlan) {
  const groups = ({ fleets }: Tiers["active"]) => ({ web: fleets.web.groupName, app: fleets.app.groupName });
  return {
    loadBalancers: { active: active.site.dnsName, ...(standby && { standby: standby.site.dnsName }) },
    fleets: { active: groups(active), ...(standby && { standby: groups(standby) }) },
    database: {
      writer: names.writerName,
      reader: names.readerName,
      instances: Object.fromEntries([database.writer, ...database.readers].map((one) => [one.slot, one.identifier])),
      roles: plan.found.roles,
      secret: credentials.secretArn,
    },
    release: { name: plan.artifact.name, bucket: release.bucketName, key: release.key },
  };
}
