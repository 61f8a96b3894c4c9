import { UNKNOWN } from "../../../../plan/values.ts";
import { TYPES } from "../../../../policy/model/types.ts";
import type { RuleCases } from "../../cases.ts";
import type { Part } from "../../stack.ts";
import { breaks, says } from "../writing.ts";
import { A, AGAIN, B, balancer, CHAIN, database, firewall, fleet, type Inputs, open, part, pass } from "./parts.ts";

/** A route from a subnet, by a table of its own, over a gateway. */
const route = (from: string, gateway: string, property: "gatewayId" | "natGatewayId"): Part[] => [
  part(TYPES.routeTable)(`${from}-table`),
  part(TYPES.routeTableAssociation)(`${from}-association`, {}, { subnetId: [from], routeTableId: [`${from}-table`] }),
  part(TYPES.route)(`${from}-route`, {}, { routeTableId: [`${from}-table`], [property]: [gateway] }),
];
const INTERNET = part(TYPES.internetGateway)("internet");

const nat = (name: string, subnetName: string, inputs: Inputs = {}): Part =>
  part(TYPES.natGateway)(name, inputs, { subnetId: [subnetName] });

const without = (parts: readonly Part[], ...names: readonly string[]) =>
  parts.filter(({ name }) => !names.includes(name));

