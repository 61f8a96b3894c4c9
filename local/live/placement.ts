import type {
  Account,
  Balancer,
  Database,
  FirewallRule,
  InterfaceEndpoint,
  SecurityGroup,
  Subnet,
} from "./account/account.ts";
import type { AddressBook } from "./address-book.ts";
import type { Interface, NetworkPlan } from "./network/plan.ts";

/** A load balancer in one of its zones: AWS runs it there, under an address of the subnet. */
export interface PlacedBalancer {
  readonly balancer: Balancer;
  readonly subnet: Subnet;
  readonly interface: Interface;
}

export interface PlacedDatabase {
  readonly database: Database;
  readonly interface: Interface;
}

export interface PlacedEndpoint {
  readonly endpoint: InterfaceEndpoint;
  readonly interface: Interface;
}

/** Everything in an account that has an address, by the name of its interface. */
export interface Placement {
  readonly plan: NetworkPlan;
  readonly balancers: ReadonlyMap<string, PlacedBalancer>;
  readonly databases: ReadonlyMap<string, PlacedDatabase>;
  readonly endpoints: ReadonlyMap<string, PlacedEndpoint>;
}

/**
 * Gives everything its interface. Machines have their addresses in the account; what AWS runs itself has some of its subnet, which no API tells, so the
 * book chooses them.
 *
 * @param leaving interfaces of what the account does not have any more and that still has work to finish
 */
export function place(
  account: Account,
  book: AddressBook,
  zonesCutOff: readonly string[],
  leaving: readonly Interface[],
): Placement {
  const subnets = new Map(account.networks.flatMap((network) => network.subnets.map((subnet) => [subnet.id, subnet])));
  book.reserve(account.machines.map(({ address }) => address));

  const machines = account.machines.map(({ instanceId, subnetId, address, publicAddress, securityGroupIds }) => ({
    name: instanceId,
    subnetId,
    address,
    ...(publicAddress !== undefined && { publicAddress }),
    securityGroupIds,
  }));

  const balancers = account.balancers.flatMap((balancer) =>
    balancer.subnetIds.map((id) => {
      const subnet = subnetOf(id);
      const name = `${balancer.arn.split("/").at(-1)}-${subnet.zone}`;
      const isPublic = balancer.scheme === "internet-facing";
      return { balancer, subnet, interface: managed(name, subnet, balancer.securityGroupIds, isPublic) };
    }),
  );
  const databases = account.databases.map((database) => {
    const { identifier, subnetId, securityGroupIds, publiclyAccessible } = database;
    const subnet = subnetOf(subnetId);
    const groups = [...securityGroupIds, replicationGroup(subnet.networkId)];
    return { database, interface: managed(databaseInterface(identifier), subnet, groups, publiclyAccessible) };
  });
  const endpoints = account.networks.flatMap((network) =>
    network.endpoints.flatMap((endpoint) =>
      endpoint.subnetIds.map((id) => {
        const subnet = subnetOf(id);
        return {
          endpoint,
          interface: managed(`${endpoint.id}-${subnet.zone}`, subnet, endpoint.securityGroupIds, false),
        };
      }),
    ),
  );

  const present = [...machines, ...[...balancers, ...databases, ...endpoints].map((each) => each.interface)];
  const names = new Set(present.map(({ name }) => name));
  const addresses = new Set(present.map(({ address }) => address));
  // An address that the account has given to another is lost to whoever had it.
  const rest = leaving.filter((each) => !names.has(each.name) && !addresses.has(each.address));
  const interfaces = [...present, ...rest.filter(({ subnetId }) => subnets.has(subnetId))];
  book.keep(new Set(interfaces.map(({ name }) => name)));
  return {
    plan: {
      networks: account.networks.map(({ id, cidrs }) => ({ id, cidrs })),
      subnets: [...subnets.values()],
      securityGroups: [
        ...account.securityGroups,
        ...account.networks.map(({ id }) => replication(id, account.databases)),
      ],
      interfaces,
      zonesCutOff,
    },
    balancers: byName(balancers),
    databases: byName(databases),
    endpoints: byName(endpoints),
  };

  function managed(name: string, subnet: Subnet, securityGroupIds: readonly string[], isPublic: boolean): Interface {
    return {
      name,
      subnetId: subnet.id,
      address: book.privateAddress(name, subnet.cidr),
      ...(isPublic && { publicAddress: book.publicAddress(name) }),
      securityGroupIds,
    };
  }

  function subnetOf(id: string): Subnet {
    const subnet = subnets.get(id);
    if (subnet === undefined) throw new Error(`The account has something in the subnet ${id}, which it does not have.`);
    return subnet;
  }
}

export const databaseInterface = (identifier: string): string => `rds-${identifier}`;

const byName = <Placed extends { readonly interface: Interface }>(
  placed: readonly Placed[],
): ReadonlyMap<string, Placed> => new Map(placed.map((each) => [each.interface.name, each]));

const replicationGroup = (networkId: string): string => `replication-${networkId}`;

/** The way from a replica to its source, which RDS opens itself: no security group of the account tells of it. */
function replication(networkId: string, databases: readonly Database[]): SecurityGroup {
  const id = replicationGroup(networkId);
  const ports = [...new Set(databases.map(({ endpoint }) => endpoint.port))];
  const rules = ports.map((port): FirewallRule => {
    return { protocol: "tcp", ports: { from: port, to: port }, peer: { securityGroupId: id } };
  });
  return { id, networkId, ingress: rules, egress: rules };
}
