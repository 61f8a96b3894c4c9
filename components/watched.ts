import type * as pulumi from "@pulumi/pulumi";
import { watchCertificate } from "./alarms/certificate.ts";
import { type WatchedDatabase, watchDatabase } from "./alarms/database.ts";
import type { Watch } from "./alarms/definition.ts";
import { type WatchedFleet, watchFleet } from "./alarms/fleet.ts";
import { type WatchedBalancer, watchBalancer } from "./alarms/load-balancer.ts";
import type { Dimensions } from "./alarms/metric-alarm.ts";
import type { Thresholds } from "./alarms/thresholds.ts";

/** What serves requests: web servers, or the application. */
export type ServedTier = "web" | "app";

export interface MonitoredBalancer extends Pick<WatchedBalancer, "minimumTargets"> {
  readonly name: string;
  /** Which servers are behind it. */
  readonly tier: ServedTier;
  /** Whether it serves only while the others do not. @default false */
  readonly standby?: boolean;
  readonly arnSuffix: pulumi.Input<string>;
  readonly targetGroupArnSuffix: pulumi.Input<string>;
}

export interface MonitoredFleet extends Omit<WatchedFleet, keyof Thresholds> {
  readonly name: string;
  readonly tier: ServedTier;
  readonly groupName: pulumi.Input<string>;
}

export interface MonitoredDatabase extends Omit<WatchedDatabase, keyof Thresholds> {
  readonly name: string;
  readonly identifier: pulumi.Input<string>;
}

export interface MonitoredCertificate {
  readonly name: string;
  readonly arn: pulumi.Input<string>;
}

/** All that has alarms. Names are unique within a kind. */
export interface Monitored {
  readonly balancers: readonly MonitoredBalancer[];
  readonly fleets: readonly MonitoredFleet[];
  readonly databases: readonly MonitoredDatabase[];
  readonly certificates: readonly MonitoredCertificate[];
}

/** A resource, how it is watched, and by which dimensions its metrics are found. */
export interface Watched {
  /** For people. */
  readonly resource: string;
  /** What the names of its alarms start with. */
  readonly part: string;
  readonly watch: Watch;
  readonly dimensions: Dimensions;
}

export const balancerPart = (name: string): string => `balancer-${name}`;
export const databasePart = (name: string): string => `database-${name}`;

/** The watch over everything, in the order of a request. */
export function watched({ balancers, fleets, databases, certificates }: Monitored, thresholds: Thresholds): Watched[] {
  return [
    ...balancers.map((balancer) => ({
      resource: `load balancer ${balancer.name}`,
      part: balancerPart(balancer.name),
      watch: watchBalancer({ ...thresholds, ...balancer }),
      dimensions: { LoadBalancer: balancer.arnSuffix, TargetGroup: balancer.targetGroupArnSuffix },
    })),
    ...fleets.map((fleet) => ({
      resource: `fleet ${fleet.name}`,
      part: `fleet-${fleet.name}`,
      watch: watchFleet({ ...thresholds, ...fleet }),
      dimensions: { AutoScalingGroupName: fleet.groupName },
    })),
    ...databases.map((database) => ({
      resource: `database ${database.name}`,
      part: databasePart(database.name),
      watch: watchDatabase({ ...thresholds, ...database }),
      dimensions: { DBInstanceIdentifier: database.identifier },
    })),
    ...certificates.map((certificate) => ({
      resource: `certificate ${certificate.name}`,
      part: `certificate-${certificate.name}`,
      watch: watchCertificate(thresholds),
      dimensions: { CertificateArn: certificate.arn },
    })),
  ];
}

/** How a request comes through: each set of load balancers, the first ones and those that stand by, is one way. */
export function waysThrough(balancers: readonly MonitoredBalancer[]): readonly (readonly MonitoredBalancer[])[] {
  const sets = [false, true].map((standby) => balancers.filter((one) => (one.standby ?? false) === standby));
  return sets.filter((set) => set.length > 0);
}
