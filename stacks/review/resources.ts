import type { BalancedSettings } from "../settings/rules/rule.ts";

/** The one server of the simple architecture, and the volume that its database is on. */
export const SERVER = "aws:ec2/instance:Instance server-instance";
export const DATA_VOLUME = "aws:ebs/volume:Volume server-data";
export const SERVER_SUBNET = "aws:ec2/subnet:Subnet network-public-1";

export const NETWORK = "aws:ec2/vpc:Vpc network-vpc";
export const RELEASES = "aws:s3/bucket:Bucket release-bucket";
export const ZONE = "aws:route53/zone:Zone dns-zone";

type ServerTier = "web" | "app";

/** A standby has the names of what it stands by for, with a prefix. */
const sets = ({ loadBalancing }: BalancedSettings): readonly string[] =>
  loadBalancing.mode === "active-passive" ? ["", "standby-"] : [""];

export const fleets = (settings: BalancedSettings, tiers: readonly ServerTier[] = ["web", "app"]): string[] =>
  sets(settings).flatMap((set) => tiers.map((tier) => `aws:autoscaling/group:Group ${set}${tier}-group`));

export const publicBalancers = (settings: BalancedSettings): string[] =>
  sets(settings).map((set) => `aws:lb/loadBalancer:LoadBalancer ${set}public-balancer`);

export const balancers = (settings: BalancedSettings): string[] =>
  sets(settings).flatMap((set) => [
    `aws:lb/loadBalancer:LoadBalancer ${set}public-balancer`,
    `aws:lb/loadBalancer:LoadBalancer ${set}inner-balancer`,
  ]);

/** Where visitors by HTTP arrive. */
export const plainListeners = (settings: BalancedSettings): string[] =>
  sets(settings).map((set) => `aws:lb/listener:Listener ${set}public-http`);

/** What is behind the load balancers. */
export const targets = (settings: BalancedSettings): string[] =>
  sets(settings).flatMap((set) => [
    `aws:lb/targetGroup:TargetGroup ${set}public-targets`,
    `aws:lb/targetGroup:TargetGroup ${set}inner-targets`,
  ]);

export const subnets = ({ network }: BalancedSettings): string[] =>
  Array.from({ length: network.zones }, (_, index) => `aws:ec2/subnet:Subnet network-application-${index + 1}`);

export function natGateways({ network: { nat, zones } }: BalancedSettings): string[] {
  const names = {
    none: [],
    single: ["1"],
    "per-zone": Array.from({ length: zones }, (_, index) => String(index + 1)),
    regional: ["regional"],
  } as const;
  return names[nat].map((name) => `aws:ec2/natGateway:NatGateway network-nat-${name}`);
}

const instance = (slot: string) => `aws:rds/instance:Instance database-${slot}`;

/** The instance that takes the writes. */
export const writer = ({ database }: BalancedSettings): string => instance(database.promote);

/** All instances of the database. */
export const instances = ({ database }: BalancedSettings): string[] => [
  instance("primary"),
  ...Array.from({ length: database.replicas }, (_, index) => instance(`replica-${index + 1}`)),
];
