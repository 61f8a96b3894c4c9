import type { SecurityGroup, Subnet } from "../account/account.ts";

/** What carries the traffic of a stack: everything that has an address, and the rules for who reaches whom. */
export interface NetworkPlan {
  readonly networks: readonly { readonly id: string; readonly cidrs: readonly string[] }[];
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly interfaces: readonly Interface[];
  /** Availability zones that are cut off, as a fault. */
  readonly zonesCutOff: readonly string[];
}

/** One network interface: of a machine, of a load balancer in a zone, of a database, of an endpoint in a subnet. */
export interface Interface {
  /** Unique within the stack: letters, digits and dashes. Stays the same for as long as its owner lives. */
  readonly name: string;
  readonly subnetId: string;
  /** Private IPv4 address. */
  readonly address: string;
  /** IPv4 address that the internet reaches it under, and by which it is seen there. */
  readonly publicAddress?: string;
  readonly securityGroupIds: readonly string[];
}
