import type { SecurityGroup } from "../../../../local/live/account/account.ts";
import type { NetworkPlan } from "../../../../local/live/network/plan.ts";

const anywhere = { cidr: "0.0.0.0/0" };
const tcp = (port: number, peer: SecurityGroup["ingress"][number]["peer"]) => ({
  protocol: "tcp" as const,
  ports: { from: port, to: port },
  peer,
});

/** Two zones, three tiers: public, with a NAT gateway, and without any way out; and a network of somebody else. */
export const tiers: NetworkPlan = {
  networks: [
    { id: "vpc-1", cidrs: ["10.0.0.0/16"] },
    { id: "vpc-2", cidrs: ["10.1.0.0/16"] },
  ],
  subnets: [
    {
      id: "subnet-public-a",
      networkId: "vpc-1",
      zone: "eu-central-1a",
      cidr: "10.0.0.0/20",
      routes: [{ to: "0.0.0.0/0", via: "internet-gateway" }],
    },
    {
      id: "subnet-app-a",
      networkId: "vpc-1",
      zone: "eu-central-1a",
      cidr: "10.0.64.0/20",
      routes: [
        { to: "0.0.0.0/0", via: "nat-gateway", publicAddress: "203.0.113.250", zone: "eu-central-1a" },
        { service: "s3", via: "gateway-endpoint" },
      ],
    },
    { id: "subnet-data-b", networkId: "vpc-1", zone: "eu-central-1b", cidr: "10.0.144.0/20", routes: [] },
    {
      id: "subnet-other",
      networkId: "vpc-2",
      zone: "eu-central-1b",
      cidr: "10.1.0.0/24",
      routes: [{ to: "0.0.0.0/0", via: "internet-gateway" }],
    },
  ],
  securityGroups: [
    {
      id: "sg-web",
      networkId: "vpc-1",
      ingress: [tcp(443, anywhere)],
      egress: [tcp(8080, { securityGroupId: "sg-app" })],
    },
    {
      id: "sg-app",
      networkId: "vpc-1",
      ingress: [tcp(8080, { securityGroupId: "sg-web" }), tcp(443, { securityGroupId: "sg-app" })],
      egress: [tcp(3306, { securityGroupId: "sg-data" }), tcp(443, anywhere)],
    },
    {
      id: "sg-data",
      networkId: "vpc-1",
      ingress: [tcp(3306, { securityGroupId: "sg-app" })],
      egress: [{ protocol: "all", peer: anywhere }],
    },
    {
      id: "sg-other",
      networkId: "vpc-2",
      ingress: [{ protocol: "all", peer: anywhere }],
      egress: [{ protocol: "all", peer: anywhere }],
    },
  ],
  interfaces: [
    {
      name: "web",
      subnetId: "subnet-public-a",
      address: "10.0.0.10",
      publicAddress: "203.0.113.1",
      securityGroupIds: ["sg-web"],
    },
    { name: "app-1", subnetId: "subnet-app-a", address: "10.0.64.10", securityGroupIds: ["sg-app"] },
    { name: "app-2", subnetId: "subnet-app-a", address: "10.0.64.11", securityGroupIds: ["sg-app"] },
    { name: "data", subnetId: "subnet-data-b", address: "10.0.144.10", securityGroupIds: ["sg-data"] },
    {
      name: "other",
      subnetId: "subnet-other",
      address: "10.1.0.10",
      publicAddress: "203.0.113.2",
      securityGroupIds: ["sg-other"],
    },
  ],
  zonesCutOff: [],
};
