import type { IssuedCertificate } from "../components/certificate.ts";
import type { MonitoringArgs } from "../components/monitoring.ts";
import type { SecuredSettings } from "./settings/architectures.ts";
import type { Tiers } from "./tiers.ts";

type Watchable = Pick<MonitoringArgs, "balancers" | "fleets" | "databases" | "certificates" | "unwatched">;

/** What of a stack is watched, by the sizes that it was configured with, and what is not. */
export function monitored(
  { web, app, database, protection, network, loadBalancing, dns }: SecuredSettings,
  { active, standby, database: { writer, readers } }: Tiers,
  certificates: Readonly<Record<string, IssuedCertificate>>,
): Watchable {
  const sizes = { web, app };
  const sets = [
    { prefix: "", standby: false, set: active },
    ...(standby ? [{ prefix: "standby-", standby: true, set: standby }] : []),
  ];
  const instances = [
    { ...writer, role: "writer" as const },
    ...readers.map((reader) => ({ ...reader, role: "reader" as const })),
  ];
  return {
    balancers: sets.flatMap(({ prefix, standby, set }) =>
      (
        [
          ["public", "web", set.front],
          ["inner", "app", set.inner],
        ] as const
      ).map(([name, tier, { arnSuffix, targetGroupArnSuffix }]) => ({
        name: `${prefix}${name}`,
        tier,
        standby,
        arnSuffix,
        targetGroupArnSuffix,
        minimumTargets: sizes[tier].minimum,
      })),
    ),
    fleets: sets.flatMap(({ prefix, set }) =>
      (["web", "app"] as const).map((tier) => ({
        name: `${prefix}${tier}`,
        tier,
        groupName: set.fleets[tier].groupName,
        minimum: sizes[tier].minimum,
        maximum: sizes[tier].maximum,
        instanceType: sizes[tier].instanceType,
      })),
    ),
    databases: instances.map(({ slot, role, identifier }) => ({
      name: slot,
      role,
      engine: database.engine,
      identifier,
      instanceClass: database.instanceClass,
      storageGiB: database.storageGiB,
      maximumStorageGiB: database.maximumStorageGiB,
      maximumLagSeconds: database.maximumReplicaLagSeconds,
    })),
    certificates: Object.entries(certificates).map(([name, { arn }]) => ({ name, arn })),
    unwatched: [
      { resource: "DNS zone", reason: "Route 53 answers within its service level, and the site itself is watched" },
      {
        resource: "buckets",
        reason: "S3 stores within its service level, and a host that fetches no release stays unhealthy",
      },
      ...(network.nat === "none"
        ? []
        : [{ resource: "NAT gateways", reason: "hosts that reach nothing stay unhealthy" }]),
      ...(protection.waf
        ? [{ resource: "web ACL", reason: "what it blocks is its work; the dashboard and its logs show it" }]
        : []),
      ...(loadBalancing.accessLogs || network.flowLogs
        ? [{ resource: "access and flow logs", reason: "nothing of the site depends on them" }]
        : []),
      ...(dns.dnssec
        ? [{ resource: "DNSSEC key", reason: "AWS keeps it; the registrar has a part that AWS does not see" }]
        : []),
      ...(database.replicaRegion === undefined
        ? []
        : [
            {
              resource: `replica in ${database.replicaRegion}`,
              reason: "an alarm belongs to the region of what it watches",
            },
          ]),
    ],
  };
}
