import * as pulumi from "@pulumi/pulumi";
import { Database } from "../components/database.ts";
import { DatabaseCredentials } from "../components/database-credentials.ts";
import { DatabaseNames } from "../components/database-names.ts";
import { DnsZone } from "../components/dns-zone.ts";
import { Endpoints } from "../components/endpoints.ts";
import { MachineRole } from "../components/machine-role.ts";
import { Network } from "../components/network.ts";
import { Release } from "../components/release.ts";
import { RemoteReplica } from "../components/remote-replica.ts";
import { SUBNET_TIERS } from "../components/subnets.ts";
import { TierFirewalls } from "../components/tier-firewalls.ts";
import { appServer } from "../machines/app-server.ts";
import { packRelease, type Workplace } from "./artifact.ts";
import { identifierPrefix, instanceSettings } from "./database.ts";
import { look } from "./distributed-lookups.ts";
import { APPLICATION_PORT, REQUEST_PATH, TIERS, wayIn, waysOut } from "./paths.ts";
import { serve } from "./serving.ts";
import type { DistributedSettings } from "./settings/architectures.ts";
import { type Tier, tagger } from "./tags.ts";

/** Load balancers before several servers of each kind, and a database with replicas. */
export async function distributed(settings: DistributedSettings, workplace: Workplace) {
  const { domain, architecture, dns, database: data, loadBalancing } = settings;
  const { cidr, nat, ipv6, endpoints } = settings.network;
  const protect = settings.protection.deletion;
  const source = { project: workplace.project, environment: workplace.stack, architecture, tags: settings.tags };
  const tags = (tier: Tier) => tagger(source, tier);

  const artifact = packRelease(settings.release.path, workplace);
  const found = await look(settings, workplace, tags);
  const { region, partition, zones } = found;

  const network = new Network("network", { cidr, zones, tiers: SUBNET_TIERS, nat, ipv6, tags: tags("network") });
  const { vpcId, subnetIds } = network;
  const { securityGroupIds } = new TierFirewalls("firewalls", {
    vpcId,
    tiers: TIERS,
    between: REQUEST_PATH,
    inward: wayIn(ipv6),
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
    artifactName: artifact.name,
    file: artifact.file,
    protect,
    tags: tags("release"),
  });
  const credentials = new DatabaseCredentials("database-credentials", {
    user: data.user,
    passwordVersion: data.passwordVersion,
    region,
    protect,
    tags: tags("data"),
  });
  const instances = instanceSettings(settings, credentials);
  const database = new Database("database", {
    ...instances,
    identifierPrefix: identifierPrefix(workplace),
    roles: found.roles,
    secretArn: credentials.secretArn,
    subnetIds: subnetIds.data,
    zones,
    securityGroupId: securityGroupIds.database,
    closedSecurityGroupId: network.closedSecurityGroupId,
    logRetentionDays: settings.monitoring.logRetentionDays,
    tags: tags("data"),
  });
  const names = new DatabaseNames("database-names", {
    zoneName: `internal.${domain}`,
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

  const web = new MachineRole("web", { partition, tags: tags("web") });
  const app = new MachineRole("app", {
    partition,
    grants: {
      release: [{ action: "s3:GetObject", resource: release.releasesArn }],
      database: credentials.grant,
    },
    tags: tags("application"),
  });
  const appUserData = pulumi
    .all([release.bucketName, release.key, credentials.secretArn])
    .apply(([bucket, key, secretArn]) =>
      appServer({
        region,
        release: { bucket, key, name: artifact.name, digest: artifact.digest },
        port: APPLICATION_PORT,
        database: { writer: names.writerName, reader: names.readerName, name: data.name, user: data.user, secretArn },
      }),
    );
  const serving = {
    settings,
    region,
    network,
    securityGroupIds,
    images: found.images,
    profiles: { web: web.instanceProfileName, app: app.instanceProfileName },
    appUserData,
    appNeeds: [database, names],
    tags: { network: tags("network"), web: tags("web"), app: tags("application") },
  };
  const active = serve("", serving, found.sizes.active);
  const standby = loadBalancing.mode === "active-passive" ? serve("standby-", serving, found.sizes.standby) : undefined;
  const site = new DnsZone("dns", {
    domain,
    ...(found.zone && { existing: found.zone }),
    ttlSeconds: dns.ttlSeconds,
    certificateAuthorities: dns.certificateAuthorities,
    protect,
    tags: tags("dns"),
  });
  site.publish({
    site: { balancer: active.balancer, ...(standby && { standby: standby.balancer }), ipv6 },
    ...(dns.healthChecks && { healthCheckPath: loadBalancing.healthCheck.path }),
  });

  return {
    architecture,
    domain,
    url: `http://${domain}`,
    nameServers: site.nameServers,
    loadBalancers: { active: active.balancer.dnsName, ...(standby && { standby: standby.balancer.dnsName }) },
    fleets: { active: active.fleets, ...(standby && { standby: standby.fleets }) },
    database: {
      writer: names.writerName,
      reader: names.readerName,
      instances: Object.fromEntries([database.writer, ...database.readers].map((one) => [one.slot, one.identifier])),
      roles: found.roles,
      secret: credentials.secretArn,
    },
    release: { name: artifact.name, bucket: release.bucketName, key: release.key },
  };
}
