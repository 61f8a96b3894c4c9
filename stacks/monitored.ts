import type { Unwatched } from "../components/alarms/coverage.ts";
import type { IssuedCertificate } from "../components/certificate.ts";
import type { DatabaseInstance } from "../components/database.ts";
import type { LoadBalancer } from "../components/load-balancer.ts";
import type { MonitoringArgs } from "../components/monitoring.ts";
import type { SecuredSettings } from "./settings/architectures.ts";
import type { Tiers } from "./tiers.ts";

type Watchable = Pick<MonitoringArgs, "balancers" | "fleets" | "databases" | "certificates" | "unwatched">;

/** What of a stack is watched, by the sizes that it was configured with, and what is not. */
export function monitored(
  settings: SecuredSettings,
  { active, standby, database: { writer, readers, fenced } }: Tiers,
  certificates: Readonly<Record<string, IssuedCertificate>>,
): Watchable {
  const { web, app, database } = settings;
  const sets = standby ? [active, standby] : [active];
  const instance = (role: "writer" | "reader", { slot, identifier }: DatabaseInstance) => ({
    name: slot,
    role,
    engine: database.engine,
    identifier,
    instanceClass: database.instanceClass,
    storageGiB: database.storageGiB,
    maximumStorageGiB: database.maximumStorageGiB,
    maximumLagSeconds: database.maximumReplicaLagSeconds,
  });
  return {
    balancers: sets.flatMap((set) => {
      const { prefix, front, inner } = set;
      const standsBy = set === standby;
      return [
        { name: `${prefix}public`, tier: "web", standby: standsBy, ...metricsOf(front), minimumTargets: web.minimum },
        { name: `${prefix}inner`, tier: "app", standby: standsBy, ...metricsOf(inner), minimumTargets: app.minimum },
      ];
    }),
    fleets: sets.flatMap(({ prefix, fleets }) => [
      { name: `${prefix}web`, tier: "web", groupName: fleets.web.groupName, ...sizeOf(web) },
      { name: `${prefix}app`, tier: "app", groupName: fleets.app.groupName, ...sizeOf(app) },
    ]),
    databases: [instance("writer", writer), ...readers.map((reader) => instance("reader", reader))],
    certificates: Object.entries(certificates).map(([name, { arn }]) => ({ name, arn })),
    unwatched: [
      ...fenced.map(({ slot }) => ({
        resource: `database ${slot}`,
        reason: "it took the writes before, and nobody reaches it",
      })),
      ...unwatched(settings),
    ],
  };
}

const metricsOf = ({ arnSuffix, targetGroupArnSuffix }: LoadBalancer) => ({ arnSuffix, targetGroupArnSuffix });

const sizeOf = ({ minimum, maximum, instanceType }: SecuredSettings["web"]) => ({ minimum, maximum, instanceType });

function unwatched({ network, protection, loadBalancing, dns, database }: SecuredSettings): Unwatched[] {
  const { replicaRegion } = database;
  const parts = [
    {
      there: true,
      resource: "DNS zone",
      reason: "Route 53 answers within its service level, and the site itself is watched",
    },
    {
      there: true,
      resource: "buckets",
      reason: "S3 stores within its service level, and a host that fetches no release stays unhealthy",
    },
    {
      there: network.nat !== "none",
      resource: "NAT gateways",
      reason: "hosts that reach nothing stay unhealthy",
    },
    {
      there: protection.waf,
      resource: "web ACL",
      reason: "what it blocks is its work; the dashboard and its logs show it",
    },
    {
      there: loadBalancing.accessLogs || network.flowLogs,
      resource: "access and flow logs",
      reason: "nothing of the site depends on them",
    },
    {
      there: dns.dnssec,
      resource: "DNSSEC key",
      reason: "AWS keeps it; the registrar has a part that AWS does not see",
    },
    {
      there: replicaRegion !== undefined,
      resource: `replica in ${replicaRegion}`,
      reason: "an alarm belongs to the region of what it watches",
    },
  ];
  return parts.filter(({ there }) => there).map(({ resource, reason }) => ({ resource, reason }));
}