export const reachCases: Readonly<Record<string, RuleCases>> = {
  "database-out-of-reach": {
    cases: [
      says("the whole chain", CHAIN, "db: passed"),
      says(
        "a shortcut from the load balancer",
        [...CHAIN, pass("front", "data")],
        "db: the way to it is 2 of at least 3 steps long: the Internet -> front -> data.",
      ),
      says(
        "a database that is open by IPv6",
        [...CHAIN, open("six", "data", { cidrIpv4: undefined, cidrIpv6: "::/0" })],
        "db: the way to it is 1 of at least 3 steps long: the Internet -> data.",
      ),
      says(
        "a chain that does not begin at a load balancer",
        without(CHAIN, "balancer"),
        "db: the way to it does not begin at a public load balancer: the Internet -> front -> servers -> data.",
      ),
      says(
        "rules inside the group",
        [
          firewall("data", { ingress: [{ protocol: "tcp", fromPort: 3306, toPort: 3306, cidrBlocks: ["0.0.0.0/0"] }] }),
          database("db", {}, { vpcSecurityGroupIds: ["data"] }),
        ],
        "db: the way to it is 1 of at least 3 steps long: the Internet -> data.",
      ),
      says(
        "addresses of the whole network",
        [
          ...CHAIN,
          part(TYPES.vpc)("vpc", { cidrBlock: "10.1.0.0/16" }),
          open("wide", "data", { cidrIpv4: "10.0.0.0/8" }),
        ],
        "db: the way to it is 2 of at least 3 steps long: the Internet -> front -> data.",
      ),
      says(
        "addresses of another network",
        [
          part(TYPES.vpc)("vpc", { cidrBlock: "10.1.0.0/16" }),
          part(TYPES.vpc)("other", { cidrBlock: "10.2.0.0/16" }),
          ...CHAIN.map((each) => (each.type === TYPES.securityGroup ? { ...each, from: { vpcId: ["vpc"] } } : each)),
          open("wide", "data", { cidrIpv4: "10.2.0.0/16" }),
        ],
        "db: passed",
      ),
      says(
        "a second way, over a bastion",
        [
          ...CHAIN,
          firewall("bastion"),
          open("ssh", "bastion", { fromPort: 22, toPort: 22 }),
          pass("bastion", "servers", 22),
        ],
        "db: the way to it does not begin at a public load balancer: the Internet -> bastion -> servers -> data.",
      ),
      says("a database in no group of the stack", [database("db")], "db: not applicable"),
      says(
        "addresses that are not known yet",
        [...CHAIN, open("later", "data", { cidrIpv4: UNKNOWN })],
        "db: undecidable by cidrIpv4",
      ),
    ],
    mutation: breaks(
      TYPES.ingressRule,
      "firewalls-app-to-database",
      { from: { referencedSecurityGroupId: ["firewalls-public"] } },
      "database-ingress-exact: firewalls-app-to-database",
      "database-out-of-reach: database-primary",
      "database-out-of-reach: database-replica-1",
    ),
  },
  "database-ingress-exact": {
    cases: [
      says(
        "the servers on the port",
        CHAIN,
        "in: not applicable",
        "front-to-servers: not applicable",
        "servers-to-data: passed",
      ),
      says(
        "another port",
        [...without(CHAIN, "in", "front-to-servers", "servers-to-data"), pass("servers", "data", 22)],
        "servers-to-data: it opens port 22, and the database listens on 3306.",
      ),
      says(
        "all ports to a range of addresses",
        [
          ...without(CHAIN, "in", "front-to-servers", "servers-to-data"),
          open("all", "data", { ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" }),
        ],
        "all: it opens all ports, and the database listens on 3306.",
        "all: it lets in addresses, not a security group.",
      ),
      says(
        "the load balancer",
        [...without(CHAIN, "in", "front-to-servers", "servers-to-data"), pass("front", "data", 3306)],
        "front-to-data: it lets in the load balancer balancer.",
      ),
    ],
    mutation: breaks(
      TYPES.ingressRule,
      "firewalls-app-to-database",
      { set: { toPort: 3307 } },
      "database-ingress-exact: firewalls-app-to-database",
    ),
  },
  "database-subnets-private": {
    cases: [
      says("subnets without a route", [A, part(TYPES.subnetGroup)("data", {}, { subnetIds: ["a"] })], "data: passed"),
      says(
        "a subnet with a route",
        [
          A,
          B,
          INTERNET,
          ...route("a", "internet", "gatewayId"),
          part(TYPES.subnetGroup)("data", {}, { subnetIds: ["a", "b"] }),
        ],
        "data: these of its subnets have a route to an internet gateway: a.",
      ),
      says("no subnets", [part(TYPES.subnetGroup)("data")], "data: not applicable"),
      says(
        "subnets of another stack",
        [part(TYPES.subnetGroup)("data", { subnetIds: ["subnet-1"] })],
        "data: undecidable by subnetIds",
      ),
    ],
    mutation: breaks(
      TYPES.routeTableAssociation,
      "network-data-1",
      { from: { routeTableId: ["network-public"] } },
      "database-subnets-private: database-subnets",
    ),
  },
  "subnets-by-reach": {
    cases: [
      says(
        "a public load balancer in a public subnet, machines in a private one",
        [
          A,
          B,
          INTERNET,
          ...route("a", "internet", "gatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["b"] }),
          balancer("site", {}, { subnets: ["a"] }),
        ],
        "fleet: passed",
        "site: passed",
      ),
      says(
        "both the wrong way",
        [
          A,
          B,
          INTERNET,
          ...route("a", "internet", "gatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] }),
          balancer("site", {}, { subnets: ["b"] }),
        ],
        "fleet: it is private, and these of its subnets are not: a.",
        "site: it is public, and these of its subnets are not: b.",
      ),
      says("no subnets", [fleet("fleet")], "fleet: not applicable"),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "inner-balancer",
      { from: { subnets: ["network-public-1", "network-public-2"] } },
      "subnets-by-reach: inner-balancer",
    ),
  },
  "nat-per-zone": {
    cases: [
      says(
        "a gateway in the same zone",
        [
          A,
          AGAIN,
          nat("nat", "again"),
          ...route("a", "nat", "natGatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] }),
        ],
        "fleet: passed",
      ),
      says(
        "a gateway in another zone",
        [
          A,
          B,
          nat("nat", "b"),
          ...route("a", "nat", "natGatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] }),
        ],
        "fleet: its subnet a (eu-west-1a) goes out by nat (eu-west-1b).",
      ),
      says(
        "a gateway of the region",
        [
          A,
          B,
          nat("nat", "b", { availabilityMode: "regional" }),
          ...route("a", "nat", "natGatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] }),
        ],
        "fleet: passed",
      ),
      says("no way out", [A, fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] })], "fleet: not applicable"),
    ],
    mutation: breaks(
      TYPES.route,
      "network-application-2-internet",
      { from: { natGatewayId: ["network-nat-1"] } },
      "nat-per-zone: app-group",
      "nat-per-zone: web-group",
    ),
  },
};
