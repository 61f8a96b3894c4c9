import { TYPES } from "../../../../policy/model/types.ts";
import type { Part } from "../../stack.ts";
import { resource } from "../writing.ts";

export type Inputs = Readonly<Record<string, unknown>>;

export type From = Readonly<Record<string, readonly string[]>>;

export const part =
  (type: string) =>
  (name: string, inputs: Inputs = {}, from: From = {}): Part =>
    resource(type)(inputs, { name, from });

export const subnet = (name: string, availabilityZone?: string): Part =>
  part(TYPES.subnet)(name, availabilityZone === undefined ? {} : { availabilityZone });
export const balancer = part(TYPES.loadBalancer);
export const fleet = part(TYPES.group);
export const template = part(TYPES.launchTemplate);
export const firewall = part(TYPES.securityGroup);
export const database = part(TYPES.database);
export const ingress = part(TYPES.ingressRule);

export const A = subnet("a", "eu-west-1a");

export const B = subnet("b", "eu-west-1b");

export const AGAIN = subnet("again", "eu-west-1a");

export const open = (name: string, to: string, more: Inputs = {}): Part =>
  ingress(
    name,
    { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 443, toPort: 443, ...more },
    { securityGroupId: [to] },
  );

export const pass = (from: string, to: string, port = 443): Part =>
  ingress(
    `${from}-to-${to}`,
    { ipProtocol: "tcp", fromPort: port, toPort: port },
    {
      securityGroupId: [to],
      referencedSecurityGroupId: [from],
    },
  );

/** The Internet, a public load balancer, servers, a database, each behind a firewall of its own. */
export const CHAIN: readonly Part[] = [
  ...["front", "servers", "data"].map((name) => firewall(name)),
  balancer("balancer", {}, { securityGroups: ["front"] }),
  database("db", { engine: "mysql" }, { vpcSecurityGroupIds: ["data"] }),
  open("in", "front"),
  pass("front", "servers"),
  pass("servers", "data", 3306),
];

export const SITE = balancer("site");

export const alarm = (name: string, metricName: string, about: string): Part =>
  part(TYPES.metricAlarm)(name, { metricName }, { dimensions: [about] });
export const LOGS = part(TYPES.bucket)("logs");

export const PRIMARY = database("primary", { engine: "mysql" });

export const replica = (inputs: Inputs = {}): Part => database("replica", inputs, { replicateSourceDb: ["primary"] });
