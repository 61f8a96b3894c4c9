/** Small accounts of two zones, and what a supervisor sees of them. */
import type {
  Account,
  Balancer,
  Database,
  Machine,
  ScalingGroup,
  SecurityGroup,
  Subnet,
} from "../../../local/live/account/account.ts";
import { AddressBook } from "../../../local/live/address-book.ts";
import { place } from "../../../local/live/placement.ts";
import type { Observed } from "../../../local/live/report.ts";
import { account as accountWith, machine as anyMachine } from "./machines/account.ts";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app";

export const subnet = (id: string, zone: "a" | "b", cidr: string, more: Partial<Subnet> = {}): Subnet => ({
  id,
  networkId: "vpc-1",
  zone: `eu-west-1${zone}`,
  cidr,
  routes: [],
  ...more,
});

const PUBLIC = subnet("subnet-public-a", "a", "10.0.0.0/24", {
  routes: [{ to: "0.0.0.0/0", via: "internet-gateway" }],
});
const APPLICATION = subnet("subnet-app-b", "b", "10.0.1.0/24");
const DATA = subnet("subnet-data-a", "a", "10.0.2.0/24");

export const group = (id: string): SecurityGroup => ({ id, networkId: "vpc-1", ingress: [], egress: [] });

/** Without a public address. */
export function machine(instanceId: string, address: string, more: Partial<Machine> = {}): Machine {
  const { publicAddress: _, ...rest } = anyMachine({
    instanceId,
    address,
    subnetId: APPLICATION.id,
    securityGroupIds: ["sg-server"],
    volumes: [],
  });
  return { ...rest, ...more };
}

export const balancer = (name: string, scheme: Balancer["scheme"], more: Partial<Balancer> = {}): Balancer => ({
  arn: `${ARN}/${name}/0123456789abcdef`,
  name,
  dnsName: `${name}.eu-west-1.elb.amazonaws.com`,
  hostedZoneId: "Z32O12XQLNTSW2",
  scheme,
  networkId: "vpc-1",
  subnetIds: [scheme === "internal" ? APPLICATION.id : PUBLIC.id],
  securityGroupIds: [`sg-${name}`],
  idleTimeoutSeconds: 60,
  attributes: {},
  listeners: [],
  ...more,
});

export const database = (identifier: string, more: Partial<Database> = {}): Database => ({
  identifier,
  resourceId: `db-${identifier}`,
  arn: `arn:aws:rds:eu-west-1:123456789012:db:${identifier}`,
  engine: "mariadb",
  engineVersion: "11.8.3",
  endpoint: { host: `${identifier}.abc.eu-west-1.rds.amazonaws.com`, port: 3306 },
  zone: "eu-west-1a",
  subnetId: DATA.id,
  securityGroupIds: ["sg-database"],
  publiclyAccessible: false,
  masterUser: "admin",
  parameters: {},
  ...more,
});

export const scalingGroup = (instanceIds: readonly string[], more: Partial<ScalingGroup> = {}): ScalingGroup => ({
  name: "web",
  healthCheckType: "ELB",
  gracePeriodSeconds: 0,
  targetGroupArns: ["group"],
  desired: instanceIds.length,
  instanceIds,
  ...more,
});

export function account(more: Partial<Account> = {}): Account {
  return {
    ...accountWith(),
    region: "eu-west-1",
    networks: [{ id: "vpc-1", cidrs: ["10.0.0.0/16"], subnets: [PUBLIC, APPLICATION, DATA], endpoints: [] }],
    ...more,
  };
}

/** What a supervisor sees of an account of which nothing runs yet. */
export function observed(held: Account, more: Partial<Observed> = {}): Observed {
  return {
    account: held,
    placement: place(held, new AddressBook(), [], []),
    health: [],
    machines: new Map(),
    balancers: new Map(),
    databases: new Map(),
    endpoints: new Set(),
    lags: new Map(),
    failures: [],
    isSettled: true,
    isKilled: () => false,
    authorities: "",
    ...more,
  };
}

/** Load balancers or databases that run, of which only their processes are asked. */
export const running = <Kind extends "balancers" | "databases">(pids: Readonly<Record<string, number>>) =>
  new Map(Object.entries(pids).map(([name, pid]) => [name, { pid }])) as unknown as Observed[Kind];
